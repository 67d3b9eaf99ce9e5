import { Assembler } from 'stream-json/core/assembler.js';
import { MetaProblem } from '../format/parse-meta.js';
import { parseHeader, type SnapshotHeader } from '../format/snapshot-header.js';
import { JsonValueParser } from './json-value-parser.js';
import type { ParseContext } from './parse-context.js';
import type { ValueParser } from './value-parser.js';

/** The `snapshot` section: small JSON, assembled by stream-json and checked when it is whole. */
export class HeaderSection {
  readonly parser: ValueParser;
  readonly #assembler = new Assembler();
  readonly #context: ParseContext;
  readonly #byteOffset: number;

  constructor(context: ParseContext, byteOffset: number) {
    this.#context = context;
    this.#byteOffset = byteOffset;
    this.parser = new JsonValueParser('snapshot', context, {
      isHeader: true,
      onToken: (token) => this.#assembler.consume(token),
    });
  }

  /** The header, once the parser is done. */
  read(): SnapshotHeader {
    try {
      return parseHeader(this.#assembler.current, (message) => this.#context.warn('HEADER_VALUE', message));
    } catch (problem) {
      if (!(problem instanceof MetaProblem)) throw problem;
      const { expected, actual } = problem;
      return this.#context.fail({
        code: 'BAD_META',
        section: 'snapshot',
        byteOffset: this.#byteOffset,
        expected,
        actual,
      });
    }
  }
}

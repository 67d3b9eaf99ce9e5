import { foreignFormatOfKeys } from '../format/foreign-formats.js';
import type { SnapshotHeader } from '../format/snapshot-header.js';
import type { SectionReader } from './document-parser.js';
import { HeaderSection } from './header-section.js';
import { JsonValueParser } from './json-value-parser.js';
import { NumberArrayParser } from './number-array-parser.js';
import { type NumberSink, RowProblem } from './number-sink.js';
import { describeByte, type ParseContext } from './parse-context.js';
import { BYTE, type ValueParser } from './value-parser.js';

/** Sections without which there is no graph. */
const REQUIRED_SECTIONS = ['snapshot', 'nodes', 'edges', 'strings'] as const;
type RequiredSection = (typeof REQUIRED_SECTIONS)[number];

/** Sections that V8 writes besides. */
const OPTIONAL_ARRAYS = [
  'trace_function_infos',
  'samples',
  'locations',
  'scopes',
  'scope_context_vars',
  'scope_uses',
] as const;
export type OptionalArray = (typeof OPTIONAL_ARRAYS)[number];
/** Only these hold negative numbers: scopes, and the index of an element from 2³¹ on (see `EdgeRows`). */
const SIGNED: ReadonlySet<string> = new Set(['edges', 'scopes', 'scope_uses']);

/** What a reader of snapshots does with the sections; all are optional where {@link SectionTable} can skip them. */
export interface SectionHandlers {
  /** Where the numbers of `nodes` and `edges` go; asked when the section begins. */
  nodes(): NumberSink;
  edges(): NumberSink;
  strings(byteOffset: number): ValueParser;
  /** A sink for the numbers of an optional section, or undefined to skip it. */
  optional(key: OptionalArray): NumberSink | undefined;
  /** A parser for `trace_tree`, or undefined to skip it. */
  traceTree(byteOffset: number): ValueParser | undefined;
  /** The header is known. */
  onHeader(header: SnapshotHeader): void;
}

/**
 * Knows the sections of a heap snapshot: which must be there and what JSON type each has, in any order; unknown ones
 * are skipped, repeated optional ones replace each other as in `JSON.parse`.
 */
export class SectionTable implements SectionReader {
  readonly #context: ParseContext;
  readonly #handlers: SectionHandlers;
  readonly #seen = new Set<string>();
  readonly #start = new Map<string, number>();
  readonly #end = new Map<string, number>();
  readonly #unknown: string[] = [];
  #headerSection: HeaderSection | undefined;

  constructor(handlers: SectionHandlers, context: ParseContext) {
    this.#handlers = handlers;
    this.#context = context;
  }

  open(key: string, firstByte: number, byteOffset: number): ValueParser {
    this.#noteRepeated(key, byteOffset);
    this.#start.set(key, byteOffset);
    if (isRequired(key)) return this.#openRequired(key, firstByte, byteOffset);
    if (isOptionalArray(key) || key === 'trace_tree') return this.#openOptional(key, firstByte, byteOffset);
    this.#noteUnknown(key);
    return new JsonValueParser(key, this.#context);
  }

  close(key: string, byteOffset: number): void {
    this.#end.set(key, byteOffset);
    if (key === 'snapshot') this.#handlers.onHeader(this.#headerSection!.read());
  }

  refuseStart(byte: number, byteOffset: number): void {
    if (byte === BYTE.openBracket || byte === BYTE.quote || (byte >= BYTE.zero && byte <= BYTE.nine)) {
      this.#context.fail({
        code: 'BAD_SECTION',
        section: 'document',
        byteOffset,
        expected: 'a JSON object with the sections of a heap snapshot',
        actual: `other JSON that begins with ${describeByte(byte)}`,
      });
    }
  }

  /** The document is whole: fails unless every required section was there; warns of unknown ones. */
  end(byteOffset: number): void {
    for (const section of REQUIRED_SECTIONS) {
      if (this.#seen.has(section)) continue;
      this.#failIfForeign(byteOffset);
      this.#context.fail({
        code: 'BAD_SECTION',
        section: 'document',
        byteOffset,
        expected: `a section '${section}'`,
        actual: `only ${
          [...this.#seen]
            .slice(0, 8)
            .map((key) => `'${key.slice(0, 40)}'`)
            .join(', ') || 'an empty object'
        }`,
      });
    }
    if (this.#unknown.length > 0) {
      const names = this.#unknown.slice(0, 8).map((key) => `'${key.slice(0, 40)}'`);
      const more =
        this.#unknown.length > names.length ? ` and ${this.#unknown.length - names.length} more` : '';
      this.#context.warn('UNKNOWN_SECTION', `unknown sections were skipped: ${names.join(', ')}${more}`);
    }
  }

  /** Byte offset of the section's first byte. */
  startOf(key: string): number {
    return this.#start.get(key) ?? 0;
  }

  /** Byte offset behind the section's last byte. */
  endOf(key: string): number {
    return this.#end.get(key) ?? 0;
  }

  /** Runs `task` on the rows of a section that was read earlier; its problems are reported at the section's start. */
  onRowsOf(key: string, task: () => void): void {
    try {
      task();
    } catch (problem) {
      if (!(problem instanceof RowProblem)) throw problem;
      this.#context.failOnRow(problem, key, this.startOf(key));
    }
  }

  #openRequired(key: RequiredSection, firstByte: number, byteOffset: number): ValueParser {
    if (key === 'snapshot') {
      this.#requireByte(key, firstByte, BYTE.openBrace, 'an object', byteOffset);
      this.#headerSection = new HeaderSection(this.#context, byteOffset);
      return this.#headerSection.parser;
    }
    this.#requireByte(key, firstByte, BYTE.openBracket, 'an array', byteOffset);
    if (key === 'strings') return this.#handlers.strings(byteOffset);
    const sink = key === 'nodes' ? this.#handlers.nodes() : this.#handlers.edges();
    return new NumberArrayParser(key, sink, this.#context, {
      signed: SIGNED.has(key),
      onObject: key === 'nodes' ? (at) => this.#failAsProfile(at) : undefined,
    });
  }

  #openOptional(key: OptionalArray | 'trace_tree', firstByte: number, byteOffset: number): ValueParser {
    const isNull = firstByte === BYTE.lowerN;
    if (!isNull) this.#requireByte(key, firstByte, BYTE.openBracket, 'an array or null', byteOffset);
    // null is handed over as an empty section: it replaces an earlier one
    const parser = key === 'trace_tree' ? this.#handlers.traceTree(byteOffset) : this.#openNumbers(key);
    return isNull || parser === undefined ? new JsonValueParser(key, this.#context) : parser;
  }

  #openNumbers(key: OptionalArray): ValueParser | undefined {
    const sink = this.#handlers.optional(key);
    return sink && new NumberArrayParser(key, sink, this.#context, { signed: SIGNED.has(key) });
  }

  #noteRepeated(key: string, byteOffset: number): void {
    if (!this.#seen.has(key)) {
      this.#seen.add(key);
      return;
    }
    if (isRequired(key)) {
      this.#context.fail({
        code: 'DUPLICATE_SECTION',
        section: key,
        byteOffset,
        expected: 'the section once',
        actual: 'a second one',
      });
    }
    const message = `the section '${key.slice(0, 40)}' appears more than once; the last one counts`;
    if (!this.#context.warnings.some((warning) => warning.message === message)) {
      this.#context.warn('REPEATED_SECTION', message);
    }
  }

  #noteUnknown(key: string): void {
    if (!this.#unknown.includes(key)) this.#unknown.push(key);
  }

  #requireByte(key: string, byte: number, required: number, expected: string, byteOffset: number): void {
    if (byte === required) return;
    this.#failIfForeign(byteOffset);
    this.#context.fail({
      code: 'BAD_SECTION',
      section: key,
      byteOffset,
      expected,
      actual: `a value that begins with ${describeByte(byte)}`,
    });
  }

  /** CPU profiles and others have `nodes` too, but of objects. */
  #failAsProfile(byteOffset: number): void {
    if (this.#seen.has('snapshot')) return;
    this.#failForeign('a V8 CPU profile (.cpuprofile): its nodes are objects', byteOffset);
  }

  #failIfForeign(byteOffset: number): void {
    if (this.#seen.has('snapshot')) return;
    const name = foreignFormatOfKeys(this.#seen);
    if (name !== undefined) this.#failForeign(name, byteOffset);
  }

  #failForeign(name: string, byteOffset: number): never {
    return this.#context.fail({
      code: 'FOREIGN_FORMAT',
      section: 'document',
      byteOffset,
      expected: 'a V8 heap snapshot',
      actual: name,
    });
  }
}

function isRequired(key: string): key is RequiredSection {
  return (REQUIRED_SECTIONS as readonly string[]).includes(key);
}

function isOptionalArray(key: string): key is OptionalArray {
  return (OPTIONAL_ARRAYS as readonly string[]).includes(key);
}

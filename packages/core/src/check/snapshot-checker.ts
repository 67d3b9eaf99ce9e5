import { SnapshotFormatError } from '../errors.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { DocumentParser } from '../parse/document-parser.js';
import { ParseContext } from '../parse/parse-context.js';
import type { SnapshotWarning } from '../warnings.js';
import { CheckSections } from './check-sections.js';

/** What a {@link SnapshotChecker} found sound. */
export interface CheckedSnapshot {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Bytes of the document. */
  readonly byteLength: number;
  readonly warnings: readonly SnapshotWarning[];
}

/**
 * Tells whether bytes that pass by are a whole and sound snapshot: syntax, header, types, the number of edges, and that
 * every reference has a target. Takes uncompressed bytes as they come, keeps 4 bytes a string and nothing else.
 *
 * `write` and `end` throw a `SnapshotFormatError` or a `SnapshotLimitError`; after that the checker is of no use.
 */
export class SnapshotChecker {
  readonly #context: ParseContext;
  readonly #sections: CheckSections;
  readonly #document: DocumentParser;

  /** `name`: what errors call the input. */
  constructor(name: string) {
    this.#context = new ParseContext(name, DEFAULT_LIMITS);
    this.#sections = new CheckSections(this.#context);
    this.#document = new DocumentParser(this.#sections.table, this.#context);
  }

  /** Whether the closing brace was read: nothing but white space may follow. */
  get isComplete(): boolean {
    return this.#document.done;
  }

  /** Bytes taken so far. */
  get byteLength(): number {
    return this.#document.byteOffset;
  }

  /** The top-level key being read. */
  get section(): string {
    return this.#document.section;
  }

  /** Takes the next bytes and does not keep them. */
  write(chunk: Uint8Array): void {
    this.#document.write(chunk);
    const { trailingOffset } = this.#document;
    if (trailingOffset < 0) return;
    throw new SnapshotFormatError(
      {
        code: 'NOT_JSON',
        section: 'document',
        byteOffset: trailingOffset,
        expected: 'nothing after the end of the snapshot',
        actual: 'more bytes',
      },
      this.#context.file,
    );
  }

  /** No more bytes: fails unless the snapshot is whole. */
  end(): CheckedSnapshot {
    this.#document.end();
    this.#sections.finish(this.#document.byteOffset);
    const { nodeCount, edgeCount } = this.#sections;
    return { nodeCount, edgeCount, byteLength: this.byteLength, warnings: this.#context.warnings };
  }
}

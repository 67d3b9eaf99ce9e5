import type { HeapPool } from '../../pool/heap-pool.js';
import type { DocumentParser } from '../document-parser.js';
import { scanModule } from '../scan-kernel.js';
import { BYTE, type RowSection } from '../value-parser.js';
import type { Phase, RowProgress } from './phase.js';
import { type ChunkFeed, type RandomAccessFile, readFilePhase, readStreamPhase } from './read-phase.js';
import type { RowPlan } from './row-plan.js';

/** When and in which pieces rows are parsed in parallel. */
export interface ParallelTuning {
  /** Bytes of a chunk: a few hundred KiB, so that it stays in the second-level cache with its numbers and columns. */
  readonly chunkBytes: number;
  /** Files of fewer bytes are parsed by the calling thread: starting others takes longer. */
  readonly minFileBytes: number;
  /** So are sections of which it cannot have more: to give work out and hear of its end takes longer. */
  readonly minSectionBytes: number;
  /** Sections of a stream for which the header claims fewer rows are, too. */
  readonly minStreamRows: number;
}

export const DEFAULT_TUNING: ParallelTuning = {
  chunkBytes: 256 * 1024,
  minFileBytes: 16 * 1024 * 1024,
  minSectionBytes: 8 * 1024 * 1024,
  minStreamRows: 150_000,
};

/** A file of known size. */
export interface SizedFile extends RandomAccessFile {
  readonly size: number;
  seek(position: number): void;
}

/** Phases in a row that hardly got anywhere, after which a section is left to the sequential parser. */
const MAX_VAIN_PHASES = 4;
/** A row takes at least two bytes a number. */
const MIN_NUMBER_BYTES = 2;

/** Has the pool parse the rows that a document parser comes to. */
export class RowReader {
  readonly #pool: HeapPool;
  readonly #tuning: ParallelTuning;
  readonly #signal: AbortSignal | undefined;
  readonly #module = scanModule();
  /** The section that turned out not to be worth it. */
  #declined: RowSection | undefined;
  /** Whether a section of the stream was large: threads are there. */
  #isLarge = false;

  constructor(pool: HeapPool, tuning: ParallelTuning, signal: AbortSignal | undefined) {
    this.#pool = pool;
    this.#tuning = tuning;
    this.#signal = signal;
  }

  /**
   * Reads the rows that begin where the document stands, as far as it can. What is left, one row at least, is still to
   * come from the feed. `file`: the document itself, where it lies uncompressed in one.
   */
  async read(
    document: DocumentParser,
    feed: ChunkFeed,
    file: SizedFile | undefined,
    onProgress: (progress: RowProgress) => void,
  ): Promise<void> {
    let section = document.rows;
    let vain = 0;
    while (section !== undefined && (await this.#isWorthIt(section, document, feed, file))) {
      const { chunkBytes } = this.#tuning;
      const rest = file && file.size - document.byteOffset;
      const maxRows = rest && Math.ceil(rest / MIN_NUMBER_BYTES);
      const plan = section.plan(maxRows);
      if (plan === undefined) return;
      const start = document.byteOffset;
      const options = {
        pool: this.#pool,
        // of a file the calling thread parses its share, one of a stream cuts it into chunks for the others
        tasks: file ? Math.max(1, this.#pool.threads - 1) : this.#pool.threads,
        module: this.#module!,
        signal: this.#signal,
        onProgress,
      };
      const phase = file
        ? await readFilePhase(plan, file, start, chunkBytes, options)
        : await readStreamPhase(plan, feed, start, chunkBytes, options);
      if (this.#signal?.aborted) return;
      const bytes = this.#adopt(phase, section, plan, document, feed, file);
      vain = bytes < 4 * chunkBytes ? vain + 1 : 0;
      if (vain === MAX_VAIN_PHASES) this.#declined = section;
      // the columns are full, or something irregular follows: the row that has it is read by the document parser
      await writeRow(document, feed, plan.stride);
      if (document.rows !== section) vain = 0;
      section = document.rows;
    }
  }

  async #isWorthIt(
    section: RowSection,
    document: DocumentParser,
    feed: ChunkFeed,
    file: SizedFile | undefined,
  ): Promise<boolean> {
    if (this.#module === null || section === this.#declined) return false;
    const { chunkBytes, minFileBytes, minSectionBytes, minStreamRows } = this.#tuning;
    if (file) {
      const rest = file.size - document.byteOffset;
      if (file.size < minFileBytes || rest < Math.max(chunkBytes, minSectionBytes)) return false;
    } else {
      this.#isLarge ||= section.claimedRows >= minStreamRows;
      if (!this.#isLarge) return false;
    }
    const next = await feed.next();
    if (next === undefined) return false;
    feed.unread([next]);
    return next[0] !== BYTE.closeBracket;
  }

  /** Returns how many bytes were parsed. */
  #adopt(
    phase: Phase,
    section: RowSection,
    plan: RowPlan,
    document: DocumentParser,
    feed: ChunkFeed,
    file: SizedFile | undefined,
  ): number {
    const result = phase.result();
    const start = document.byteOffset;
    const offset = result?.closure.offset ?? start;
    if (file) {
      feed.drop();
      file.seek(offset);
    }
    document.skipTo(offset);
    if (result !== undefined && result.placed.row > plan.row) section.adopt(result.placed);
    return offset - start;
  }
}

/** Gives the document parser the bytes up to where the next row ends, if it is regular. */
async function writeRow(document: DocumentParser, feed: ChunkFeed, stride: number): Promise<void> {
  const section = document.rows;
  let commas = 0;
  while (commas < stride) {
    const chunk = await feed.next();
    if (chunk === undefined) return;
    let position = 0;
    while (position < chunk.length && commas < stride) if (chunk[position++] === BYTE.comma) commas++;
    const taken = document.write(chunk.subarray(0, position));
    feed.unread([chunk.subarray(taken)]);
    // it came to the rows of another section
    if (document.rows !== undefined && document.rows !== section) return;
  }
}

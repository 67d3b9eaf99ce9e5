import { OperationAbortedError } from '../errors.js';
import type { SnapshotWarning } from '../warnings.js';
import { type IndexHeader, IndexProblem, type Preamble } from './index-format.js';
import type { IndexReader } from './index-reader.js';
import type { GroupValue, WriteOptions } from './index-writer.js';

/** What is known of the index file of a graph. */
export interface IndexState {
  readonly path: string;
  readonly preamble: Preamble;
  readonly header: IndexHeader;
  /** `null`: this process made the file, and the graph has its columns in memory. */
  readonly reader: IndexReader | null;
}

/** The index file behind a graph: whoever computes something from the graph can keep it there. */
export class SnapshotIndex {
  #state: IndexState;
  readonly #onProgress: WriteOptions['onProgress'];
  #adding: Promise<unknown> = Promise.resolve();

  constructor(state: IndexState, onProgress?: WriteOptions['onProgress']) {
    this.#state = state;
    this.#onProgress = onProgress;
  }

  get path(): string {
    return this.#state.path;
  }

  /**
   * What was stored under a name by the same version of its maker; `null` where there is nothing. Large typed arrays in
   * it are read when they are touched, and may throw an `IndexDamagedError` then.
   */
  read(name: string, version: string): unknown {
    return this.#state.reader?.valueOf(name, version) ?? null;
  }

  /**
   * Stores plain values (objects, lists, strings, numbers, booleans, `null` and typed arrays) under their names, instead of
   * what stood there; all of them or none. Resolves to a warning where that cannot be done; does nothing where another process has put its
   * own file in the place of ours. Rejects with an `OperationAbortedError` only.
   */
  async add(
    groups: readonly GroupValue[],
    { onProgress = this.#onProgress, signal }: WriteOptions = {},
  ): Promise<SnapshotWarning | null> {
    const before = this.#adding;
    const adding = before.then(() => this.#add(groups, { onProgress, signal }));
    this.#adding = adding.catch(() => {});
    return adding;
  }

  async #add(groups: readonly GroupValue[], options: WriteOptions): Promise<SnapshotWarning | null> {
    const { path, preamble, reader } = this.#state;
    const names = new Set(groups.map(({ name }) => name));
    const others = this.#state.header.groups.filter(({ name }) => !names.has(name));
    const header = { ...this.#state.header, groups: others };
    try {
      if (!(await isStillThere(path, preamble))) return null;
      const { copyIndexFile, extendIndexFile } = await import('./index-writer.js');
      if (reader === null) {
        const written = await extendIndexFile(path, preamble, header, groups, options);
        this.#state = { path, reader, ...written };
      } else {
        await copyIndexFile(path, preamble, header, groups, options);
      }
      return null;
    } catch (error) {
      if (error instanceof OperationAbortedError) throw error;
      return notWritten(path, error);
    }
  }
}

export function notWritten(path: string, error: unknown): SnapshotWarning {
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'INDEX_NOT_WRITTEN', message: `the index file ${path} was not written: ${reason}` };
}

/** Whether the file of that name is the one that the preamble was read from, or written to. */
async function isStillThere(path: string, { committedByteLength, fileId }: Preamble): Promise<boolean> {
  const { IndexReader } = await import('./index-reader.js');
  try {
    const file = IndexReader.open(path);
    if (file === null) return false;
    file.close();
    return file.preamble.fileId === fileId && file.preamble.committedByteLength === committedByteLength;
  } catch (error) {
    if (error instanceof IndexProblem) return false;
    throw error;
  }
}

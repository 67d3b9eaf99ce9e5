import type { HeapGraph } from './graph/heap-graph.js';
import type { IndexOptions } from './index-file/open-indexed.js';
import type { ReadOptions } from './input/read-document.js';
import type { SnapshotSource } from './input/snapshot-source.js';
import type { MemoryOptions } from './memory/refuse-what-will-not-fit.js';
import type { HeapPool } from './pool/heap-pool.js';

/** How {@link openSnapshot} reads. */
export interface OpenOptions extends ReadOptions, MemoryOptions {
  /** The threads that parse the rows of large sections; small snapshots start none. Default: one that all calls share. */
  pool?: HeapPool;
  /** `false`: the calling thread parses everything. Default: true. */
  parallel?: boolean;
  /**
   * Keep what was read in an index file beside the snapshot, `<file>.heapidx`, and open that the next time, in
   * milliseconds. For snapshots that are files. See `docs/index-file.md` for what it costs and whom it trusts.
   */
  index?: boolean | IndexOptions;
}

/**
 * Streams a `.heapsnapshot` (or `.heaptimeline`) into a {@link HeapGraph}, in one pass and with memory for the graph
 * alone: 17 or 18 bytes a node, 9 an edge, plus the strings as UTF-8.
 *
 * Rejects with a `SnapshotFormatError` where the bytes are no valid snapshot, a `SnapshotLimitError` where they exceed
 * a limit, a `SnapshotSourceError` where the source fails, a `NotEnoughMemoryError` where the graph will not fit, an
 * `OutOfMemoryError` where it did not, a `WorkerFailedError` where a thread dies, and an `OperationAbortedError` when the
 * signal fires; the source is closed in every case. What is odd but harmless is in `graph.warnings`.
 */
export async function openSnapshot(source: SnapshotSource, options: OpenOptions = {}): Promise<HeapGraph> {
  if (!options.index) return parseSnapshot(source, options);
  const { openIndexed } = await import('./index-file/open-indexed.js');
  return openIndexed(source, options, () => parseSnapshot(source, options));
}

/**
 * Reads what was stored under a name by the same version of its maker, from the index file of a snapshot and without its
 * graph; `null` where there is no such file, it is of no use, or has nothing of that name. Rejects with a `TypeError` where
 * the source is no file, and with an `OperationAbortedError` where the signal has fired.
 */
export async function readIndexGroup(
  source: SnapshotSource,
  options: OpenOptions,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<unknown> {
  const { readGroupOfFile } = await import('./index-file/read-group-of-file.js');
  return readGroupOfFile(source, options, name, version);
}

/** The parser is loaded when it is needed: a graph that is reopened does without. */
async function parseSnapshot(source: SnapshotSource, options: OpenOptions): Promise<HeapGraph> {
  const { parseGraph } = await import('./parse/parse-graph.js');
  return parseGraph(source, options);
}

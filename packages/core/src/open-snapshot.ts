import { HeapGraph } from './graph/heap-graph.js';
import { type ReadOptions, readDocument } from './input/read-document.js';
import type { SnapshotSource } from './input/snapshot-source.js';
import { type MemoryOptions, refuseWhatWillNotFit } from './memory/refuse-what-will-not-fit.js';
import { GraphSections } from './parse/graph-sections.js';
import { DEFAULT_TUNING, type ParallelTuning, RowReader } from './parse/parallel/row-reader.js';
import { type HeapPool, sharedPool } from './pool/heap-pool.js';

/** How {@link openSnapshot} reads. */
export interface OpenOptions extends ReadOptions, MemoryOptions {
  /** The threads that parse the rows of large sections; small snapshots start none. Default: {@link sharedPool}. */
  pool?: HeapPool;
  /** `false`: the calling thread parses everything. Default: true. */
  parallel?: boolean;
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
  return openTuned(source, options, DEFAULT_TUNING);
}

/** The same with other sizes, for tests. */
export async function openTuned(
  source: SnapshotSource,
  options: OpenOptions,
  tuning: ParallelTuning,
): Promise<HeapGraph> {
  const { parallel = true, pool = sharedPool(), signal } = options;
  const { sections, context, byteLength } = await readDocument(
    source,
    options,
    (parseContext) => new GraphSections(parseContext, refuseWhatWillNotFit(parseContext, options)),
    parallel ? new RowReader(pool, tuning, signal) : undefined,
  );
  return new HeapGraph(sections.finish(byteLength), context.warnings);
}

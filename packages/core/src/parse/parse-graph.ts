import { HeapGraph } from '../graph/heap-graph.js';
import { type ReadOptions, readDocument } from '../input/read-document.js';
import type { SnapshotSource } from '../input/snapshot-source.js';
import { type MemoryOptions, refuseWhatWillNotFit } from '../memory/refuse-what-will-not-fit.js';
import { type HeapPool, sharedPool } from '../pool/heap-pool.js';
import { GraphSections } from './graph-sections.js';
import { DEFAULT_TUNING, type ParallelTuning, RowReader } from './parallel/row-reader.js';

/** See `OpenOptions`. */
export interface ParseOptions extends ReadOptions, MemoryOptions {
  pool?: HeapPool;
  parallel?: boolean;
}

/** Parses a snapshot into a graph; see `openSnapshot`. Sizes other than the usual ones are for tests. */
export async function parseGraph(
  source: SnapshotSource,
  options: ParseOptions,
  tuning: ParallelTuning = DEFAULT_TUNING,
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

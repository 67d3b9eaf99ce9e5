import type { ReadOptions } from '../input/read-document.js';
import type { SnapshotSource } from '../input/snapshot-source.js';
import type { HeapPool } from '../pool/heap-pool.js';
import type { SnapshotWarning } from '../warnings.js';

/** How {@link readHistogram} reads. */
export interface HistogramOptions extends ReadOptions {
  /** The threads that read the rows of large sections; small snapshots start none. Default: one that all calls share. */
  pool?: HeapPool;
  /** `false`: the calling thread reads everything. Default: true. */
  parallel?: boolean;
}

/** How many nodes of each type and name a snapshot has, and their bytes. */
export interface Histogram {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Bytes: the self sizes of all nodes. */
  readonly totalSelfSize: number;
  /** Largest self size first. */
  readonly rows: readonly HistogramRow[];
  readonly warnings: readonly SnapshotWarning[];
}

export interface HistogramRow {
  /** The type's name as the file spells it. */
  readonly type: string;
  /** The raw name as in the file. */
  readonly name: string;
  readonly count: number;
  /** Bytes. */
  readonly selfSize: number;
}

/**
 * Sums a snapshot up in one pass without building the graph: memory for the names of nodes alone, whatever the number
 * of nodes and edges. Errors as `openSnapshot`; references between nodes are not checked.
 */
export async function readHistogram(
  source: SnapshotSource,
  options: HistogramOptions = {},
): Promise<Histogram> {
  // the parser is loaded when it is needed: who reopens a graph does without
  const { parseHistogram } = await import('./parse-histogram.js');
  return parseHistogram(source, options);
}

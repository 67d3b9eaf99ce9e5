import type { HeapStatistics, SnapshotMeta, SnapshotSource, SnapshotWarning } from '@heapstream/core';
import type { ClassFigures } from './class-figures.js';
import type { ReadAnalysisOptions } from './read-analysis.js';

/** What fills a heap, without the heap: counts, statistics and the class table. Plain data. */
export interface HeapSummary {
  readonly meta: SnapshotMeta;
  readonly warnings: readonly SnapshotWarning[];
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly stringCount: number;
  /** Bytes: what the root retains, and what the producer adds for memory outside the heap. */
  readonly totalSize: number;
  readonly statistics: HeapStatistics;
  /** The largest retained size first, then by name and key. */
  readonly classes: readonly ClassFigures[];
}

/** How {@link readSummary} reads. */
export type SummaryOptions = ReadAnalysisOptions;

/**
 * Reads a snapshot for its summary alone: the numbers of `analyze`, for large graphs with a third less memory, since
 * they are used up on the way; from an index file without its graph. Rejects as `openSnapshot` and `analyze` do.
 */
export async function readSummary(
  source: SnapshotSource,
  options: SummaryOptions = {},
): Promise<HeapSummary> {
  if (options.index) {
    const { readStoredSummary } = await import('./stored-summary.js');
    const stored = await readStoredSummary(source, options);
    if (stored !== null) return stored;
  }
  const { computeSummary } = await import('./compute-summary.js');
  return computeSummary(source, options);
}

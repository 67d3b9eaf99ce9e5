import {
  type GraphSize,
  type HeapGraph,
  type HeapStatistics,
  openSnapshot,
  type SnapshotMeta,
  type SnapshotSource,
  type SnapshotWarning,
} from '@heapstream/core';
import { estimateAnalysisMemory, NODES_WORTH_SPARING } from './analysis-memory.js';
import { type ClassFigures, listClasses } from './class-figures.js';
import type { HeapAnalysis } from './heap-analysis.js';
import { analysisOf, type ReadAnalysisOptions, warmThreads } from './read-analysis.js';

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
 * they are used up on the way. Rejects as `openSnapshot` and `analyze` do.
 */
export async function readSummary(
  source: SnapshotSource,
  options: SummaryOptions = {},
): Promise<HeapSummary> {
  const memoryBeside = (size: GraphSize): number => {
    const { peak, summaryPeak } = estimateAnalysisMemory(size);
    // what an index file keeps must not be used up
    return options.index ? peak : summaryPeak;
  };
  warmThreads(source, options);
  const graph = await openSnapshot(source, { memoryBeside, ...options });
  const { nodesWorthThreads = 0 } = options;
  if (graph.nodeCount < nodesWorthThreads || graph.index !== null) {
    return summaryOf(await analysisOf(graph, options));
  }
  const { analyzeParts } = await import('./analyze.js');
  const counts = countsOf(graph);
  const { classTable, named, retainedSizeByNode, statistics } = await analyzeParts(graph, options, {
    consumesGraph: graph.nodeCount >= NODES_WORTH_SPARING,
  });
  return {
    ...counts,
    totalSize: retainedSizeByNode[graph.rootOrdinal] + graph.extraNativeBytes,
    statistics,
    classes: listClasses(named.classes, classTable, (figures) => figures),
  };
}

/** The summary of a heap that was analysed. */
export function summaryOf(analysis: HeapAnalysis): HeapSummary {
  const { columns, graph, statistics, totalSize } = analysis;
  return {
    ...countsOf(graph),
    warnings: analysis.warnings,
    totalSize,
    statistics,
    classes: listClasses(graph.classes.classes, columns, (figures) => figures),
  };
}

function countsOf({ edgeCount, meta, nodeCount, strings, warnings }: HeapGraph) {
  return { meta, warnings, nodeCount, edgeCount, stringCount: strings.count };
}

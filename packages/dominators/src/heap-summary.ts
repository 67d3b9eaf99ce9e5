import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import {
  type GraphSize,
  type HeapGraph,
  type HeapStatistics,
  type OpenOptions,
  OperationAbortedError,
  openSnapshot,
  type SnapshotMeta,
  type SnapshotProgress,
  type SnapshotSource,
  type SnapshotWarning,
  sharedPool,
} from '@heapstream/core';
import { estimateAnalysisMemory } from './analysis-memory.js';
import type { AnalysisProgress } from './analysis-progress.js';
import { type AnalyzeOptions, analyze, analyzeParts, analyzeSync } from './analyze.js';
import { type ClassFigures, listClasses } from './class-figures.js';
import type { HeapAnalysis } from './heap-analysis.js';
import { ANALYSIS_TASKS } from './step-scheduler.js';
import { keepAnalysis } from './stored-analysis.js';

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

export interface SummaryOptions extends Omit<OpenOptions, 'onProgress'>, Omit<AnalyzeOptions, 'onProgress'> {
  onProgress?: (progress: SnapshotProgress | AnalysisProgress) => void;
  /** A graph of fewer nodes is analysed in the caller's thread, at one stretch. Default 0: none is. */
  nodesWorthThreads?: number;
}

/** Nodes from which a summary uses its graph up: that spares a third of the memory, and costs a twentieth of the time. */
const NODES_WORTH_SPARING = 4_000_000;
/** Bytes of file that a node takes with its edges and names, at least: mostly 70 to 100. */
const NODE_FILE_BYTES = 70;

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
    return options.index || size.nodeCount < NODES_WORTH_SPARING ? peak : summaryPeak;
  };
  warmThreads(source, options);
  const graph = await openSnapshot(source, { memoryBeside, ...options });
  const { nodesWorthThreads = 0, signal } = options;
  if (graph.nodeCount < nodesWorthThreads) {
    // a signal that came while the file was parsed is told now
    await setImmediate();
    if (signal?.aborted) throw new OperationAbortedError('the analysis', { cause: signal.reason });
    return summaryOf(await keepAnalysis(analyzeSync(graph), { signal }));
  }
  if (graph.index !== null) return summaryOf(await analyze(graph, options));
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

/** Has the threads of the analysis start, and load their code, while the beginning of a file is read that needs them. */
function warmThreads(source: SnapshotSource, options: SummaryOptions): void {
  const { nodesWorthThreads = 0, pool = sharedPool(), signal } = options;
  const isPath = typeof source === 'string' || source instanceof URL;
  // what comes from an index file may need no threads at all
  if (!isPath || options.index) return;
  const warm = ({ size }: { size: number }): void => {
    if (size > 0 && size >= nodesWorthThreads * NODE_FILE_BYTES) pool.warm([ANALYSIS_TASKS], { signal });
  };
  // why it cannot be read, opening it tells
  stat(source).then(warm, () => {});
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

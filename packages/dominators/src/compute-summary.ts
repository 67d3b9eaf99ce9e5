import { type GraphSize, type HeapGraph, openSnapshot, type SnapshotSource } from '@heapstream/core';
import { estimateAnalysisMemory, NODES_WORTH_SPARING } from './analysis-memory.js';
import { listClasses } from './class-figures.js';
import type { HeapAnalysis } from './heap-analysis.js';
import type { HeapSummary, SummaryOptions } from './heap-summary.js';
import { analysisOf, warmThreads } from './read-analysis.js';

/** See `readSummary`; for a snapshot whose index file has no summary. */
export async function computeSummary(source: SnapshotSource, options: SummaryOptions): Promise<HeapSummary> {
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

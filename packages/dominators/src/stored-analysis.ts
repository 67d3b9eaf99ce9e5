import {
  type ClassIdentity,
  type HeapGraph,
  type HeapStatistics,
  type InterfaceDefinition,
  NodeClasses,
  type WriteOptions,
} from '@heapstream/core';
import type { AnalysisColumns } from './analysis-columns.js';
import { summaryOf } from './compute-summary.js';
import { HeapAnalysis } from './heap-analysis.js';
import type { HeapSummary } from './heap-summary.js';
import { SUMMARY_GROUP } from './stored-summary.js';

const GROUP = 'analysis';
/** Changes with the meaning of the columns, and when their values would come out otherwise. */
const VERSION = '1';

interface StoredAnalysis {
  readonly columns: AnalysisColumns;
  readonly statistics: HeapStatistics;
  readonly classes: readonly ClassIdentity[];
  readonly interfaces: readonly InterfaceDefinition[];
}

/** The analysis that the graph's index file has; `null` where there is none. Reads the class list; columns on first touch. */
export function findStoredAnalysis(graph: HeapGraph): HeapAnalysis | null {
  const stored = graph.index?.read(GROUP, VERSION) as StoredAnalysis | null | undefined;
  if (!stored) return null;
  const { classes, columns, interfaces, statistics } = stored;
  graph.adopt({ sizes: columns, classes: new NodeClasses(columns, classes, interfaces) });
  return new HeapAnalysis(graph, columns, statistics);
}

/**
 * Adds the analysis, and its summary, to the graph's index file, if the graph has one: `analyze` does so of itself, after
 * `analyzeSync` it is up to the caller. Resolves to the analysis, with a warning more where the file cannot be written; rejects with an
 * `OperationAbortedError` when the signal fires.
 */
export async function keepAnalysis(
  analysis: HeapAnalysis,
  { onProgress, signal }: WriteOptions = {},
): Promise<HeapAnalysis> {
  const { columns, graph, statistics } = analysis;
  if (graph.index === null || graph.index.read(GROUP, VERSION) !== null) return analysis;
  const { classes, interfaces } = graph.classes;
  const value: StoredAnalysis = { columns, statistics, classes, interfaces };
  // in one go: to a file that another process made, adding means a copy of it
  const groups = [
    { name: GROUP, version: VERSION, value },
    { ...SUMMARY_GROUP, value: storedSummary(analysis) },
  ];
  const warning = await graph.index.add(groups, { onProgress, signal });
  if (warning === null) return analysis;
  return new HeapAnalysis(graph, columns, statistics, [...analysis.warnings, warning]);
}

/** The summary as it is told again later: not that the file was made anew. */
function storedSummary(analysis: HeapAnalysis): HeapSummary {
  const warnings = analysis.warnings.filter(({ code }) => code !== 'INDEX_REBUILT');
  return { ...summaryOf(analysis), warnings };
}

import { statSync } from 'node:fs';
import {
  type GraphSize,
  type HeapGraph,
  type OpenOptions,
  openSnapshot,
  type SnapshotProgress,
  type SnapshotSource,
  sharedPool,
} from '@heapstream/core';
import { estimateAnalysisMemory } from './analysis-memory.js';
import type { AnalysisProgress } from './analysis-progress.js';
import { ANALYSIS_TASKS } from './analysis-threads.js';
import type { AnalyzeOptions } from './analyze.js';
import type { HeapAnalysis } from './heap-analysis.js';
import { findStoredAnalysis } from './stored-analysis.js';

export interface ReadAnalysisOptions
  extends Omit<OpenOptions, 'onProgress'>,
    Omit<AnalyzeOptions, 'onProgress'> {
  onProgress?: (progress: SnapshotProgress | AnalysisProgress) => void;
}

/** Bytes of file that a node takes with its edges and names, at least: mostly 70 to 100. */
const NODE_FILE_BYTES = 70;

/**
 * Opens a snapshot and analyses it: `openSnapshot` and `analyze` in one, which refuses beforehand what both together have
 * no memory for, and starts the threads while the file is opened. Rejects as the two do.
 */
export async function readAnalysis(
  source: SnapshotSource,
  options: ReadAnalysisOptions = {},
): Promise<HeapAnalysis> {
  const memoryBeside = (size: GraphSize): number => estimateAnalysisMemory(size).peak;
  warmThreads(source, options);
  return analysisOf(await openSnapshot(source, { memoryBeside, ...options }), options);
}

/** The analysis that the graph's index file has, or a new one. What computes it is loaded only then. */
export async function analysisOf(graph: HeapGraph, options: ReadAnalysisOptions): Promise<HeapAnalysis> {
  const stored = findStoredAnalysis(graph);
  if (stored !== null) return stored;
  const { analyze } = await import('./analyze.js');
  return analyze(graph, options);
}

/** Has the threads of the analysis start, and load their code, while the beginning of a file is read that needs them. */
export function warmThreads(source: SnapshotSource, options: ReadAnalysisOptions): void {
  const { nodesWorthAllThreads = 0, nodesWorthThreads = 0, pool = sharedPool(), signal } = options;
  const isPath = typeof source === 'string' || source instanceof URL;
  // what comes from an index file may need no threads at all
  if (!isPath || options.index) return;
  // at once, so that threads start before this one loads the parser; why a file cannot be read, opening it tells
  const size = sizeOf(source);
  if (size === 0 || size < nodesWorthThreads * NODE_FILE_BYTES) return;
  const threads = size < nodesWorthAllThreads * NODE_FILE_BYTES ? 1 : pool.threads;
  pool.warm([ANALYSIS_TASKS], { signal, threads });
}

/** Bytes; 0 of what is no file. */
function sizeOf(path: string | URL): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

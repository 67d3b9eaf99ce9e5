import { setImmediate } from 'node:timers/promises';
import {
  checkMemory,
  type HeapGraph,
  type HeapPool,
  type MemoryPolicy,
  NodeClasses,
  OperationAbortedError,
  sharedPool,
} from '@heapstream/core';
import type { AnalysisColumns } from './analysis-columns.js';
import { estimateAnalysisMemory } from './analysis-memory.js';
import { type AnalysisParts, planAnalysis, STEP_COUNT } from './analysis-plan.js';
import type { AnalysisProgress } from './analysis-progress.js';
import { runSteps } from './analysis-steps.js';
import * as tasks from './analysis-tasks.js';
import { HeapAnalysis } from './heap-analysis.js';
import { StepScheduler } from './step-scheduler.js';
import { findStoredAnalysis, keepAnalysis } from './stored-analysis.js';

export interface AnalyzeOptions {
  /** Where the work is done. Default: a pool that all such calls share. */
  pool?: HeapPool;
  /** Aborting rejects with an `OperationAbortedError` and ends the threads at work. */
  signal?: AbortSignal | undefined;
  onProgress?: (progress: AnalysisProgress) => void;
  /** A graph of fewer nodes is analysed in the caller's thread, at one stretch. Default 0: none is. */
  nodesWorthThreads?: number | undefined;
  /**
   * With a pool of two threads, a graph of fewer nodes is analysed by one of them and the caller's thread, which is busy for
   * some 50 ms a million nodes at a time: to start a thread takes as long. Default 0: none is.
   */
  nodesWorthAllThreads?: number | undefined;
  /** Refuses a graph whose analysis would not fit into memory; see `openSnapshot`. Default: `check`. */
  memory?: MemoryPolicy | undefined;
}

/**
 * Computes dominators, retained sizes, distances, retainers and the class table in worker threads; the caller's thread
 * stays free. Steps that do not need each other run side by side, and all share the graph's memory. Where the graph
 * has an index file, the analysis is taken from there, or added to it.
 *
 * Rejects with `NotEnoughMemoryError` before it begins, with `OperationAbortedError`, with `WorkerFailedError` if a
 * thread dies, or with `OutOfMemoryError`; then nothing of the analysis goes on.
 */
export async function analyze(graph: HeapGraph, options: AnalyzeOptions = {}): Promise<HeapAnalysis> {
  const { nodesWorthThreads = 0, signal } = options;
  throwIfAborted(signal);
  const stored = findStoredAnalysis(graph);
  if (stored !== null) return stored;
  if (graph.nodeCount < nodesWorthThreads) {
    // a signal that came while the file was parsed is told now
    await setImmediate();
    throwIfAborted(signal);
    return keepAnalysis(analyzeSync(graph), { signal });
  }
  const parts = await analyzeParts(graph, options, { consumesGraph: false });
  return keepAnalysis(join(graph, parts), { signal });
}

/**
 * The same in the caller's thread, one step after the other: for small graphs, and where threads cannot be had. Adds
 * nothing to an index file; `keepAnalysis` does.
 */
export function analyzeSync(graph: HeapGraph): HeapAnalysis {
  const stored = findStoredAnalysis(graph);
  if (stored !== null) return stored;
  return join(graph, runSteps(graph.columns));
}

/** The parts of an analysis, computed in worker threads; rejects as {@link analyze} does. */
export async function analyzeParts(
  graph: HeapGraph,
  options: AnalyzeOptions,
  planOptions: { consumesGraph: boolean },
): Promise<AnalysisParts> {
  const { memory, nodesWorthAllThreads = 0, onProgress, pool = sharedPool(), signal } = options;
  throwIfAborted(signal);
  const { peak, summaryPeak } = estimateAnalysisMemory(graph);
  checkMemory(planOptions.consumesGraph ? summaryPeak : peak, 'the analysis', memory);
  const sharesWork = pool.threads === 2 && graph.nodeCount < nodesWorthAllThreads;
  const scheduler = sharesWork
    ? // two steps are one
      new StepScheduler(pool, STEP_COUNT - 1, { signal, onProgress, threads: 1, here: tasks })
    : new StepScheduler(pool, STEP_COUNT, { signal, onProgress });
  return scheduler.finish(planAnalysis(graph.columns, scheduler, planOptions), signal);
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new OperationAbortedError('the analysis', { cause: signal.reason });
}

function join(graph: HeapGraph, parts: AnalysisParts): HeapAnalysis {
  const { classByNode, named, shallowSizeByNode, statistics } = parts;
  const columns: AnalysisColumns = {
    ...parts.retainers,
    ...parts.tree,
    ...parts.classTable,
    shallowSizeByNode,
    dominatorByNode: parts.dominatorByNode,
    retainedSizeByNode: parts.retainedSizeByNode,
    distanceByNode: parts.distanceByNode,
    classByNode,
  };
  graph.adopt({ sizes: columns, classes: new NodeClasses(columns, named.classes, named.interfaces) });
  return new HeapAnalysis(graph, columns, statistics);
}

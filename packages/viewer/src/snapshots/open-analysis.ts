import { setImmediate } from 'node:timers/promises';
import { type MemoryPolicy, type OpenOptions, OperationAbortedError, openSnapshot } from '@heapstream/core';
import {
  analyze,
  analyzeSync,
  estimateAnalysisMemory,
  type HeapAnalysis,
  keepAnalysis,
} from '@heapstream/dominators';
import type { AnyLoadProgress } from './load-progress.js';

export interface OpenAnalysisOptions {
  readonly compression?: OpenOptions['compression'] | undefined;
  /** Keeps the graph and its analysis in an index file, and takes them from there. */
  readonly index?: boolean | undefined;
  readonly memory?: MemoryPolicy | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AnyLoadProgress) => void;
}

/** Nodes up to which the analysis runs in this thread: it is over before another one has started. */
const FEW_NODES = 100_000;

/** Opens and analyses a snapshot; rejects as `openSnapshot` and `analyze` do. */
export async function openAnalysis(file: string, options: OpenAnalysisOptions): Promise<HeapAnalysis> {
  const { compression, index, memory, onProgress, signal } = options;
  const graph = await openSnapshot(file, {
    ...(compression && { compression }),
    ...(memory && { memory }),
    ...(index && { index: { onProgress } }),
    memoryBeside: (size) => estimateAnalysisMemory(size).peak,
    signal,
    onProgress,
  });
  if (graph.nodeCount >= FEW_NODES) return analyze(graph, { memory, onProgress, signal });
  // a signal that came while the file was parsed is told now
  await setImmediate();
  if (signal.aborted) throw new OperationAbortedError('the analysis', { cause: signal.reason });
  return keepAnalysis(analyzeSync(graph), { signal });
}

import { type MemoryPolicy, type OpenOptions, openSnapshot } from '@heapstream/core';
import {
  analyze,
  estimateAnalysisMemory,
  findStoredAnalysis,
  type HeapAnalysis,
} from '@heapstream/dominators';
import type { NameTable } from '../kernels/name-table.js';
import type { TaskRunner } from '../task-runner.js';
import type { AnyLoadProgress } from './load-progress.js';
import { findStoredNames, keepNames, makeNames } from './node-names.js';

export interface OpenAnalysisOptions {
  readonly compression?: OpenOptions['compression'] | undefined;
  /** Keeps the graph, its analysis and its names in an index file, and takes them from there. */
  readonly index?: boolean | undefined;
  readonly memory?: MemoryPolicy | undefined;
  /** Where names are made. */
  readonly tasks: TaskRunner;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AnyLoadProgress) => void;
}

export interface OpenedAnalysis {
  readonly analysis: HeapAnalysis;
  /** So that the first search need not wait; `undefined` where they are made when somebody asks. */
  readonly names: NameTable | Promise<NameTable> | undefined;
}

/** Nodes up to which the analysis runs in this thread: it is over before another one has started. */
const FEW_NODES = 100_000;
/** Bytes a node that making names takes at its peak, texts aside. */
const NAME_BYTES = 8;

/** So many steps of the analysis come last and wait for each other: there is a core for something else. */
const LAST_STEPS = 5;

/** Opens and analyses a snapshot, and names its nodes meanwhile; rejects as `openSnapshot` and `analyze` do. */
export async function openAnalysis(file: string, options: OpenAnalysisOptions): Promise<OpenedAnalysis> {
  const { compression, index, memory, onProgress, signal, tasks } = options;
  const graph = await openSnapshot(file, {
    ...(compression && { compression }),
    ...(memory && { memory }),
    ...(index && { index: { onProgress } }),
    memoryBeside: (size) => estimateAnalysisMemory(size).peak + size.nodeCount * NAME_BYTES,
    signal,
    onProgress,
  });
  const stored = findStoredAnalysis(graph);
  if (stored !== null) return { analysis: stored, names: findStoredNames(graph) };

  let making: Promise<NameTable> | undefined;
  const nameOnce = (): Promise<NameTable> => {
    making ??= makeNames(graph, tasks);
    // whoever asks for them is told why there are none
    making.catch(() => {});
    return making;
  };
  const analysis = await analyze(graph, {
    memory,
    nodesWorthThreads: FEW_NODES,
    signal,
    onProgress: (progress) => {
      onProgress(progress);
      if (progress.phase === 'analyze' && progress.total - progress.done <= LAST_STEPS) nameOnce();
    },
  });
  const names = nameOnce();
  if (graph.index !== null) {
    const made = await names.catch(() => null);
    if (made !== null) await keepNames(graph, made, { onProgress, signal });
  }
  return { analysis, names };
}

import {
  type GraphColumns,
  type HeapGraph,
  type HeapPool,
  NodeClasses,
  OperationAbortedError,
  sharedPool,
} from '@heapstream/core';
import type { AnalysisColumns } from './analysis-columns.js';
import * as tasks from './analysis-tasks.js';
import { HeapAnalysis } from './heap-analysis.js';
import type { ClassTable, ClassTableInput } from './kernels/class-table.js';
import type { DepthFirstOrder } from './kernels/depth-first-order.js';
import type { DominatorTree } from './kernels/dominator-tree.js';
import type { EssentialEdges } from './kernels/essential-edges.js';
import type { Retainers } from './kernels/retainers.js';

/** What {@link analyze} tells while it works. */
export interface AnalysisProgress {
  readonly phase: 'analyze';
  /** The step that was finished last. */
  readonly step: AnalysisStep;
  /** Steps finished, and their number. */
  readonly done: number;
  readonly total: number;
}

export type AnalysisStep = keyof typeof tasks;

export interface AnalyzeOptions {
  /** Where the work is done. Default: a pool that all such calls share. */
  pool?: HeapPool;
  /** Aborting rejects with an `OperationAbortedError` and ends the threads at work. */
  signal?: AbortSignal | undefined;
  onProgress?: (progress: AnalysisProgress) => void;
}

const MODULE = new URL('./analysis-tasks.js', import.meta.url);
const STEPS = 10;

/**
 * Computes dominators, retained sizes, distances, retainers and the class table in worker threads; the caller's thread
 * stays free. Steps that do not need each other run side by side, and all share the graph's memory.
 *
 * Rejects with `OperationAbortedError`, with `WorkerFailedError` if a thread dies, or with `OutOfMemoryError`; then
 * nothing of the analysis goes on.
 */
export async function analyze(graph: HeapGraph, options: AnalyzeOptions = {}): Promise<HeapAnalysis> {
  const { onProgress, pool = sharedPool(), signal } = options;
  if (signal?.aborted) throw new OperationAbortedError('the analysis', { cause: signal.reason });
  const { columns } = graph;
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  let done = 0;
  const run = async <T>(step: AnalysisStep, input: unknown): Promise<T> => {
    const result = await pool.run<T>({ module: MODULE, name: step }, input, { signal: stop });
    onProgress?.({ phase: 'analyze', step, done: ++done, total: STEPS });
    return result;
  };
  const running: Promise<unknown>[] = [];
  const start = <T>(work: Promise<T>): Promise<T> => {
    running.push(work);
    // at once, whoever is waited for: a step that fails stops the others, and no rejection is without a listener
    work.catch((error) => failed.abort(error));
    return work;
  };

  try {
    const essentialWork = start(run<EssentialEdges>('essentialEdges', columns));
    const distancesWork = start(run<Uint32Array>('distances', columns));
    // no hurry, but a thread may have nothing else to do until the essential edges are known
    const sizesWork = start(distancesWork.then(() => run<tasks.SizesResult>('shallowSizes', columns)));
    const essential = await essentialWork;
    // what takes longest on the way to the dominators comes first in the queue
    const retainersWork = start(run<Retainers>('retainers', { columns, essential }));
    const orderWork = start(run<DepthFirstOrder>('depthFirst', { columns, essential }));
    const classesWork = start(run<tasks.ClassesResult>('classes', columns));
    const [order, retainers] = await Promise.all([orderWork, retainersWork]);
    const dominators = await start(
      run<tasks.DominatorsResult>('dominators', { columns, essential, retainers, order }),
    );
    const treeWork = start(run<DominatorTree>('dominatorTree', { columns, dominators }));
    const sizes = await sizesWork;
    const { shallowSizeByNode } = sizes;
    const retainedWork = start(
      run<Float64Array>('retainedSizes', { columns, shallowSizeByNode, dominators }),
    );
    const [distanceByNode, named, retainedSizeByNode, tree] = await Promise.all([
      distancesWork,
      classesWork,
      retainedWork,
      treeWork,
    ]);
    const classTable = await start(
      run<ClassTable>('classTable', {
        classCount: named.classes.length,
        classByNode: named.classByNode,
        rootOrdinal: columns.rootOrdinal,
        shallowSizeByNode,
        retainedSizeByNode,
        distanceByNode,
        tree,
      } satisfies ClassTableInput),
    );
    return join(graph, {
      retainers,
      distanceByNode,
      sizes,
      named,
      dominators,
      retainedSizeByNode,
      tree,
      classTable,
    });
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(running);
    throw signal?.aborted
      ? new OperationAbortedError('the analysis', { cause: signal.reason })
      : failed.signal.reason;
  }
}

/** The same in the caller's thread, one step after the other: for tests, and where threads cannot be had. */
export function analyzeSync(graph: HeapGraph): HeapAnalysis {
  const columns: GraphColumns = graph.columns;
  const essential = tasks.essentialEdges(columns);
  const retainers = tasks.retainers({ columns, essential });
  const order = tasks.depthFirst({ columns, essential });
  const dominators = tasks.dominators({ columns, essential, retainers, order });
  const distanceByNode = tasks.distances(columns);
  const sizes = tasks.shallowSizes(columns);
  const named = tasks.classes(columns);
  const { shallowSizeByNode } = sizes;
  const retainedSizeByNode = tasks.retainedSizes({ columns, shallowSizeByNode, dominators });
  const tree = tasks.dominatorTree({ columns, dominators });
  const classTable = tasks.classTable({
    classCount: named.classes.length,
    classByNode: named.classByNode,
    rootOrdinal: columns.rootOrdinal,
    shallowSizeByNode,
    retainedSizeByNode,
    distanceByNode,
    tree,
  });
  return join(graph, {
    retainers,
    distanceByNode,
    sizes,
    named,
    dominators,
    retainedSizeByNode,
    tree,
    classTable,
  });
}

interface Results {
  readonly retainers: Retainers;
  readonly distanceByNode: Uint32Array;
  readonly sizes: tasks.SizesResult;
  readonly named: tasks.ClassesResult;
  readonly dominators: tasks.DominatorsResult;
  readonly retainedSizeByNode: Float64Array;
  readonly tree: DominatorTree;
  readonly classTable: ClassTable;
}

function join(graph: HeapGraph, results: Results): HeapAnalysis {
  const { classByNode, classes, interfaces } = results.named;
  const { shallowSizeByNode, statistics } = results.sizes;
  graph.adopt({ shallowSizeByNode, classes: new NodeClasses(classByNode, classes, interfaces) });
  const columns: AnalysisColumns = {
    ...results.retainers,
    ...results.tree,
    ...results.classTable,
    shallowSizeByNode,
    dominatorByNode: results.dominators.dominatorByNode,
    retainedSizeByNode: results.retainedSizeByNode,
    distanceByNode: results.distanceByNode,
    classByNode,
  };
  return new HeapAnalysis(graph, columns, statistics);
}

import type { GraphColumns, HeapStatistics, ShallowSizeMemory, WideColumn } from '@heapstream/core';
import type * as tasks from './analysis-tasks.js';
import type { ColumnMemory } from './column-memory.js';
import type { ClassTable, ClassTableInput } from './kernels/class-table.js';
import type { DominatorTree } from './kernels/dominator-tree.js';
import type { EssentialEdges } from './kernels/essential-edges.js';
import type { Retainers } from './kernels/retainers.js';
import type { WeakMapEdges } from './kernels/weak-map-edges.js';
import {
  memoryForOrder,
  memoryForRetainers,
  memoryForSizesAndDominators,
  memoryForTree,
  releaseDetails,
} from './step-memory.js';
import type { StepScheduler } from './step-scheduler.js';

/** Steps that {@link planAnalysis} runs. */
export const STEP_COUNT = 13;

/** All that the steps of an analysis find. */
export interface AnalysisParts {
  readonly shallowSizeByNode: WideColumn;
  readonly statistics: HeapStatistics;
  readonly classByNode: Uint32Array;
  readonly named: tasks.ClassesResult;
  readonly distanceByNode: Uint32Array;
  readonly retainers: Retainers;
  readonly dominatorByNode: Uint32Array;
  readonly retainedSizeByNode: Float64Array;
  readonly tree: DominatorTree;
  readonly classTable: ClassTable;
}

export interface PlanOptions {
  /**
   * Overwrites the graph: as soon as sizes, names and distances are known, the columns behind them become memory for the
   * rest. Then the graph, and what is found about single edges and ids, cannot be used afterwards.
   */
  readonly consumesGraph: boolean;
}

/** Puts the steps of an analysis into order: what they need of each other, and which of them share memory. */
export async function planAnalysis(
  columns: GraphColumns,
  scheduler: StepScheduler,
  memory: ColumnMemory,
  { consumesGraph }: PlanOptions,
): Promise<AnalysisParts> {
  const { nodeCount, rootOrdinal } = columns;
  const follow = scheduler.follow.bind(scheduler);

  const weakMapWork = scheduler.run<WeakMapEdges>('weakMapEdges', columns);
  const pageOwnedWork = scheduler.run<Uint32Array>('pageOwned', columns);
  const essentialWork = follow(
    Promise.all([weakMapWork, pageOwnedWork]).then(([weakMapEdges, pageOwned]) =>
      scheduler.run<EssentialEdges>('essentialEdges', { columns, pageOwned, weakMapEdges }),
    ),
  );
  const distanceByNode = memory.uint32(nodeCount);
  const distancesWork = follow(
    weakMapWork.then((weakMapEdges) =>
      scheduler.run<void>('distances', { columns, weakMapEdges, into: distanceByNode }, 'later'),
    ),
  );
  const classByNode = memory.uint32(nodeCount);
  const namedWork = scheduler.run<tasks.ClassesResult>('classes', { columns, into: classByNode }, 'later');
  const { forest, sizes } = memoryForSizesAndDominators(memory, columns);
  const sizesWork = follow(runShallowSizes(columns, scheduler, sizes));
  const statisticsOf = (firstRetainerByNode?: Uint32Array): Promise<HeapStatistics> =>
    sizesWork.then((shallowSizeByNode) =>
      scheduler.run('statistics', { columns, shallowSizeByNode, firstRetainerByNode }, 'later'),
    );

  let shape = columns;
  let statisticsWork: Promise<HeapStatistics> | undefined;
  if (consumesGraph) {
    statisticsWork = follow(statisticsOf());
    await Promise.all([essentialWork, distancesWork, namedWork, statisticsWork]);
    shape = releaseDetails(memory, columns, await sizesWork);
  }

  const essential = await essentialWork;
  const retainers = memoryForRetainers(memory, columns);
  const order = memoryForOrder(memory, columns);
  const retainersWork = scheduler.run<void>('retainers', { columns: shape, essential, into: retainers });
  const orderWork = scheduler.run<number>('depthFirst', { columns: shape, essential, into: order });
  statisticsWork ??= follow(retainersWork.then(() => statisticsOf(retainers.firstRetainerByNode)));
  [order.count] = await Promise.all([orderWork, retainersWork]);

  // the owners are in the way of the dominators
  await sizesWork;
  const scratch = { forest, semidominatorByNumber: memory.uint32(nodeCount) };
  const input = { columns: shape, essential, retainers, order, scratch };
  order.count = await scheduler.run<number>('dominators', input);
  const { nodeByNumber, numberByNode: dominatorByNode, parentByNumber } = order;
  for (const column of [parentByNumber, scratch.forest, scratch.semidominatorByNumber])
    memory.release(column);

  const tree = memoryForTree(memory, columns);
  const treeWork = scheduler.run<void>('dominatorTree', { rootOrdinal, dominatorByNode, into: tree });
  const retainedSizeByNode = memory.float64(nodeCount);
  const retainedWork = follow(
    sizesWork.then((shallowSizeByNode) =>
      scheduler.run<void>('retainedSizes', {
        columns: shape,
        shallowSizeByNode,
        dominatorByNode,
        order: { count: order.count, nodeByNumber },
        into: retainedSizeByNode,
      }),
    ),
  );
  const [named, shallowSizeByNode] = await Promise.all([
    namedWork,
    sizesWork,
    distancesWork,
    retainedWork,
    treeWork,
  ]);
  const classTable = await scheduler.run<ClassTable>('classTable', {
    classCount: named.classes.length,
    classByNode,
    rootOrdinal,
    shallowSizeByNode,
    retainedSizeByNode,
    distanceByNode,
    tree,
  } satisfies ClassTableInput);
  return {
    shallowSizeByNode,
    statistics: await statisticsWork,
    classByNode,
    named,
    distanceByNode,
    retainers,
    dominatorByNode,
    retainedSizeByNode,
    tree,
    classTable,
  };
}

async function runShallowSizes(
  columns: GraphColumns,
  scheduler: StepScheduler,
  memory: ShallowSizeMemory,
): Promise<WideColumn> {
  const found = await scheduler.run<ReturnType<typeof tasks.shallowSizes>>(
    'shallowSizes',
    { columns, memory },
    'later',
  );
  if (found === 'in memory') return memory.sizes;
  return found === 'as in the file' ? columns.selfSizeByNode : found;
}

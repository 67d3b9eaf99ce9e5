import type { GraphColumns, HeapStatistics, WideColumn } from '@heapstream/core';
import type * as tasks from './analysis-tasks.js';
import { ColumnMemory } from './column-memory.js';
import { type ClassTable, joinRetainedByClass, type MemberFigures } from './kernels/class-table.js';
import type { ExceptionLists } from './kernels/distance-exceptions.js';
import type { DominatorTree } from './kernels/dominator-tree.js';
import type { Essentials } from './kernels/essential-edges.js';
import type { Retainers } from './kernels/retainers.js';
import { joinStatistics, type PartialStatistics } from './kernels/sum-statistics.js';
import { sizesOf } from './shallow-size-result.js';
import { StepInputs } from './step-inputs.js';
import { releaseDetails, releaseIds } from './step-memory.js';
import type { StepScheduler } from './step-scheduler.js';

/** Steps that {@link planAnalysis} runs. */
export const STEP_COUNT = 20;

/** All that the steps of an analysis find. */
export interface AnalysisParts {
  readonly shallowSizeByNode: WideColumn;
  readonly statistics: HeapStatistics;
  readonly classByNode: Uint32Array;
  readonly named: tasks.ClassesResult;
  readonly distanceByNode: Uint32Array;
  /** Of no use afterwards where the graph was consumed. */
  readonly retainers: Retainers;
  readonly dominatorByNode: Uint32Array;
  readonly retainedSizeByNode: Float64Array;
  readonly tree: DominatorTree;
  readonly classTable: ClassTable;
}

export interface PlanOptions {
  /**
   * Overwrites the graph: as soon as sizes, names and distances are known, the columns behind them become memory for the
   * rest. Then the graph, and what is found about single edges and ids, cannot be used afterwards; retainers have numbers of
   * the search.
   */
  readonly consumesGraph: boolean;
}

/** Puts the steps of an analysis into order: what they need of each other, and which of them share memory. */
export async function planAnalysis(
  columns: GraphColumns,
  scheduler: StepScheduler,
  { consumesGraph }: PlanOptions,
): Promise<AnalysisParts> {
  const memory = new ColumnMemory(columns);
  const inputs = new StepInputs(columns, memory);
  const follow = scheduler.follow.bind(scheduler);

  const searching = follow((scheduler.worksHere ? searchAtOnce : searchInTurn)(inputs, scheduler));
  const exceptionsInput = inputs.distanceExceptions();
  const exceptionsWork = scheduler.run<ExceptionLists>('distanceExceptions', exceptionsInput, 'later');
  const classesInput = inputs.classes();
  const classByNode = classesInput.into;
  const namedWork = scheduler.run<tasks.ClassesResult>('classes', classesInput, 'later');

  const { areIdsRead, search, searchWork, weakMapWork } = await searching;
  const releaseIdsNow = (): void => {
    // no other step needs ids; and what takes their place leaves it again with the columns beside it
    if (consumesGraph) inputs.columns = releaseIds(memory, inputs.columns);
  };
  const idsAreReleased = follow(weakMapWork.then(releaseIdsNow));
  follow(Promise.all([namedWork, weakMapWork]).then(() => inputs.releaseStrings()));
  // where the caller works, the step that reads ids goes on with the search; the names are found beside it
  await (scheduler.worksHere ? Promise.race([namedWork, searchWork]) : idsAreReleased);
  if (areIdsRead()) releaseIdsNow();
  const sizesInput = inputs.shallowSizes(consumesGraph);
  const sizesWork = follow(
    scheduler
      .run<ReturnType<typeof tasks.shallowSizes>>('shallowSizes', sizesInput, 'later')
      .then((found) => sizesOf(columns, sizesInput, found)),
  );
  const statisticsWork = follow(
    sizesWork.then((shallowSizeByNode) =>
      Promise.all(
        inputs.statistics(shallowSizeByNode).map(async (input) => {
          const partial = await scheduler.run<PartialStatistics>('statistics', input, 'later');
          return { input, ...partial };
        }),
      ),
    ),
  );
  const { count, essentials } = await searchWork;
  const order = { ...search.into, count };
  if (consumesGraph) {
    await Promise.all([namedWork, exceptionsWork, statisticsWork, idsAreReleased]);
    inputs.columns = releaseDetails(memory, inputs.columns, await sizesWork);
    inputs.releaseSizes(sizesInput);
  }
  const retainers = inputs.memoryForRetainers();
  const dominatorsMemory = inputs.memoryForDominators(search.scratch);
  const numberByNode = consumesGraph ? order.numberByNode : null;
  const parts = inputs.retainers(essentials, retainers, dominatorsMemory, numberByNode);
  await Promise.all(parts.map((part) => scheduler.run<void>('countRetainers', part)));
  await scheduler.run<void>('sumRetainers', parts[0]);
  await Promise.all(parts.map((part) => scheduler.run<void>('fillRetainers', part)));
  if (consumesGraph) inputs.releaseNumbers(order);
  // beside the dominators, which keep one thread busy
  const distancesWork = follow(
    Promise.all([exceptionsWork, weakMapWork]).then(async ([lists, { weakMapEdges }]) => {
      const input = inputs.distances({ ...exceptionsInput.into, ...lists, weakMapEdges });
      await scheduler.run<void>('distances', input, 'last');
      return input.into;
    }),
  );
  const membersWork = follow(
    Promise.all([namedWork, distancesWork, sizesWork]).then(([named, distanceByNode, shallowSizeByNode]) => {
      const columns = { classByNode, distanceByNode, shallowSizeByNode };
      const input = inputs.classMembers(named.classes.length, columns);
      return scheduler.run<MemberFigures>('classMembers', input, 'later');
    }),
  );
  const joinedStatistics = follow(
    Promise.all([statisticsWork, sizesWork]).then(async ([partial, shallowSizeByNode]) => {
      const input = inputs.storeSizes(partial, retainers, shallowSizeByNode);
      const stores = await scheduler.run<number>('storeSizes', input, 'last');
      return joinStatistics(
        partial.map(({ statistics }) => statistics),
        stores,
      );
    }),
  );

  const dominatorsInput = inputs.dominators(essentials, retainers, consumesGraph, order, dominatorsMemory);
  await scheduler.run<void>('dominators', dominatorsInput);
  const dominatorByNode = inputs.releaseDominators(dominatorsInput);

  const treeInput = inputs.dominatorTree(dominatorByNode);
  const tree = treeInput.into;
  const treeWork = scheduler.run<void>('dominatorTree', treeInput);
  const shallowSizeByNode = await sizesWork;
  const retainedInput = inputs.retainedSizes(shallowSizeByNode, dominatorByNode, order);
  const retainedSizeByNode = retainedInput.into;
  const retainedWork = scheduler.run<void>('retainedSizes', retainedInput);

  await Promise.all([treeWork, retainedWork]);
  const named = await namedWork;
  const held = { classByNode, retainedSizeByNode, shallowSizeByNode, tree };
  const retainedByClass = await Promise.all(
    inputs
      .classRetained(named.classes.length, held)
      .map((part) => scheduler.run<Float64Array>('classRetained', part)),
  );
  return {
    shallowSizeByNode,
    statistics: await joinedStatistics,
    classByNode,
    named,
    distanceByNode: await distancesWork,
    retainers,
    dominatorByNode,
    retainedSizeByNode,
    tree,
    classTable: { ...(await membersWork), retainedSizeByClass: joinRetainedByClass(retainedByClass) },
  };
}

interface Searching {
  /** Whether nobody reads the ids any more: perhaps long before `weakMapWork` tells. */
  readonly areIdsRead: () => boolean;
  readonly search: ReturnType<StepInputs['depthFirst']>;
  readonly weakMapWork: Promise<tasks.WeakMapResult>;
  readonly searchWork: Promise<{ count: number; essentials: Essentials }>;
}

/** WeakMaps, then the search, and what else they lead to. */
async function searchInTurn(inputs: StepInputs, scheduler: StepScheduler): Promise<Searching> {
  const weakMaps = inputs.weakMapEdges();
  const weakMapWork = scheduler.run<tasks.WeakMapResult>('weakMapEdges', weakMaps);
  const { tableEdges } = await weakMapWork;
  const search = inputs.depthFirst(weakMaps.into, inputs.tableEdges(tableEdges));
  const searchWork = scheduler
    .run<number>('depthFirst', search)
    .then((count) => ({ count, essentials: search.essentials }));
  return { areIdsRead: () => true, search, weakMapWork, searchWork: scheduler.follow(searchWork) };
}

/** Both in one step: whoever would have to start the next one is busy when the first one ends. */
async function searchAtOnce(inputs: StepInputs, scheduler: StepScheduler): Promise<Searching> {
  const weakMaps = inputs.weakMapEdges();
  const search = inputs.depthFirst(weakMaps.into, inputs.roomForTableEdges());
  const idsAreRead = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const input = { search, weakMaps, idsAreRead };
  const work = scheduler.run<tasks.SearchResult>('weakMapsAndSearch', input);
  const searchWork = work.then(({ count, tableEdges }) => {
    const room = search.essentials.tableEdges;
    return {
      count,
      essentials: { ...search.essentials, tableEdges: room.subarray(0, tableEdges.length) },
    };
  });
  return {
    areIdsRead: () => Atomics.load(idsAreRead, 0) !== 0,
    search,
    weakMapWork: work,
    searchWork: scheduler.follow(searchWork),
  };
}

import type { GraphColumns } from '@heapstream/core';
import type { AnalysisParts } from './analysis-plan.js';
import * as tasks from './analysis-tasks.js';
import { ColumnMemory } from './column-memory.js';
import { joinRetainedByClass } from './kernels/class-table.js';
import { joinStatistics } from './kernels/sum-statistics.js';
import { sizesOf } from './shallow-size-result.js';
import { StepInputs } from './step-inputs.js';

/** The steps of an analysis one after the other, in the caller's thread. */
export function runSteps(columns: GraphColumns): AnalysisParts {
  const inputs = new StepInputs(columns, new ColumnMemory(columns));
  const weakMaps = inputs.weakMapEdges();
  const { tableEdges, weakMapEdges } = tasks.weakMapEdges(weakMaps);
  const search = inputs.depthFirst(weakMaps.into, inputs.tableEdges(tableEdges));
  const { essentials, into: order } = search;
  order.count = tasks.depthFirst(search);

  const sizes = inputs.shallowSizes(false);
  const shallowSizeByNode = sizesOf(columns, sizes, tasks.shallowSizes(sizes));
  const exceptions = inputs.distanceExceptions();
  const lists = tasks.distanceExceptions(exceptions);
  const distances = inputs.distances({ ...exceptions.into, ...lists, weakMapEdges });
  tasks.distances(distances);
  const distanceByNode = distances.into;
  const classes = inputs.classes();
  const named = tasks.classes(classes);
  const classByNode = classes.into;

  const retainers = inputs.memoryForRetainers();
  const scratch = inputs.memoryForDominators(search.scratch);
  const parts = inputs.retainers(essentials, retainers, scratch, null);
  for (const part of parts) tasks.countRetainers(part);
  tasks.sumRetainers(parts[0]);
  for (const part of parts) tasks.fillRetainers(part);
  const partial = inputs
    .statistics(shallowSizeByNode)
    .map((input) => ({ input, ...tasks.statistics(input) }));
  const stores = tasks.storeSizes(inputs.storeSizes(partial, retainers, shallowSizeByNode));
  const statistics = joinStatistics(
    partial.map((part) => part.statistics),
    stores,
  );

  const dominators = inputs.dominators(essentials, retainers, false, order, scratch);
  tasks.dominators(dominators);
  const dominatorByNode = inputs.releaseDominators(dominators);
  const treeInput = inputs.dominatorTree(dominatorByNode);
  tasks.dominatorTree(treeInput);
  const retained = inputs.retainedSizes(shallowSizeByNode, dominatorByNode, order);
  tasks.retainedSizes(retained);
  const tree = treeInput.into;
  const retainedSizeByNode = retained.into;

  const classCount = named.classes.length;
  const members = { classByNode, distanceByNode, shallowSizeByNode };
  const held = { classByNode, retainedSizeByNode, shallowSizeByNode, tree };
  const classTable = {
    ...tasks.classMembers(inputs.classMembers(classCount, members)),
    retainedSizeByClass: joinRetainedByClass(inputs.classRetained(classCount, held).map(tasks.classRetained)),
  };
  return {
    shallowSizeByNode,
    statistics,
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

import type { GraphColumns } from '@heapstream/core';
import type { AnalysisParts } from './analysis-plan.js';
import * as tasks from './analysis-tasks.js';
import type { ColumnMemory } from './column-memory.js';
import {
  memoryForOrder,
  memoryForRetainers,
  memoryForSizesAndDominators,
  memoryForTree,
} from './step-memory.js';

/** The steps of an analysis one after the other, in the caller's thread. */
export function runSteps(columns: GraphColumns, memory: ColumnMemory): AnalysisParts {
  const { nodeCount, rootOrdinal } = columns;
  const weakMapEdges = tasks.weakMapEdges(columns);
  const pageOwned = tasks.pageOwned(columns);
  const essential = tasks.essentialEdges({ columns, pageOwned, weakMapEdges });

  const { forest, sizes } = memoryForSizesAndDominators(memory, columns);
  const found = tasks.shallowSizes({ columns, memory: sizes });
  const shallowSizeByNode =
    found === 'in memory' ? sizes.sizes : found === 'as in the file' ? columns.selfSizeByNode : found;
  const distanceByNode = memory.uint32(nodeCount);
  tasks.distances({ columns, weakMapEdges, into: distanceByNode });
  const classByNode = memory.uint32(nodeCount);
  const named = tasks.classes({ columns, into: classByNode });

  const retainers = memoryForRetainers(memory, columns);
  tasks.retainers({ columns, essential, into: retainers });
  const { firstRetainerByNode } = retainers;
  const statistics = tasks.statistics({ columns, shallowSizeByNode, firstRetainerByNode });

  const order = memoryForOrder(memory, columns);
  tasks.depthFirst({ columns, essential, into: order });
  const scratch = { forest, semidominatorByNumber: memory.uint32(nodeCount) };
  tasks.dominators({ columns, essential, retainers, order, scratch });
  const { numberByNode: dominatorByNode, parentByNumber } = order;
  for (const column of [parentByNumber, scratch.forest, scratch.semidominatorByNumber])
    memory.release(column);
  const tree = memoryForTree(memory, columns);
  tasks.dominatorTree({ rootOrdinal, dominatorByNode, into: tree });
  const retainedSizeByNode = memory.float64(nodeCount);
  tasks.retainedSizes({ columns, shallowSizeByNode, dominatorByNode, order, into: retainedSizeByNode });
  const classTable = tasks.classTable({
    classCount: named.classes.length,
    classByNode,
    rootOrdinal,
    shallowSizeByNode,
    retainedSizeByNode,
    distanceByNode,
    tree,
  });
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

import type { GraphColumns, ShallowSizeMemory } from '@heapstream/core';
import type { ColumnMemory } from './column-memory.js';
import type { DepthFirstOrder } from './kernels/depth-first-order.js';
import type { DominatorTree } from './kernels/dominator-tree.js';
import type { Retainers } from './kernels/retainers.js';

/*
 * The memory that steps of an analysis work in. Steps whose results are short-lived leave it to later ones.
 */

export function memoryForRetainers(memory: ColumnMemory, { edgeCount, nodeCount }: GraphColumns): Retainers {
  return {
    firstRetainerByNode: memory.uint32(nodeCount + 1),
    retainerEntries: memory.uint32(edgeCount),
  };
}

export function memoryForOrder(memory: ColumnMemory, { nodeCount }: GraphColumns): DepthFirstOrder {
  return {
    count: 0,
    numberByNode: memory.uint32(nodeCount),
    nodeByNumber: memory.uint32(nodeCount),
    parentByNumber: memory.uint32(nodeCount),
  };
}

/** The sizes come before the dominators: both work in the same scrap. */
export function memoryForSizesAndDominators(
  memory: ColumnMemory,
  { nodeCount }: GraphColumns,
): { readonly sizes: ShallowSizeMemory; readonly forest: Uint32Array } {
  const forest = memory.uint32(2 * nodeCount);
  return { sizes: { sizes: memory.uint32(nodeCount), owners: forest.subarray(0, nodeCount) }, forest };
}

export function memoryForTree(memory: ColumnMemory, { nodeCount }: GraphColumns): DominatorTree {
  return {
    firstDominatedByNode: memory.uint32(nodeCount + 1),
    dominatedNodes: memory.uint32(Math.max(0, nodeCount - 1)),
  };
}

const NONE = new Uint32Array(new SharedArrayBuffer(0));

/**
 * Gives the memory of the columns back that only sizes, names and distances need, and returns the others: the shape of
 * the graph. Nobody may read the graph any more.
 */
export function releaseDetails(
  memory: ColumnMemory,
  columns: GraphColumns,
  keptSizes: ArrayBufferView,
): GraphColumns {
  const { idByNode, locations, nameByEdge, nameByNode, selfSizeByNode, traceNodeIdByNode, typeByEdge } =
    columns;
  for (const column of [idByNode, nameByEdge, nameByNode, typeByEdge]) memory.release(column);
  if (selfSizeByNode !== keptSizes) memory.release(selfSizeByNode);
  if (traceNodeIdByNode !== null) memory.release(traceNodeIdByNode);
  const { columnByLocation, lineByLocation, nodeByLocation, scriptIdByLocation } = locations;
  for (const column of [columnByLocation, lineByLocation, nodeByLocation, scriptIdByLocation]) {
    memory.release(column);
  }
  return {
    ...columns,
    idByNode: NONE,
    nameByEdge: NONE,
    nameByNode: NONE,
    selfSizeByNode: NONE,
    traceNodeIdByNode: null,
    typeByEdge: new Uint8Array(NONE.buffer),
    locations: {
      count: 0,
      nodeByLocation: NONE,
      scriptIdByLocation: NONE,
      lineByLocation: NONE,
      columnByLocation: NONE,
      scriptNodeByLocation: null,
    },
  };
}

import type { GraphColumns, ShallowSizeMemory } from '@heapstream/core';
import { groupSlots, STRIDE } from '@heapstream/core';
import type { ColumnMemory } from './column-memory.js';
import { HEAVY_PATH, type MemberScratch, type RetainedScratch } from './kernels/class-table.js';
import type { DepthFirstOrder, SearchScratch } from './kernels/depth-first-order.js';
import type { ExceptionSets } from './kernels/distance-exceptions.js';
import type { DistanceScratch } from './kernels/distances.js';
import type { DominatorTree } from './kernels/dominator-tree.js';
import type { DominatorScratch } from './kernels/dominators.js';
import type { Essentials } from './kernels/essential-edges.js';
import { listedNodes } from './kernels/frontier.js';
import type { NameScratch } from './kernels/named-rows.js';
import { partsOfNodes, type RetainerParts, type Retainers } from './kernels/retainers.js';
import type { ShallowSizeScratch } from './kernels/shallow-sizes.js';
import { STATISTICS_LENGTHS, type StatisticsScratch } from './kernels/sum-statistics.js';
import { type EntryScratch, PART_BYTES } from './kernels/weak-map-edges.js';

/*
 * The memory that steps of an analysis work in. Steps whose results are short-lived leave it to later ones. What is
 * rarely written to, such as stacks for chains of millions of nodes, takes address space, but no memory.
 */

export function memoryForNames(memory: ColumnMemory, { stringCount }: GraphColumns): NameScratch {
  return { names: memory.bits(stringCount), found: memory.uint32(STRIDE) };
}

export function memoryForEntries({ sparse }: ColumnMemory, { stringCount }: GraphColumns): EntryScratch {
  return {
    parts: sparse.uint8(3 * PART_BYTES),
    names: sparse.uint32(Math.ceil(stringCount / 32)),
    entryByString: sparse.uint32(stringCount),
    tableIdByEntry: sparse.float64(stringCount),
    entryBySlot: sparse.uint32(groupSlots(stringCount)),
    hashByEntry: sparse.uint32(stringCount),
    firstByEntry: sparse.uint32(stringCount),
    countByEntry: sparse.uint32(stringCount),
    edges: sparse.uint32(STRIDE),
    sources: sparse.uint32(STRIDE),
    entries: sparse.uint32(STRIDE),
    isFromTable: sparse.uint8(STRIDE),
  };
}

/** What the page owns is still to be found. */
export function memoryForEssentials(
  memory: ColumnMemory,
  { nodeCount }: GraphColumns,
  tableNodes: Uint32Array,
  tableEdges: Uint32Array,
): Essentials {
  return { pageOwned: memory.bits(nodeCount), tableEdges, tableNodes };
}

export function memoryForOrder(memory: ColumnMemory, { nodeCount }: GraphColumns): DepthFirstOrder {
  return {
    count: 0,
    numberByNode: memory.uint32(nodeCount),
    nodeByNumber: memory.uint32(nodeCount),
    parentByNumber: memory.uint32(nodeCount),
  };
}

/** Scrap of the search, which the dominators use again: {@link memoryForDominators}. */
export function memoryForSearch(memory: ColumnMemory, { nodeCount }: GraphColumns): SearchScratch {
  return {
    reached: memory.bits(nodeCount),
    held: memory.bits(nodeCount),
    stack: memory.sparse.uint32(3 * nodeCount),
  };
}

export function memoryForDominators(
  memory: ColumnMemory,
  { nodeCount }: GraphColumns,
  { stack }: SearchScratch,
): DominatorScratch {
  return {
    forest: memory.uint32(2 * nodeCount + 2),
    semidominatorByNumber: memory.uint32(nodeCount),
    lowerAhead: stack,
  };
}

export function memoryForRetainers(memory: ColumnMemory, { edgeCount, nodeCount }: GraphColumns): Retainers {
  // the largest first, before others take pieces of what would be enough
  const retainerEntries = memory.uint32(edgeCount);
  return { firstRetainerByNode: memory.uint32(nodeCount + 1), retainerEntries };
}

/** Parts of the nodes that steps work on side by side. */
export const PARTS = 2;

/** Memory to find retainers in two parts, in what the dominators need afterwards. */
export function memoryForParts(
  columns: GraphColumns,
  { firstRetainerByNode }: Retainers,
  { forest }: DominatorScratch,
): RetainerParts {
  const { nodeCount } = columns;
  return {
    firstNodeByPart: partsOfNodes(columns, PARTS),
    countsByPart: [firstRetainerByNode, forest.subarray(0, nodeCount)],
    addresses: forest.subarray(2 * nodeCount),
  };
}

export function memoryForExceptions(
  memory: ColumnMemory,
  { edgeCount, nodeCount }: GraphColumns,
): ExceptionSets {
  return { nodes: memory.bits(nodeCount), skippedEdges: memory.bits(edgeCount) };
}

export function memoryForDistances(memory: ColumnMemory, { nodeCount }: GraphColumns): DistanceScratch {
  const level = () => ({ list: memory.uint32(listedNodes(nodeCount)), words: memory.bits(nodeCount) });
  return { reached: memory.bits(nodeCount), levels: [level(), level()] };
}

/** `overSelfSizes`: the result may take the place of the self sizes. */
export function memoryForSizes(
  memory: ColumnMemory,
  columns: GraphColumns,
  overSelfSizes: boolean,
): ShallowSizeMemory & ShallowSizeScratch {
  const { nodeCount, selfSizeByNode } = columns;
  // in the memory of the ids, where that is free
  const owners = memory.uint32(nodeCount);
  const isOver = overSelfSizes && selfSizeByNode instanceof Uint32Array;
  return {
    owners,
    sizes: isOver ? selfSizeByNode : memory.uint32(nodeCount),
    ownable: memory.bits(nodeCount),
    ...memoryForNames(memory, columns),
    stack: memory.sparse.uint32(2 * nodeCount),
  };
}

export function memoryForStatistics(
  memory: ColumnMemory,
  { nodeCount, stringCount }: GraphColumns,
): StatisticsScratch {
  return {
    sums: memory.float64(STATISTICS_LENGTHS.sums),
    kindByType: memory.uint8(STATISTICS_LENGTHS.kindByType),
    bufferNames: memory.bits(stringCount),
    arrayNames: memory.bits(stringCount),
    elementsNames: memory.bits(stringCount),
    stores: memory.bits(nodeCount),
  };
}

export function memoryForTree(memory: ColumnMemory, { nodeCount }: GraphColumns): DominatorTree {
  return {
    firstDominatedByNode: memory.uint32(nodeCount + 1),
    dominatedNodes: memory.uint32(Math.max(0, nodeCount - 1)),
  };
}

export function memoryForMembers(memory: ColumnMemory, classCount: number): MemberScratch {
  return {
    countByClass: memory.uint32(classCount),
    shallowSizeByClass: memory.float64(classCount),
    distanceByClass: memory.uint32(classCount),
    hasUnreached: memory.uint8(classCount),
  };
}

export function memoryForClassRetained(
  memory: ColumnMemory,
  { nodeCount }: GraphColumns,
  classCount: number,
): RetainedScratch {
  return {
    retainedSizeByClass: memory.float64(classCount),
    isOpen: memory.uint8(classCount),
    stack: memory.uint32(2 * nodeCount),
    path: memory.uint32(HEAVY_PATH),
  };
}

const NONE = new Uint32Array(new SharedArrayBuffer(0));
const NO_BYTES = new Uint8Array(new SharedArrayBuffer(0));

/** Gives the memory of the ids back, which nobody may read any more, and returns the columns without them. */
export function releaseIds(memory: ColumnMemory, columns: GraphColumns): GraphColumns {
  memory.release(columns.idByNode);
  return { ...columns, idByNode: NONE };
}

/**
 * Gives the memory of the columns back that only sizes and names need, and returns the others: the shape of the graph.
 * Nobody may read the graph any more.
 */
export function releaseDetails(
  memory: ColumnMemory,
  columns: GraphColumns,
  keptSizes: ArrayBufferView,
): GraphColumns {
  const { locations, nameByEdge, nameByNode, selfSizeByNode, stringBytes, traceNodeIdByNode } = columns;
  for (const column of [nameByEdge, nameByNode, stringBytes]) memory.release(column);
  if (selfSizeByNode !== keptSizes) memory.release(selfSizeByNode);
  if (traceNodeIdByNode !== null) memory.release(traceNodeIdByNode);
  const { columnByLocation, lineByLocation, nodeByLocation, scriptIdByLocation } = locations;
  for (const column of [columnByLocation, lineByLocation, nodeByLocation, scriptIdByLocation]) {
    memory.release(column);
  }
  return {
    ...columns,
    nameByEdge: NONE,
    nameByNode: NONE,
    selfSizeByNode: NONE,
    stringBytes: NO_BYTES,
    stringStart: NONE,
    traceNodeIdByNode: null,
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

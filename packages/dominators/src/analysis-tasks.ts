import {
  type ClassIdentity,
  classifyNodes,
  computeShallowSizes,
  computeStatistics,
  type GraphColumns,
  HeapGraph,
  type HeapStatistics,
  type InterfaceDefinition,
  OrdinalSet,
  type ShallowSizeMemory,
  type WideColumn,
} from '@heapstream/core';
import { type ClassTable, type ClassTableInput, tabulateClasses } from './kernels/class-table.js';
import { type DepthFirstOrder, searchFromOrphans, searchFromRoot } from './kernels/depth-first-order.js';
import { measureDistances } from './kernels/distances.js';
import { buildDominatorTree, type DominatorTree } from './kernels/dominator-tree.js';
import { type DominatorScratch, findDominators } from './kernels/dominators.js';
import { type EssentialEdges, findEssentialEdges } from './kernels/essential-edges.js';
import { findPageOwned } from './kernels/page-owned.js';
import { sumRetainedSizes } from './kernels/retained-sizes.js';
import { findRetainers, type Retainers } from './kernels/retainers.js';
import { findWeakMapEdges, type WeakMapEdges } from './kernels/weak-map-edges.js';

/*
 * The steps of an analysis, each a function of plain data on shared memory, which workers run as soon as what they need
 * is there. `into` is memory for the result.
 *
 *   pageOwned ────┬─ essentialEdges ─┬─ retainers ──┐              ┌─ dominatorTree ─┐
 *   weakMapEdges ─┤                  └─ depthFirst ─┴─ dominators ─┴─ retainedSizes ─┴─ classTable
 *                 └─ distances ─────────────────────────────────────────────────────┘
 *   shallowSizes (and statistics), classes ──────────────────────────┘
 */

/** The classes of a graph, whose ordinals the step has written into its memory. */
export interface ClassesResult {
  readonly classes: readonly ClassIdentity[];
  readonly interfaces: readonly InterfaceDefinition[];
}

export function weakMapEdges(columns: GraphColumns): WeakMapEdges {
  return findWeakMapEdges(columns);
}

/** The words of an `OrdinalSet` of nodes. */
export function pageOwned(columns: GraphColumns): Uint32Array {
  return findPageOwned(columns).words;
}

export function essentialEdges(input: {
  columns: GraphColumns;
  pageOwned: Uint32Array;
  weakMapEdges: WeakMapEdges;
}): EssentialEdges {
  const { columns } = input;
  return findEssentialEdges(columns, new OrdinalSet(columns.nodeCount, input.pageOwned), input.weakMapEdges);
}

export function distances(input: {
  columns: GraphColumns;
  weakMapEdges: WeakMapEdges;
  into: Uint32Array;
}): void {
  measureDistances(input.columns, input.weakMapEdges, input.into);
}

export function retainers(input: {
  columns: GraphColumns;
  essential: EssentialEdges;
  into: Retainers;
}): void {
  findRetainers(input.columns, input.essential, input.into);
}

/** The number of nodes reached. */
export function depthFirst(input: {
  columns: GraphColumns;
  essential: EssentialEdges;
  into: DepthFirstOrder;
}): number {
  return searchFromRoot(input.columns, input.essential, input.into).count;
}

/** Where the sizes are: in the file's column, in `memory.sizes`, or, too large for both, in a column of doubles. */
export function shallowSizes(input: {
  columns: GraphColumns;
  memory: ShallowSizeMemory;
}): 'as in the file' | 'in memory' | Float64Array {
  const { columns, memory } = input;
  const sizes = computeShallowSizes(columns, memory);
  if (sizes === columns.selfSizeByNode) return 'as in the file';
  return sizes instanceof Float64Array ? sizes : 'in memory';
}

export function statistics(input: {
  columns: GraphColumns;
  shallowSizeByNode: WideColumn;
  /** Absent where the retainers are not known yet. */
  firstRetainerByNode?: Uint32Array;
}): HeapStatistics {
  const graph = new HeapGraph(input.columns);
  graph.adopt({ sizes: input });
  return computeStatistics(graph, input.firstRetainerByNode);
}

export function classes(input: { columns: GraphColumns; into: Uint32Array }): ClassesResult {
  const { classes, interfaces } = classifyNodes(new HeapGraph(input.columns), { classByNode: input.into });
  return { classes, interfaces };
}

/**
 * Numbers the orphans, too, and returns the number of nodes reached. Uses the order up: what was `numberByNode` are the
 * dominators.
 */
export function dominators(input: {
  columns: GraphColumns;
  essential: EssentialEdges;
  retainers: Retainers;
  order: DepthFirstOrder;
  scratch: DominatorScratch;
}): number {
  const { columns, essential, order, retainers, scratch } = input;
  searchFromOrphans(columns, essential, retainers, order);
  findDominators(columns, essential, retainers, order, scratch);
  return order.count;
}

export function retainedSizes(input: {
  columns: GraphColumns;
  shallowSizeByNode: WideColumn;
  dominatorByNode: Uint32Array;
  order: DepthFirstOrder;
  into: Float64Array;
}): void {
  const { columns, dominatorByNode, order, shallowSizeByNode } = input;
  sumRetainedSizes(columns, shallowSizeByNode, dominatorByNode, order, input.into);
}

export function dominatorTree(input: {
  rootOrdinal: number;
  dominatorByNode: Uint32Array;
  into: DominatorTree;
}): void {
  buildDominatorTree(input.dominatorByNode, input.rootOrdinal, input.into);
}

export function classTable(input: ClassTableInput): ClassTable {
  return tabulateClasses(input);
}

import {
  type ClassIdentity,
  computeStatistics,
  type GraphColumns,
  HeapGraph,
  type HeapStatistics,
  type InterfaceDefinition,
  type WideColumn,
} from '@heapstream/core';
import { type ClassTable, type ClassTableInput, tabulateClasses } from './kernels/class-table.js';
import { type DepthFirstOrder, searchFromOrphans, searchFromRoot } from './kernels/depth-first-order.js';
import { measureDistances } from './kernels/distances.js';
import { buildDominatorTree, type DominatorTree } from './kernels/dominator-tree.js';
import { findDominators } from './kernels/dominators.js';
import { type EssentialEdges, findEssentialEdges } from './kernels/essential-edges.js';
import { findPageOwned } from './kernels/page-owned.js';
import { sumRetainedSizes } from './kernels/retained-sizes.js';
import { findRetainers, type Retainers } from './kernels/retainers.js';

/*
 * The steps of an analysis, each a function of plain data on shared memory: `analyzeSync` calls them one after the
 * other, `analyze` runs them in workers as soon as what they need is there.
 *
 *   essentialEdges ─┬─ retainers ──┐              ┌─ dominatorTree ─┐
 *                   └─ depthFirst ─┴─ dominators ─┴─ retainedSizes ─┴─ classTable
 *   shallowSizes (and statistics) ────────────────┘                  │
 *   distances, classes ───────────────────────────────────────────────┘
 */

export interface SizesResult {
  readonly shallowSizeByNode: WideColumn;
  readonly statistics: HeapStatistics;
}

export interface ClassesResult {
  readonly classByNode: Uint32Array;
  readonly classes: readonly ClassIdentity[];
  readonly interfaces: readonly InterfaceDefinition[];
}

export interface DominatorsResult {
  readonly dominatorByNode: Uint32Array;
  readonly order: DepthFirstOrder;
}

export function essentialEdges(columns: GraphColumns): EssentialEdges {
  return findEssentialEdges(columns, findPageOwned(columns));
}

export function distances(columns: GraphColumns): Uint32Array {
  return measureDistances(columns);
}

export function retainers(input: { columns: GraphColumns; essential: EssentialEdges }): Retainers {
  return findRetainers(input.columns, input.essential);
}

export function depthFirst(input: { columns: GraphColumns; essential: EssentialEdges }): DepthFirstOrder {
  return searchFromRoot(input.columns, input.essential);
}

export function shallowSizes(columns: GraphColumns): SizesResult {
  const graph = new HeapGraph(columns);
  return { shallowSizeByNode: graph.shallowSizeByNode, statistics: computeStatistics(graph) };
}

export function classes(columns: GraphColumns): ClassesResult {
  const { classByNode, classes, interfaces } = new HeapGraph(columns).classes;
  return { classByNode, classes, interfaces };
}

export function dominators(input: {
  columns: GraphColumns;
  essential: EssentialEdges;
  retainers: Retainers;
  order: DepthFirstOrder;
}): DominatorsResult {
  const { columns, essential, order } = input;
  searchFromOrphans(columns, essential, input.retainers, order);
  return { dominatorByNode: findDominators(columns, input.retainers, order), order };
}

export function retainedSizes(input: {
  columns: GraphColumns;
  shallowSizeByNode: WideColumn;
  dominators: DominatorsResult;
}): Float64Array {
  const { dominatorByNode, order } = input.dominators;
  return sumRetainedSizes(input.columns, input.shallowSizeByNode, dominatorByNode, order);
}

export function dominatorTree(input: { columns: GraphColumns; dominators: DominatorsResult }): DominatorTree {
  return buildDominatorTree(input.dominators.dominatorByNode, input.columns.rootOrdinal);
}

export function classTable(input: ClassTableInput): ClassTable {
  return tabulateClasses(input);
}

import {
  type ClassIdentity,
  type ClassifyScratch,
  classifyNodes,
  computeShallowSizes,
  computeStatistics,
  type GraphColumns,
  HeapGraph,
  type InterfaceDefinition,
  type KernelMemory,
  type KernelStrings,
  type ShallowSizeMemory,
  type WideColumn,
} from '@heapstream/core';
import { AnalysisKernel } from './kernels/analysis-kernel.js';
import {
  type ClassRetainedInput,
  type MemberFigures,
  type MemberFiguresInput,
  type MemberScratch,
  type RetainedScratch,
  sumMembersByClass,
  sumMembersByClassInKernel,
  sumRetainedByClass,
  sumRetainedByClassInKernel,
} from './kernels/class-table.js';
import {
  type DepthFirstOrder,
  type SearchScratch,
  searchDepthFirst,
  searchDepthFirstInKernel,
} from './kernels/depth-first-order.js';
import {
  type DistanceExceptions,
  type ExceptionLists,
  type ExceptionSets,
  findDistanceExceptions,
} from './kernels/distance-exceptions.js';
import { type DistanceScratch, measureDistances, measureDistancesInKernel } from './kernels/distances.js';
import {
  buildDominatorTree,
  buildDominatorTreeInKernel,
  type DominatorTree,
} from './kernels/dominator-tree.js';
import { type DominatorScratch, findDominators, findDominatorsInKernel } from './kernels/dominators.js';
import { EssentialEdges, type Essentials } from './kernels/essential-edges.js';
import { type FindNamed, findNamed, type NameScratch, namedFinder } from './kernels/named-rows.js';
import { sumRetainedSizes, sumRetainedSizesInKernel } from './kernels/retained-sizes.js';
import {
  countRetainersInKernel,
  fillRetainersInKernel,
  findRetainers,
  type RetainerParts,
  type Retainers,
  sumRetainersInKernel,
} from './kernels/retainers.js';
import { computeShallowSizesInKernel, type ShallowSizeScratch } from './kernels/shallow-sizes.js';
import {
  areKernelStatistics,
  NO_STATISTICS,
  type PartialStatistics,
  type StatisticsScratch,
  type StoresInput,
  sumStatisticsInKernel,
  sumStores,
  sumStoresInKernel,
} from './kernels/sum-statistics.js';
import {
  type EntryScratch,
  findWeakMapEdges,
  findWeakMapEdgesInKernel,
  tableSides,
  type WeakMapEdges,
} from './kernels/weak-map-edges.js';

/*
 * The steps of an analysis, each a function of plain data on shared memory, which workers run as soon as what they need
 * is there. `into` is memory for the result, `memory` what all columns of the step lie in, if the kernel is to do it.
 *
 *   weakMapEdges ─┬─ depthFirst ── …Retainers ─┬─ dominators ─┬─ dominatorTree ─┬─ classRetained
 *                 │                            │              │                 │
 *                 │   shallowSizes ─┬──────────│──────────────┴─ retainedSizes ─┤
 *                 │                 └─ statistics ── storeSizes                 │
 *                 └───────────────────── distances ─┬─ classMembers             │
 *   distanceExceptions ──────────────────────┘      │                           │
 *                                           classes ┴───────────────────────────┘
 */

/** The classes of a graph, whose ordinals the step has written into its memory. */
export interface ClassesResult {
  readonly classes: readonly ClassIdentity[];
  readonly interfaces: readonly InterfaceDefinition[];
}

/** What tells a step how to work. */
interface StepInput {
  readonly columns: GraphColumns;
  readonly memory: KernelMemory | null;
}

function kernelOf({ columns, memory }: StepInput): AnalysisKernel | null {
  return memory && AnalysisKernel.for(memory, columns);
}

function finderOf(input: StepInput & { scratch: NameScratch }): FindNamed {
  const kernel = kernelOf(input);
  return kernel ? namedFinder(kernel, input.scratch) : findNamed;
}

/** What the passes over the graph know of WeakMaps. */
export interface WeakMapResult {
  readonly weakMapEdges: WeakMapEdges;
  /** See `tableSides`. */
  readonly tableEdges: Uint32Array;
}

/** `into`: a set for the tables. */
export function weakMapEdges(
  input: StepInput & { into: Uint32Array; strings: KernelStrings; scratch: EntryScratch },
): WeakMapResult {
  const { columns, into, scratch, strings } = input;
  const kernel = kernelOf(input);
  const found = kernel
    ? findWeakMapEdgesInKernel(kernel, columns, strings, scratch)
    : findWeakMapEdges(columns);
  return { weakMapEdges: found, tableEdges: tableSides(found, into) };
}

/** Also finds what the page owns, for `essentials`. The number of nodes reached. */
export function depthFirst(
  input: StepInput & { essentials: Essentials; into: DepthFirstOrder; scratch: SearchScratch },
): number {
  const { columns, essentials, into, scratch } = input;
  const kernel = kernelOf(input);
  if (kernel) searchDepthFirstInKernel(kernel, columns, essentials, into, scratch);
  else searchDepthFirst(columns, essentials, into);
  return into.count;
}

export interface SearchResult extends WeakMapResult {
  /** Nodes reached. */
  readonly count: number;
}

/** Both in one step, for a thread that nobody may give the next one to in time. */
export function weakMapsAndSearch({
  search,
  weakMaps,
  idsAreRead,
}: {
  /** Becomes 1 when ids are needed no more, before the search. */
  idsAreRead: Int32Array;
  weakMaps: Parameters<typeof weakMapEdges>[0];
  /** With room for all table edges there might be. */
  search: Parameters<typeof depthFirst>[0];
}): SearchResult {
  const found = weakMapEdges(weakMaps);
  Atomics.store(idsAreRead, 0, 1);
  const { tableEdges: room } = search.essentials;
  room.set(found.tableEdges);
  const tableEdges = room.subarray(0, found.tableEdges.length);
  return {
    ...found,
    count: depthFirst({ ...search, essentials: { ...search.essentials, tableEdges } }),
  };
}

export function distanceExceptions(
  input: StepInput & { into: ExceptionSets; scratch: NameScratch },
): ExceptionLists {
  return findDistanceExceptions(input.columns, input.into, finderOf(input));
}

export function distances(
  input: StepInput & { exceptions: DistanceExceptions; into: Uint32Array; scratch: DistanceScratch },
): void {
  const { columns, exceptions, into, scratch } = input;
  const kernel = kernelOf(input);
  if (kernel) measureDistancesInKernel(kernel, columns, exceptions, into, scratch);
  else measureDistances(columns, exceptions, into);
}

/** A part of a step: the steps `countRetainers` and `fillRetainers` run for each, side by side. */
export interface RetainersInput extends StepInput {
  readonly essentials: Essentials;
  readonly into: Retainers;
  readonly parts: RetainerParts;
  readonly part: number;
  /** Entries have these, and not node ordinals. */
  readonly numberByNode: Uint32Array | null;
}

/** First of three steps. Without the kernel the last one does it all. */
export function countRetainers(input: RetainersInput): void {
  const kernel = kernelOf(input);
  if (kernel) countRetainersInKernel(kernel, input.columns, input.parts, input.part);
}

export function sumRetainers(input: RetainersInput): void {
  const kernel = kernelOf(input);
  if (kernel) sumRetainersInKernel(kernel, input.columns, input.parts);
}

export function fillRetainers(input: RetainersInput): void {
  const { columns, essentials, into, numberByNode, part, parts } = input;
  const kernel = kernelOf(input);
  if (kernel) fillRetainersInKernel(kernel, essentials, parts, part, into.retainerEntries, numberByNode);
  else if (part === 0) findRetainers(columns, new EssentialEdges(columns, essentials), into, numberByNode);
}

/** Where the sizes are: in the file's column, in the step's memory, or, too large for both, in a column of doubles. */
export function shallowSizes(
  input: StepInput & { into: ShallowSizeMemory & ShallowSizeScratch },
): 'as in the file' | 'in memory' | Float64Array {
  const { columns, into } = input;
  const kernel = kernelOf(input);
  const sizes = kernel
    ? computeShallowSizesInKernel(kernel, columns, into, into)
    : computeShallowSizes(columns, into);
  if (sizes === columns.selfSizeByNode) return 'as in the file';
  return sizes instanceof Float64Array ? sizes : 'in memory';
}

/** Of a part of the nodes; without the kernel the first part has it all. */
export function statistics(
  input: StepInput & {
    part: number;
    nodes: readonly [first: number, end: number];
    shallowSizeByNode: WideColumn;
    scratch: StatisticsScratch;
  },
): PartialStatistics {
  const { columns, nodes, part, scratch, shallowSizeByNode } = input;
  const kernel = areKernelStatistics(columns) ? kernelOf(input) : null;
  if (kernel) {
    const outside = part === 0 ? columns.extraNativeBytes : 0;
    return sumStatisticsInKernel(kernel, columns, nodes, shallowSizeByNode, scratch, outside);
  }
  if (part > 0) return NO_STATISTICS;
  const graph = new HeapGraph(columns);
  graph.adopt({ sizes: input });
  return { statistics: computeStatistics(graph), storeCount: 0 };
}

/** What the statistics of all parts lack. */
export function storeSizes(input: StepInput & StoresInput): number {
  const kernel = kernelOf(input);
  return kernel ? sumStoresInKernel(kernel, input) : sumStores(input);
}

export function classes({
  columns,
  into,
  memory,
  scratch,
  strings,
}: StepInput & { into: Uint32Array; strings: KernelStrings; scratch: ClassifyScratch }): ClassesResult {
  const kernel = memory ? { memory, scratch, strings } : undefined;
  const { classes, interfaces } = classifyNodes(new HeapGraph(columns), { classByNode: into, kernel });
  return { classes, interfaces };
}

/** Uses the order up: what was `numberByNode` are the dominators. */
export function dominators(
  input: StepInput & {
    essentials: Essentials;
    retainers: Retainers;
    areNumbered: boolean;
    order: DepthFirstOrder;
    scratch: DominatorScratch;
  },
): void {
  const { areNumbered, columns, essentials, order, retainers, scratch } = input;
  const kernel = kernelOf(input);
  if (kernel) findDominatorsInKernel(kernel, columns, essentials, retainers, order, scratch, areNumbered);
  else {
    const essential = new EssentialEdges(columns, essentials);
    findDominators(columns, essential, retainers, order, scratch, areNumbered);
  }
}

export function retainedSizes(
  input: StepInput & {
    shallowSizeByNode: WideColumn;
    dominatorByNode: Uint32Array;
    order: DepthFirstOrder;
    into: Float64Array;
  },
): void {
  const { columns, dominatorByNode, into, order, shallowSizeByNode } = input;
  const kernel = kernelOf(input);
  if (kernel) sumRetainedSizesInKernel(kernel, columns, shallowSizeByNode, dominatorByNode, order, into);
  else sumRetainedSizes(columns, shallowSizeByNode, dominatorByNode, order, into);
}

export function dominatorTree(
  input: StepInput & { dominatorByNode: Uint32Array; into: DominatorTree },
): void {
  const { columns, dominatorByNode, into } = input;
  const kernel = kernelOf(input);
  if (kernel) buildDominatorTreeInKernel(kernel, dominatorByNode, into);
  else buildDominatorTree(dominatorByNode, columns.rootOrdinal, into);
}

export function classMembers(
  input: StepInput & MemberFiguresInput & { scratch: MemberScratch },
): MemberFigures {
  const kernel = kernelOf(input);
  return kernel ? sumMembersByClassInKernel(kernel, input, input.scratch) : sumMembersByClass(input);
}

/** A part of the sums; without the kernel the first part has it all. */
export function classRetained(
  input: StepInput & ClassRetainedInput & { part: number; scratch: RetainedScratch },
): Float64Array {
  const kernel = kernelOf(input);
  if (kernel) return sumRetainedByClassInKernel(kernel, input, input.scratch, input.part);
  return input.part === 0 ? sumRetainedByClass(input) : new Float64Array(input.classCount);
}

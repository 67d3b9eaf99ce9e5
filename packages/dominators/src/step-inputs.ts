import {
  type GraphColumns,
  type KernelStrings,
  memoryForClasses,
  stringsForKernel,
  type WideColumn,
} from '@heapstream/core';
import type * as tasks from './analysis-tasks.js';
import type { ColumnMemory } from './column-memory.js';
import type { DepthFirstOrder, SearchScratch } from './kernels/depth-first-order.js';
import type { DistanceExceptions } from './kernels/distance-exceptions.js';
import type { DominatorTree } from './kernels/dominator-tree.js';
import { type DominatorScratch, dominatorColumnOf } from './kernels/dominators.js';
import type { Essentials } from './kernels/essential-edges.js';
import { partsOfNodes, type Retainers } from './kernels/retainers.js';
import {
  memoryForClassRetained,
  memoryForDistances,
  memoryForDominators,
  memoryForEntries,
  memoryForEssentials,
  memoryForExceptions,
  memoryForMembers,
  memoryForNames,
  memoryForOrder,
  memoryForParts,
  memoryForRetainers,
  memoryForSearch,
  memoryForSizes,
  memoryForStatistics,
  memoryForTree,
  PARTS,
} from './step-memory.js';

type InputOf<Step extends keyof typeof tasks> = Parameters<(typeof tasks)[Step]>[0];

/**
 * What the steps of an analysis are given: the columns, memory for the result, and the memory of the kernel where it can
 * do the step. Each input is made once, when its step is due.
 */
export class StepInputs {
  /** The columns of the graph, or what is left of them. */
  columns: GraphColumns;
  readonly #memory: ColumnMemory;
  #strings: KernelStrings | undefined;
  readonly #copiesOfStrings: ArrayBufferView[] = [];

  constructor(columns: GraphColumns, memory: ColumnMemory) {
    this.columns = columns;
    this.#memory = memory;
  }

  weakMapEdges(): InputOf<'weakMapEdges'> {
    const into = this.#memory.bits(this.columns.nodeCount);
    const scratch = memoryForEntries(this.#memory, this.columns);
    const strings = this.#stringsForKernel();
    const { idByNode, nameByEdge } = this.columns;
    return this.#withKernel(
      { into, scratch, strings },
      ...narrow(idByNode),
      ...[into, nameByEdge],
      ...columnsOf(scratch, strings),
    );
  }

  /** A copy where kernels can read it. */
  tableEdges(edges: Uint32Array): Uint32Array {
    return this.#memory.copyOf(edges);
  }

  /** Where the search begins before the edges are known, it has room for any number. */
  roomForTableEdges(): Uint32Array {
    return this.#memory.sparse.uint32(this.columns.edgeCount);
  }

  /** `tableNodes`: the set that the step before fills. `tableEdges` lie in the memory of the columns. */
  depthFirst(tableNodes: Uint32Array, tableEdges: Uint32Array): InputOf<'depthFirst'> {
    const essentials = memoryForEssentials(this.#memory, this.columns, tableNodes, tableEdges);
    const into = memoryForOrder(this.#memory, this.columns);
    const scratch = memoryForSearch(this.#memory, this.columns);
    return this.#withKernel({ essentials, into, scratch }, ...columnsOf(essentials, into, scratch));
  }

  distanceExceptions(): InputOf<'distanceExceptions'> {
    const into = memoryForExceptions(this.#memory, this.columns);
    const scratch = memoryForNames(this.#memory, this.columns);
    const { nameByNode, typeByNode } = this.columns;
    return this.#withKernel({ into, scratch }, nameByNode, typeByNode, ...columnsOf(scratch));
  }

  /** `exceptions`: the sets must be those that the step before was given, not copies that came from its thread. */
  distances(exceptions: DistanceExceptions): InputOf<'distances'> {
    const into = this.#memory.uint32(this.columns.nodeCount);
    const scratch = memoryForDistances(this.#memory, this.columns);
    const { levels, reached } = scratch;
    const { nodes, skippedEdges } = exceptions;
    return this.#withKernel(
      { exceptions, into, scratch },
      ...[into, reached, nodes, skippedEdges],
      ...columnsOf(...levels),
    );
  }

  classes(): InputOf<'classes'> {
    const into = this.#memory.uint32(this.columns.nodeCount);
    const scratch = memoryForClasses(this.#memory.sparse, this.columns);
    const { nameByEdge, nameByNode, typeByNode } = this.columns;
    const named = [nameByEdge, nameByNode, typeByNode];
    const strings = this.#stringsForKernel();
    return this.#withKernel({ into, scratch, strings }, ...named, into, ...columnsOf(scratch, strings));
  }

  /** `overSelfSizes`: in the memory of the self sizes, if they need no more than 32 bits. */
  shallowSizes(overSelfSizes: boolean): InputOf<'shallowSizes'> {
    const into = memoryForSizes(this.#memory, this.columns, overSelfSizes);
    const { nameByNode, selfSizeByNode, typeByNode } = this.columns;
    const named = [nameByNode, typeByNode];
    return this.#withKernel({ into }, ...narrow(selfSizeByNode), ...named, ...columnsOf(into));
  }

  /** One for each part. */
  statistics(shallowSizeByNode: WideColumn): InputOf<'statistics'>[] {
    const { nameByEdge, nameByNode, typeByNode } = this.columns;
    const named = [nameByEdge, nameByNode, typeByNode];
    return rangesOf(partsOfNodes(this.columns, PARTS)).map((nodes, part) => {
      const scratch = memoryForStatistics(this.#memory, this.columns);
      return this.#withKernel(
        { part, nodes, shallowSizeByNode, scratch },
        ...narrow(shallowSizeByNode),
        ...named,
        ...columnsOf(scratch),
      );
    });
  }

  memoryForRetainers(): Retainers {
    return memoryForRetainers(this.#memory, this.columns);
  }

  /** One for each part. Works in the scrap of the dominators, which come afterwards. `numberByNode`: see `findRetainers`. */
  retainers(
    essentials: Essentials,
    into: Retainers,
    scratch: DominatorScratch,
    numberByNode: Uint32Array | null,
  ): tasks.RetainersInput[] {
    const parts = memoryForParts(this.columns, into, scratch);
    const columns = [
      parts.addresses,
      ...parts.countsByPart,
      ...columnsOf(essentials, into, { numberByNode }),
    ];
    return parts.countsByPart.map((_, part) =>
      this.#withKernel({ essentials, into, parts, part, numberByNode }, ...columns),
    );
  }

  /** `parts`: what the statistics were given and found. */
  storeSizes(
    parts: readonly { input: InputOf<'statistics'>; storeCount: number }[],
    retainers: Retainers,
    shallowSizeByNode: WideColumn,
  ): InputOf<'storeSizes'> {
    const stores = parts.filter(({ storeCount }) => storeCount > 0).map(({ input }) => input.scratch.stores);
    return this.#withKernel(
      { stores, retainers, shallowSizeByNode },
      ...narrow(shallowSizeByNode),
      ...[retainers.firstRetainerByNode, ...stores],
    );
  }

  /** The sizes are known: what served them alone is free. */
  releaseSizes({ into }: InputOf<'shallowSizes'>): void {
    this.#memory.release(into.owners);
  }

  /** The dominators work in the search's scrap, too. */
  memoryForDominators(search: SearchScratch): DominatorScratch {
    return memoryForDominators(this.#memory, this.columns, search);
  }

  dominators(
    essentials: Essentials,
    retainers: Retainers,
    areNumbered: boolean,
    order: DepthFirstOrder,
    scratch: DominatorScratch,
  ): InputOf<'dominators'> {
    return this.#withKernel(
      { essentials, retainers, areNumbered, order, scratch },
      ...columnsOf(essentials, retainers, order, scratch),
    );
  }

  /** The retainers are numbers: nobody looks those of nodes up any more. */
  releaseNumbers({ numberByNode }: DepthFirstOrder): void {
    this.#memory.release(numberByNode);
  }

  /**
   * The dominators are known, and returned: what served them alone is free. Not what was hardly written to, and is no memory
   * yet.
   */
  releaseDominators({ areNumbered, order, retainers, scratch }: InputOf<'dominators'>): Uint32Array {
    const { forest, semidominatorByNumber } = scratch;
    const free = areNumbered ? retainers.retainerEntries : semidominatorByNumber;
    for (const column of [order.parentByNumber, forest, free]) this.#memory.release(column);
    return dominatorColumnOf(order, scratch, areNumbered);
  }

  dominatorTree(dominatorByNode: Uint32Array): InputOf<'dominatorTree'> {
    const into = memoryForTree(this.#memory, this.columns);
    return this.#withKernel({ dominatorByNode, into }, dominatorByNode, ...columnsOf(into));
  }

  retainedSizes(
    shallowSizeByNode: WideColumn,
    dominatorByNode: Uint32Array,
    order: DepthFirstOrder,
  ): InputOf<'retainedSizes'> {
    const into = this.#memory.float64(this.columns.nodeCount);
    const { nodeByNumber } = order;
    return this.#withKernel(
      { shallowSizeByNode, dominatorByNode, order, into },
      ...narrow(shallowSizeByNode),
      ...[dominatorByNode, nodeByNumber, into],
    );
  }

  classMembers(
    classCount: number,
    columns: { classByNode: Uint32Array; distanceByNode: Uint32Array; shallowSizeByNode: WideColumn },
  ): InputOf<'classMembers'> {
    const scratch = memoryForMembers(this.#memory, classCount);
    const { classByNode, distanceByNode, shallowSizeByNode } = columns;
    return this.#withKernel(
      { ...columns, classCount, scratch },
      ...narrow(shallowSizeByNode),
      ...[classByNode, distanceByNode],
      ...columnsOf(scratch),
    );
  }

  /** One for each part. */
  classRetained(
    classCount: number,
    columns: {
      classByNode: Uint32Array;
      retainedSizeByNode: Float64Array;
      shallowSizeByNode: WideColumn;
      tree: DominatorTree;
    },
  ): InputOf<'classRetained'>[] {
    const { classByNode, retainedSizeByNode, shallowSizeByNode, tree } = columns;
    const { rootOrdinal } = this.columns;
    return Array.from({ length: PARTS }, (_, part) => {
      const scratch = memoryForClassRetained(this.#memory, this.columns, classCount);
      return this.#withKernel(
        { ...columns, classCount, part, rootOrdinal, scratch },
        ...narrow(shallowSizeByNode),
        ...[classByNode, retainedSizeByNode],
        ...columnsOf(tree, scratch),
      );
    });
  }

  /** The names are known: copies of the strings are free. */
  releaseStrings(): void {
    for (const column of this.#copiesOfStrings.splice(0)) this.#memory.release(column);
  }

  /** Those that no kernel can read are none, elsewhere. */
  #stringsForKernel(): KernelStrings {
    this.#strings ??= this.#copyStrings() ?? { bytes: new Uint8Array(0), starts: new Uint32Array(0) };
    return this.#strings;
  }

  #copyStrings(): KernelStrings | null {
    const memory = this.#memory;
    if (memory.kernelFor() === null) return null;
    const strings = stringsForKernel(memory, this.columns, (column) => memory.kernelFor(column) !== null);
    const copies = columnsOf(strings ?? {}).filter((column) => column !== this.columns.stringBytes);
    this.#copiesOfStrings.push(...copies);
    return strings;
  }

  #withKernel<T extends object>(input: T, ...columns: ArrayBufferView[]) {
    return { ...input, columns: this.columns, memory: this.#memory.kernelFor(...columns) };
  }
}

function rangesOf(starts: readonly number[]): [first: number, end: number][] {
  return starts.slice(1).map((end, part) => [starts[part], end]);
}

function columnsOf(...groups: readonly object[]): ArrayBufferView[] {
  return groups.flatMap((group) => Object.values(group).filter(ArrayBuffer.isView));
}

/** Kernels know sizes of 32 bits. A column on a buffer of its own stands for others. */
function narrow(sizes: WideColumn): ArrayBufferView[] {
  return [sizes instanceof Float64Array ? new Uint32Array(0) : sizes];
}

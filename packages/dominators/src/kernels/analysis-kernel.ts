import {
  addressOf,
  EDGE_TYPE,
  edgeTypeOrdinal,
  type GraphColumns,
  type KernelMemory,
  loadKernel,
} from '@heapstream/core';
import type { FollowedEdges } from './distance-exceptions.js';
import type { Essentials } from './essential-edges.js';

/** Built from `assembly/`, beside `src` and `dist` alike. */
const FILE = new URL('../../wasm/analysis.wasm', import.meta.url);

/** What `assembly/analysis.ts` exports. Columns go by their addresses. */
interface Exports {
  setGraph(
    nodes: number,
    root: number,
    firstEdgeByNode: number,
    targetByEdge: number,
    typeByEdge: number,
    weak: number,
    shortcut: number,
  ): void;
  setEssentials(pageOwned: number, tableEdges: number, tableEdgeCount: number, tableNodes: number): void;
  isEssentialEdge(source: number, edge: number): number;

  startSearch(reached: number, numbers: number, nodes: number, parents: number, levels: number): void;
  enterSearch(node: number, inPage: number): number;
  search(edgeBudget: number): number;
  searchedCount(): number;
  endSearch(): void;
  closePage(stack: number): void;
  markHeld(held: number): void;
  nextOrphan(from: number, held: number): number;

  findNamed(
    first: number,
    last: number,
    typeByRow: number,
    nameByRow: number,
    type: number,
    names: number,
    found: number,
  ): number;
  addOfType(first: number, last: number, typeByRow: number, type: number, set: number): void;

  startGroups(slots: number, hashes: number, firsts: number, counts: number): void;
  groupsFound(): number;
  startEntryNames(
    bytes: number,
    starts: number,
    key: number,
    keyLength: number,
    value: number,
    valueLength: number,
    table: number,
    tableLength: number,
  ): void;
  findEntryNames(
    first: number,
    last: number,
    list: number,
    leastLength: number,
    names: number,
    entryByString: number,
    tableIdByEntry: number,
  ): number;
  describeEntryEdges(
    count: number,
    edges: number,
    nameByEdge: number,
    idByNode: number,
    entryByString: number,
    tableIdByEntry: number,
    sources: number,
    entries: number,
    isFromTable: number,
  ): void;

  countRetainers(first: number, last: number, counts: number): void;
  sumRetainers(first: number, last: number, before: number, parts: number, partCount: number): number;
  fillRetainers(first: number, last: number, ends: number, entries: number, numbers: number): void;

  startDominators(
    count: number,
    numbers: number,
    nodes: number,
    parents: number,
    firstRetainerByNode: number,
    entries: number,
    numberedEntries: number,
    forest: number,
    semidominators: number,
    lower: number,
  ): void;
  startForest(first: number, last: number): void;
  findSemidominators(first: number, last: number): void;
  findAncestors(first: number, last: number): void;
  nameDominators(first: number, last: number, dominators: number): void;

  startDistances(
    distances: number,
    reached: number,
    exceptions: number,
    isAnyException: number,
    listCapacity: number,
    firstList: number,
    firstSet: number,
    secondList: number,
    secondSet: number,
  ): void;
  addStart(node: number, distance: number): void;
  searchLevels(edgeBudget: number): number;
  endDistances(): void;

  startOwners(ownable: number, owners: number, stack: number): void;
  findOwners(first: number, last: number): void;
  moveSizes(
    first: number,
    last: number,
    selfSizes: number,
    sizes: number,
    types: number,
    synthetic: number,
  ): number;

  countDominated(first: number, last: number, dominators: number, firstDominated: number): void;
  sumDominated(first: number, last: number, before: number, firstDominated: number): number;
  fillDominated(
    first: number,
    last: number,
    dominators: number,
    firstDominated: number,
    dominated: number,
  ): void;
  widenSizes(first: number, last: number, sizes: number, retainedSizes: number): void;
  addToDominators(
    first: number,
    last: number,
    nodeByNumber: number,
    dominators: number,
    retainedSizes: number,
  ): void;

  startStatistics(shallowSizes: number, sums: number): void;
  sumKinds(
    first: number,
    last: number,
    types: number,
    names: number,
    kindByType: number,
    bufferNames: number,
    arrayNames: number,
    edgeNames: number,
    internal: number,
    elementsNames: number,
    stores: number,
  ): number;
  sumStores(
    first: number,
    last: number,
    stores: number,
    firstRetainerByNode: number,
    shallowSizes: number,
  ): number;

  startClassTable(classByNode: number, shallowSizeByNode: number): void;
  addToClasses(
    first: number,
    last: number,
    distances: number,
    counts: number,
    shallowSizes: number,
    classDistances: number,
    hasUnreached: number,
  ): void;
  startRetainedByClass(
    retainedSizeByNode: number,
    firstDominatedByNode: number,
    dominatedNodes: number,
    retainedSizeByClass: number,
    isOpen: number,
    stack: number,
  ): void;
  findHeavyPath(root: number, path: number, limit: number): number;
  cutPath(path: number, count: number): number;
  entryOfCut(): number;
  enterNode(node: number, counts: number): void;
  walkDown(first: number, end: number, left: number): void;
  walkTree(budget: number): number;
}

/**
 * The inner loops of the analysis in WebAssembly: the functions of `assembly/`, which do what the kernels in TypeScript
 * do, on columns that lie in one memory. One graph and one step at a time.
 */
export class AnalysisKernel {
  readonly exports: Exports;
  #followed: FollowedEdges | undefined;

  private constructor(memory: KernelMemory) {
    const isFollowed = (edge: number): number => Number(this.#followed!.isFollowed(edge >>> 0));
    this.exports = loadKernel<Exports>(FILE, memory, { distances: { isFollowed } })!;
  }

  /** The kernel at work on a graph; its node and edge columns lie in `memory`. */
  static for(memory: KernelMemory, columns: GraphColumns): AnalysisKernel {
    const kernel = new AnalysisKernel(memory);
    const { firstEdgeByNode, meta, nodeCount, rootOrdinal, targetByEdge, typeByEdge } = columns;
    kernel.exports.setGraph(
      nodeCount,
      rootOrdinal,
      addressOf(firstEdgeByNode),
      addressOf(targetByEdge),
      addressOf(typeByEdge),
      edgeTypeOrdinal(meta, EDGE_TYPE.weak),
      edgeTypeOrdinal(meta, EDGE_TYPE.shortcut),
    );
    return kernel;
  }

  useEssentials({ pageOwned, tableEdges, tableNodes }: Essentials): this {
    this.exports.setEssentials(
      addressOf(pageOwned),
      addressOf(tableEdges),
      tableEdges.length,
      addressOf(tableNodes),
    );
    return this;
  }

  useFollowedEdges(followed: FollowedEdges): this {
    this.#followed = followed;
    return this;
  }
}

import {
  EDGE_TYPE,
  edgeTypeOrdinal,
  findUserRoots,
  type GraphColumns,
  NODE_TYPE,
  nodeTypeOrdinal,
  StringMatcher,
  StringTable,
  sharedUint32,
} from '@heapstream/core';
import { findWeakMapEntries } from './weak-map-edges.js';

/** `distanceByNode` of nodes that nothing reaches. */
export const UNREACHED = 0xffffffff;
/** Distance of the root where there are user roots: what only the system reaches lies beyond. */
export const BASE_SYSTEM_DISTANCE = 100_000_000;

/**
 * node ordinal → number of edges from the nearest user root (which has 1), else from the root plus
 * {@link BASE_SYSTEM_DISTANCE}, else {@link UNREACHED}. Breadth first, over edges in file order, but not over weak
 * edges nor those that {@link DistanceEdges} leaves out. 4 bytes a node, 4 more meanwhile.
 */
export function measureDistances(columns: GraphColumns): Uint32Array {
  const { firstEdgeByNode, meta, nodeCount, rootOrdinal, targetByEdge, typeByEdge } = columns;
  const weak = edgeTypeOrdinal(meta, EDGE_TYPE.weak);
  const edges = new DistanceEdges(columns);
  const distanceByNode = sharedUint32(nodeCount).fill(UNREACHED);
  // one more than nodes: the root may stand in the queue of both searches
  const queue = new Uint32Array(nodeCount + 1);
  const search = (queued: number): void => {
    let length = queued;
    for (let head = 0; head < length; head++) {
      const node = queue[head];
      const distance = distanceByNode[node] + 1;
      const end = firstEdgeByNode[node + 1];
      for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
        const target = targetByEdge[edge];
        if (distanceByNode[target] !== UNREACHED || typeByEdge[edge] === weak) continue;
        if (!edges.isFollowed(node, edge)) continue;
        distanceByNode[target] = distance;
        queue[length++] = target;
      }
    }
  };

  const userRoots = findUserRoots(columns);
  for (const root of userRoots) distanceByNode[root] = 1;
  queue.set(userRoots);
  search(userRoots.length);
  distanceByNode[rootOrdinal] = userRoots.length > 0 ? BASE_SYSTEM_DISTANCE : 0;
  queue[0] = rootOrdinal;
  search(1);
  return distanceByNode;
}

const FIRST_DESCRIPTOR = 2;

/**
 * Edges that would make distances short without being a way that people think of: a native context's
 * `sloppy_function_map`, the values in a hidden class's descriptors, and the first that is met of the two edges that
 * hold a WeakMap's value. Keeps state: ask about every edge once, in the order of the search.
 */
class DistanceEdges {
  readonly #columns: GraphColumns;
  readonly #strings: StringTable;
  readonly #hidden: number;
  readonly #array: number;
  readonly #internal: number;
  readonly #hasNumericName: (type: number) => boolean;
  readonly #nativeContext: StringMatcher;
  readonly #mapDescriptors: StringMatcher;
  readonly #sloppyFunctionMap: StringMatcher;
  readonly #weakMapEntries: ReturnType<typeof findWeakMapEntries>;
  readonly #pendingPairs = new Set<string>();

  constructor(columns: GraphColumns) {
    this.#columns = columns;
    this.#strings = new StringTable(columns);
    this.#hidden = nodeTypeOrdinal(columns.meta, NODE_TYPE.hidden);
    this.#array = nodeTypeOrdinal(columns.meta, NODE_TYPE.array);
    this.#internal = edgeTypeOrdinal(columns.meta, EDGE_TYPE.internal);
    const element = edgeTypeOrdinal(columns.meta, EDGE_TYPE.element);
    const hiddenEdge = edgeTypeOrdinal(columns.meta, EDGE_TYPE.hidden);
    this.#hasNumericName = (type) => type === element || type === hiddenEdge;
    this.#nativeContext = new StringMatcher(this.#strings, 'system / NativeContext');
    this.#mapDescriptors = new StringMatcher(this.#strings, '(map descriptors)');
    this.#sloppyFunctionMap = new StringMatcher(this.#strings, 'sloppy_function_map');
    this.#weakMapEntries = findWeakMapEntries(columns);
  }

  isFollowed(node: number, edge: number): boolean {
    const { nameByEdge, nameByNode, typeByEdge, typeByNode } = this.#columns;
    const type = typeByNode[node];
    if (type === this.#hidden && this.#nativeContext.matches(nameByNode[node])) {
      const isNamed = !this.#hasNumericName(typeByEdge[edge]);
      if (isNamed && this.#sloppyFunctionMap.matches(nameByEdge[edge])) return false;
    }
    if (type === this.#array && this.#mapDescriptors.matches(nameByNode[node])) {
      // descriptors come in threes: key, details, value; of such an array's edges only the place counts
      const index = this.#numberOf(edge);
      return !(index >= FIRST_DESCRIPTOR && index % 3 === 1);
    }
    if (typeByEdge[edge] !== this.#internal || this.#weakMapEntries.size === 0) return true;
    const entry = this.#weakMapEntries.get(nameByEdge[edge]);
    if (entry === undefined || this.#pendingPairs.delete(entry.pair)) return true;
    this.#pendingPairs.add(entry.pair);
    return false;
  }

  #numberOf(edge: number): number {
    const { nameByEdge, typeByEdge } = this.#columns;
    if (this.#hasNumericName(typeByEdge[edge])) return nameByEdge[edge];
    return Number.parseInt(this.#strings.get(nameByEdge[edge]), 10);
  }
}

import {
  EDGE_TYPE,
  edgeTypeOrdinal,
  type GraphColumns,
  NODE_TYPE,
  nodeTypeOrdinal,
  OrdinalSet,
  StringMatcher,
  StringTable,
} from '@heapstream/core';
import type { WeakMapEdges } from './weak-map-edges.js';

const FIRST_DESCRIPTOR = 2;

/**
 * Edges that would make distances short without being a way that people think of: a native context's
 * `sloppy_function_map`, the values in a hidden class's descriptors, and the first that is met of the two edges that
 * hold a WeakMap's value. Keeps state: ask about every edge once, level by level. Within a level the order does not
 * matter, since both edges of an entry lead to the same value.
 */
export class DistanceEdges {
  readonly #columns: GraphColumns;
  readonly #strings: StringTable;
  readonly #hidden: number;
  readonly #array: number;
  readonly #hasNumericName: (type: number) => boolean;
  readonly #nativeContext: StringMatcher;
  readonly #mapDescriptors: StringMatcher;
  readonly #sloppyFunctionMap: StringMatcher;
  readonly #weakMapSources: OrdinalSet;
  readonly #weakMapEntryByEdge = new Map<number, number>();
  readonly #pendingEntries = new Set<number>();
  #isNativeContext = false;
  #isMapDescriptors = false;

  constructor(columns: GraphColumns, weakMapEdges: WeakMapEdges) {
    this.#columns = columns;
    this.#strings = new StringTable(columns);
    this.#hidden = nodeTypeOrdinal(columns.meta, NODE_TYPE.hidden);
    this.#array = nodeTypeOrdinal(columns.meta, NODE_TYPE.array);
    const element = edgeTypeOrdinal(columns.meta, EDGE_TYPE.element);
    const hiddenEdge = edgeTypeOrdinal(columns.meta, EDGE_TYPE.hidden);
    this.#hasNumericName = (type) => type === element || type === hiddenEdge;
    this.#nativeContext = new StringMatcher(this.#strings, 'system / NativeContext');
    this.#mapDescriptors = new StringMatcher(this.#strings, '(map descriptors)');
    this.#sloppyFunctionMap = new StringMatcher(this.#strings, 'sloppy_function_map');
    this.#weakMapSources = new OrdinalSet(columns.nodeCount);
    const { edges, entries, sources } = weakMapEdges;
    for (let index = 0; index < edges.length; index++) {
      this.#weakMapSources.add(sources[index]);
      this.#weakMapEntryByEdge.set(edges[index], entries[index]);
    }
  }

  /** Starts with the edges of a node; false where all of them are followed. */
  enter(node: number): boolean {
    const { nameByNode, typeByNode } = this.#columns;
    const type = typeByNode[node];
    this.#isNativeContext = type === this.#hidden && this.#nativeContext.matches(nameByNode[node]);
    this.#isMapDescriptors = type === this.#array && this.#mapDescriptors.matches(nameByNode[node]);
    return this.#isNativeContext || this.#isMapDescriptors || this.#weakMapSources.has(node);
  }

  /** About an edge of the node that was entered. */
  isFollowed(edge: number): boolean {
    const { nameByEdge, typeByEdge } = this.#columns;
    if (this.#isNativeContext && !this.#hasNumericName(typeByEdge[edge])) {
      if (this.#sloppyFunctionMap.matches(nameByEdge[edge])) return false;
    }
    if (this.#isMapDescriptors) {
      // descriptors come in threes: key, details, value; of such an array's edges only the place counts
      const index = this.#numberOf(edge);
      return !(index >= FIRST_DESCRIPTOR && index % 3 === 1);
    }
    const entry = this.#weakMapEntryByEdge.get(edge);
    if (entry === undefined || this.#pendingEntries.delete(entry)) return true;
    this.#pendingEntries.add(entry);
    return false;
  }

  #numberOf(edge: number): number {
    const { nameByEdge, typeByEdge } = this.#columns;
    if (this.#hasNumericName(typeByEdge[edge])) return nameByEdge[edge];
    return Number.parseInt(this.#strings.get(nameByEdge[edge]), 10);
  }
}

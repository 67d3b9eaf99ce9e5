import {
  EDGE_NAME,
  EDGE_TYPE,
  edgeTypeOrdinal,
  findUserRoots,
  type GraphColumns,
  NODE_TYPE,
  nodeTypeOrdinal,
  OrdinalSet,
  SPECIAL_NAME,
  StringMatcher,
  StringTable,
} from '@heapstream/core';
import { type FindNamed, findNamed } from './named-rows.js';
import type { WeakMapEdges } from './weak-map-edges.js';

const FIRST_DESCRIPTOR = 2;

/** The words of sets of ordinals: a bit a node, and one an edge. */
export interface ExceptionSets {
  /** The nodes that have edges which distances do not follow, or not always. */
  readonly nodes: Uint32Array;
  /** The edges that are never followed. */
  readonly skippedEdges: Uint32Array;
}

/** What else tells distances apart from numbers of edges. */
export interface ExceptionLists {
  /** Nodes whose edges are followed, or not, by their places alone: the descriptors of hidden classes. */
  readonly descriptors: Uint32Array;
  /** Where distances begin: see `findUserRoots`. */
  readonly userRoots: Uint32Array;
}

/** Where distances begin, and edges that they do not follow, or not always. Says so without any names. */
export interface DistanceExceptions extends ExceptionSets, ExceptionLists {
  /** Of the two edges that hold the value of an entry one is not followed. */
  readonly weakMapEdges: WeakMapEdges;
}

/**
 * Finds the user roots, and the edges that would make distances short without being a way that people think of: a native context's
 * `sloppy_function_map`, and the values in a hidden class's descriptors. Fills the sets. WeakMaps are found apart.
 */
export function findDistanceExceptions(
  columns: GraphColumns,
  into: ExceptionSets,
  find: FindNamed = findNamed,
): ExceptionLists {
  const { edgeCount, firstEdgeByNode, meta, nameByEdge, nameByNode, nodeCount, typeByEdge, typeByNode } =
    columns;
  const strings = new StringTable(columns);
  const hidden = nodeTypeOrdinal(meta, NODE_TYPE.hidden);
  const array = nodeTypeOrdinal(meta, NODE_TYPE.array);
  const element = edgeTypeOrdinal(meta, EDGE_TYPE.element);
  const hiddenEdge = edgeTypeOrdinal(meta, EDGE_TYPE.hidden);
  const sloppyFunctionMap = new StringMatcher(strings, EDGE_NAME.sloppyFunctionMap);
  into.nodes.fill(0);
  into.skippedEdges.fill(0);
  const nodes = new OrdinalSet(nodeCount, into.nodes);
  const skippedEdges = new OrdinalSet(edgeCount, into.skippedEdges);

  const hasNumericName = (edge: number): boolean =>
    typeByEdge[edge] === element || typeByEdge[edge] === hiddenEdge;
  const isSloppyFunctionMap = (edge: number): boolean =>
    !hasNumericName(edge) && sloppyFunctionMap.matches(nameByEdge[edge]);
  // descriptors come in threes: key, details, value
  const isDescriptorValue = (edge: number): boolean => {
    const index = hasNumericName(edge)
      ? nameByEdge[edge]
      : Number.parseInt(strings.get(nameByEdge[edge]), 10);
    return index >= FIRST_DESCRIPTOR && index % 3 === 1;
  };
  const skip = (node: number, isSkipped: (edge: number) => boolean): void => {
    nodes.add(node);
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      if (isSkipped(edge)) skippedEdges.add(edge);
    }
  };
  const rows = { types: typeByNode, names: nameByNode };
  for (const node of find(rows, hidden, strings.ordinalsOf(SPECIAL_NAME.nativeContext))) {
    skip(node, isSloppyFunctionMap);
  }
  const descriptors = find(rows, array, strings.ordinalsOf(SPECIAL_NAME.mapDescriptors));
  for (const node of descriptors) skip(node, isDescriptorValue);
  return { descriptors: Uint32Array.from(descriptors), userRoots: findUserRoots(columns) };
}

/**
 * Whether a search follows an edge of a node that has exceptions. Of the two edges that hold a WeakMap's value the first
 * that is met is not followed, the second is; so it keeps state: ask about every edge once, level by level. Within a level
 * the order does not matter, since both edges of an entry lead to the same value.
 */
export class FollowedEdges {
  readonly #nodes: OrdinalSet;
  readonly #skippedEdges: OrdinalSet;
  readonly #entryByEdge = new Map<number, number>();
  readonly #pendingEntries = new Set<number>();

  /** Adds the nodes that hold values of WeakMap entries to the set of `nodes`. */
  constructor(columns: GraphColumns, { descriptors, nodes, skippedEdges, weakMapEdges }: DistanceExceptions) {
    this.#nodes = new OrdinalSet(columns.nodeCount, nodes);
    this.#skippedEdges = new OrdinalSet(columns.edgeCount, skippedEdges);
    const byPlace = new Set(descriptors);
    const { edges, entries, sources } = weakMapEdges;
    for (let index = 0; index < edges.length; index++) {
      this.#nodes.add(sources[index]);
      if (!byPlace.has(sources[index])) this.#entryByEdge.set(edges[index], entries[index]);
    }
  }

  /** Whether any of the node's edges is an exception. */
  hasExceptions(node: number): boolean {
    return this.#nodes.has(node);
  }

  isFollowed(edge: number): boolean {
    if (this.#skippedEdges.has(edge)) return false;
    const entry = this.#entryByEdge.get(edge);
    if (entry === undefined || this.#pendingEntries.delete(entry)) return true;
    this.#pendingEntries.add(entry);
    return false;
  }
}

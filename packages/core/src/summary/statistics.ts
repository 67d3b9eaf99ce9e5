import { EDGE_NAME, SPECIAL_NAME } from '../format/type-names.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import { OrdinalSet } from '../graph/ordinal-set.js';
import { StringMatcher } from '../graph/string-matcher.js';

/** What fills the heap, in bytes of shallow size. */
export interface HeapStatistics {
  /** All nodes, and what the producer adds for memory outside the heap. */
  readonly total: number;
  readonly native: {
    /** Native nodes and what the producer adds. */
    readonly total: number;
    /** Of it: the memory behind array buffers. */
    readonly typedArrays: number;
  };
  readonly v8heap: {
    /** Everything else. */
    readonly total: number;
    readonly code: number;
    /** Arrays and the backing stores that only they point to. */
    readonly jsArrays: number;
    readonly strings: number;
    /** Hidden nodes. */
    readonly system: number;
  };
}

const NO_NODE = 0xffffffff;

/**
 * Sums shallow sizes by kind: a pass over the nodes, and, if there are arrays, one over the edges. Transient: a few bits a
 * node.
 */
export function computeStatistics(graph: HeapGraph): HeapStatistics {
  const { nameByNode, nodeCount, typeByNode } = graph.columns;
  const { nodeType, shallowSizeByNode } = graph;
  const bufferData = new StringMatcher(graph.strings, SPECIAL_NAME.arrayBufferData);
  const arrayName = new StringMatcher(graph.strings, SPECIAL_NAME.array);

  let total = graph.extraNativeBytes;
  let native = graph.extraNativeBytes;
  let typedArrays = 0;
  let code = 0;
  let strings = 0;
  let system = 0;
  let jsArrays = 0;
  const arrays: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    const size = shallowSizeByNode[node];
    const type = typeByNode[node];
    total += size;
    if (type === nodeType.hidden) {
      system += size;
    } else if (type === nodeType.native) {
      native += size;
      if (bufferData.matches(nameByNode[node]) && !graph.hasDetachedPrefix(node)) typedArrays += size;
    } else if (type === nodeType.code) {
      code += size;
    } else if (
      type === nodeType.string ||
      type === nodeType.concatenatedString ||
      type === nodeType.slicedString
    ) {
      strings += size;
    } else if (arrayName.matches(nameByNode[node])) {
      jsArrays += size;
      arrays.push(node);
    }
  }
  jsArrays += sizeOfOwnElements(graph, arrays);
  return {
    total,
    native: { total: native, typedArrays },
    v8heap: { total: total - native, code, jsArrays, strings, system },
  };
}

/** Shallow sizes of the arrays' backing stores, those left out that any other edge points to as well. */
function sizeOfOwnElements(graph: HeapGraph, arrays: readonly number[]): number {
  const { shallowSizeByNode } = graph;
  const elementsName = new StringMatcher(graph.strings, EDGE_NAME.elements);
  const found: number[] = [];
  for (const array of arrays) {
    const store = elementsOf(graph, array, elementsName);
    // most backing stores have been counted with their owner, and have no size left to add
    if (store !== NO_NODE && shallowSizeByNode[store] > 0) found.push(store);
  }
  if (found.length === 0) return 0;

  const isShared = findShared(graph, found);
  let size = 0;
  for (const store of found) if (!isShared(store)) size += shallowSizeByNode[store];
  return size;
}

/** Tells of each of the given nodes whether two edges or more point to it. */
function findShared(graph: HeapGraph, nodes: readonly number[]): (node: number) => boolean {
  const { edgeCount, nodeCount, targetByEdge } = graph.columns;
  const asked = new OrdinalSet(nodeCount);
  for (const node of nodes) asked.add(node);
  const retainedOnce = new OrdinalSet(nodeCount);
  const retainedTwice = new OrdinalSet(nodeCount);
  for (let edge = 0; edge < edgeCount; edge++) {
    const target = targetByEdge[edge];
    if (!asked.has(target)) continue;
    if (retainedOnce.has(target)) retainedTwice.add(target);
    else retainedOnce.add(target);
  }
  return (node) => retainedTwice.has(node);
}

/** Target of the node's first internal edge `elements`, or {@link NO_NODE}. */
function elementsOf(graph: HeapGraph, node: number, elementsName: StringMatcher): number {
  const { firstEdgeByNode, nameByEdge, targetByEdge, typeByEdge } = graph.columns;
  const end = firstEdgeByNode[node + 1];
  for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
    if (typeByEdge[edge] === graph.edgeType.internal && elementsName.matches(nameByEdge[edge])) {
      return targetByEdge[edge];
    }
  }
  return NO_NODE;
}

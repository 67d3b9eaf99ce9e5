// The graph that the kernels work on: addresses of its columns, set once for each call from outside.
import { at, has } from '@heapstream/core/assembly/bits';

export let nodeCount: u32 = 0;
export let root: u32 = 0;
/** node → first edge; one entry more than nodes */
export let firstEdgeByNode: usize = 0;
export let targetByEdge: usize = 0;
/** a byte each */
export let typeByEdge: usize = 0;
/** Ordinals of edge types, or one that no edge has. */
export let weak: u32 = 0;
export let shortcut: u32 = 0;

export function setGraph(
  nodes: u32,
  rootNode: u32,
  firstEdges: usize,
  targets: usize,
  types: usize,
  weakType: u32,
  shortcutType: u32,
): void {
  nodeCount = nodes;
  root = rootNode;
  firstEdgeByNode = firstEdges;
  targetByEdge = targets;
  typeByEdge = types;
  weak = weakType;
  shortcut = shortcutType;
}

/** A set of nodes. */
export let pageOwned: usize = 0;
/** The edges by which WeakMap tables hold values, ascending, and the set of the nodes that have any. */
export let tableEdges: usize = 0;
export let tableEdgeCount: u32 = 0;
export let tableNodes: usize = 0;

export function setEssentials(page: usize, edges: usize, edgeCount: u32, nodes: usize): void {
  pageOwned = page;
  tableEdges = edges;
  tableEdgeCount = edgeCount;
  tableNodes = nodes;
}

// @ts-ignore: decorator
@inline
export function firstEdgeOf(node: u32): u32 {
  return load<u32>(at(firstEdgeByNode, node));
}

// @ts-ignore: decorator
@inline
export function targetOf(edge: u32): u32 {
  return load<u32>(at(targetByEdge, edge));
}

// @ts-ignore: decorator
@inline
export function typeOf(edge: u32): u32 {
  return load<u8>(typeByEdge + edge);
}

// @ts-ignore: decorator
@inline
export function hasTableEdges(node: u32): bool {
  return tableEdgeCount != 0 && has(tableNodes, node);
}

export function isTableEdge(edge: u32): bool {
  let low: u32 = 0;
  let high = tableEdgeCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<u32>(at(tableEdges, middle)) < edge) low = middle + 1;
    else high = middle;
  }
  return low < tableEdgeCount && load<u32>(at(tableEdges, low)) == edge;
}

/** Whether an edge keeps its target alive, but for what the page owns: see `essential-edges.ts`. */
// @ts-ignore: decorator
@inline
export function countsOutsidePages(source: u32, edge: u32, target: u32): bool {
  const type = typeOf(edge);
  if (type == weak || target == source) return false;
  if (type == shortcut && source != root) return false;
  return !(hasTableEdges(source) && isTableEdge(edge));
}

// @ts-ignore: decorator
@inline
export function mayEnterPage(node: u32): bool {
  return node == root || has(pageOwned, node);
}

// @ts-ignore: decorator
@inline
export function isEssential(source: u32, edge: u32, target: u32): bool {
  return countsOutsidePages(source, edge, target) && (mayEnterPage(source) || !has(pageOwned, target));
}

export function isEssentialEdge(source: u32, edge: u32): bool {
  return isEssential(source, edge, targetOf(edge));
}

/** Of the 32 nodes of a word, those that there are and that are not in the sets: most often none. */
// @ts-ignore: decorator
@inline
export function missingFrom(words: u32, first: u32): u32 {
  return nodeCount - first < 32 ? ~words & ((1 << (nodeCount - first)) - 1) : ~words;
}

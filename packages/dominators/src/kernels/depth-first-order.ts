import { addressOf, type GraphColumns, OrdinalSet, sharedUint32, untilDone } from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
import { EssentialEdges, type Essentials } from './essential-edges.js';
import { NodeStack } from './node-stack.js';
import { findPageOwned, findPageRoots } from './page-owned.js';

/** `numberByNode` of nodes that were not reached. */
export const NO_NUMBER = 0xffffffff;

/** A depth-first search over the essential edges: the root has number 0, a parent a smaller number than its children. */
export interface DepthFirstOrder {
  /** Nodes reached. */
  count: number;
  /** node ordinal → number, or {@link NO_NUMBER} */
  readonly numberByNode: Uint32Array;
  /** number → node ordinal */
  readonly nodeByNumber: Uint32Array;
  /** number → number of the parent in the search; the root names itself */
  readonly parentByNumber: Uint32Array;
}

/** Memory for an order of so many nodes: 12 bytes each. */
export function emptyOrder(nodeCount: number): DepthFirstOrder {
  return {
    count: 0,
    numberByNode: sharedUint32(nodeCount),
    nodeByNumber: sharedUint32(nodeCount),
    parentByNumber: sharedUint32(nodeCount),
  };
}

/**
 * Finds what the page owns, writes it to `essentials`, and numbers what the root reaches and what counts as its
 * children: see {@link searchFromOrphans}.
 */
export function searchDepthFirst(columns: GraphColumns, essentials: Essentials, into: DepthFirstOrder): void {
  findPageOwned(columns, essentials.pageOwned);
  const essential = new EssentialEdges(columns, essentials);
  searchFromRoot(columns, essential, into);
  searchFromOrphans(columns, essential, into);
}

/** Numbers what the root reaches. A bit a node, and 8 bytes for each level of the deepest path meanwhile. */
export function searchFromRoot(
  columns: GraphColumns,
  essential: EssentialEdges,
  into: DepthFirstOrder = emptyOrder(columns.nodeCount),
): DepthFirstOrder {
  into.count = 0;
  into.numberByNode.fill(NO_NUMBER);
  search(columns, essential, into, new OrdinalSet(columns.nodeCount), columns.rootOrdinal);
  return into;
}

/**
 * Goes on, in file order, from every node not reached yet that has no essential retainer at all: such nodes count as
 * children of the root. What is still not reached then lies in or behind closed cycles.
 */
export function searchFromOrphans(
  columns: GraphColumns,
  essential: EssentialEdges,
  order: DepthFirstOrder,
): void {
  const { firstEdgeByNode, nodeCount, targetByEdge } = columns;
  if (order.count === nodeCount) return;
  const reached = new OrdinalSet(nodeCount);
  for (let node = 0; node < nodeCount; node++) if (order.numberByNode[node] !== NO_NUMBER) reached.add(node);
  // what is reached holds nothing else
  const held = new OrdinalSet(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    if (reached.has(node)) continue;
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      if (essential.has(node, edge)) held.add(targetByEdge[edge]);
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    if (!reached.has(node) && !held.has(node)) search(columns, essential, order, reached, node);
  }
}

/** Numbers what `start` reaches; `start` becomes a child of the root. */
function search(
  columns: GraphColumns,
  essential: EssentialEdges,
  order: DepthFirstOrder,
  reached: OrdinalSet,
  start: number,
): void {
  const { firstEdgeByNode, targetByEdge } = columns;
  const { nodeByNumber, numberByNode, parentByNumber } = order;
  // the nodes on the way down from `start`, and the edge where each goes on
  const numbers = new NodeStack();
  const edges = new NodeStack();
  let count = order.count;
  let number = count++;
  reached.add(start);
  numberByNode[start] = number;
  nodeByNumber[number] = start;
  parentByNumber[number] = 0;
  let edge = firstEdgeByNode[start];
  let end = firstEdgeByNode[start + 1];
  for (;;) {
    if (edge === end) {
      if (numbers.size === 0) break;
      number = numbers.pop();
      edge = edges.pop();
      end = firstEdgeByNode[nodeByNumber[number] + 1];
      continue;
    }
    const target = targetByEdge[edge];
    if (reached.has(target) || !essential.has(nodeByNumber[number], edge)) {
      edge++;
      continue;
    }
    reached.add(target);
    numbers.push(number);
    edges.push(edge + 1);
    parentByNumber[count] = number;
    number = count++;
    numberByNode[target] = number;
    nodeByNumber[number] = target;
    edge = firstEdgeByNode[target];
    end = firstEdgeByNode[target + 1];
  }
  order.count = count;
}

/** What {@link searchDepthFirstInKernel} works in, whatever it holds: bits of nodes, and three entries a node. */
export interface SearchScratch {
  readonly reached: Uint32Array;
  readonly held: Uint32Array;
  /** Little of it is used but where paths are long. */
  readonly stack: Uint32Array;
}

/**
 * The same as {@link searchDepthFirst}, in one search: what it reaches from the page's roots is what the page owns, but
 * for what only edges reach that are not essential. The order may be another one.
 */
export function searchDepthFirstInKernel(
  kernel: AnalysisKernel,
  columns: GraphColumns,
  essentials: Essentials,
  into: DepthFirstOrder,
  scratch: SearchScratch,
): void {
  const { firstEdgeByNode, nodeCount, rootOrdinal, targetByEdge } = columns;
  const { exports } = kernel.useEssentials(essentials);
  const { nodeByNumber, numberByNode, parentByNumber } = into;
  const searchFrom = (node: number, inPage: boolean): void => {
    if (exports.enterSearch(node, Number(inPage)) !== 0) untilDone((budget) => exports.search(budget));
  };
  scratch.reached.fill(0);
  exports.startSearch(
    addressOf(scratch.reached),
    addressOf(numberByNode),
    addressOf(nodeByNumber),
    addressOf(parentByNumber),
    addressOf(scratch.stack),
  );
  for (const root of findPageRoots(columns)) searchFrom(root, true);
  exports.closePage(addressOf(scratch.stack));
  for (let edge = firstEdgeByNode[rootOrdinal]; edge < firstEdgeByNode[rootOrdinal + 1]; edge++) {
    if (exports.isEssentialEdge(rootOrdinal, edge) !== 0) searchFrom(targetByEdge[edge], false);
  }
  into.count = exports.searchedCount() >>> 0;
  if (into.count === nodeCount) return;
  scratch.held.fill(0);
  exports.markHeld(addressOf(scratch.held));
  const nextOrphan = (from: number): number => exports.nextOrphan(from, addressOf(scratch.held)) >>> 0;
  for (let node = nextOrphan(0); node < nodeCount; node = nextOrphan(node + 1)) searchFrom(node, false);
  into.count = exports.searchedCount() >>> 0;
  exports.endSearch();
}

import { type GraphColumns, OrdinalSet, sharedUint32 } from '@heapstream/core';
import { type EssentialEdges, isEssential } from './essential-edges.js';
import { NodeStack } from './node-stack.js';
import { hasEssentialRetainer, type Retainers } from './retainers.js';

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
  retainers: Retainers,
  order: DepthFirstOrder,
): void {
  const { nodeCount } = columns;
  if (order.count === nodeCount) return;
  const reached = new OrdinalSet(nodeCount);
  for (let node = 0; node < nodeCount; node++) if (order.numberByNode[node] !== NO_NUMBER) reached.add(node);
  for (let node = 0; node < nodeCount; node++) {
    if (reached.has(node) || hasEssentialRetainer(retainers, node)) continue;
    search(columns, essential, order, reached, node);
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
    if (reached.has(target) || !isEssential(essential, edge)) {
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

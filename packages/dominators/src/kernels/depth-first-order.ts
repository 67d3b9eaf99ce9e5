import { type GraphColumns, sharedUint32 } from '@heapstream/core';
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

/** Numbers what the root reaches. 12 bytes a node, and 8 for each level of the deepest path meanwhile. */
export function searchFromRoot(columns: GraphColumns, essential: EssentialEdges): DepthFirstOrder {
  const { nodeCount, rootOrdinal } = columns;
  const order: DepthFirstOrder = {
    count: 0,
    numberByNode: sharedUint32(nodeCount).fill(NO_NUMBER),
    nodeByNumber: sharedUint32(nodeCount),
    parentByNumber: sharedUint32(nodeCount),
  };
  search(columns, essential, order, rootOrdinal);
  return order;
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
  for (let node = 0; node < columns.nodeCount; node++) {
    if (order.numberByNode[node] !== NO_NUMBER) continue;
    if (!hasEssentialRetainer(retainers, node)) search(columns, essential, order, node);
  }
}

/** Numbers what `start` reaches; `start` becomes a child of the root. */
function search(
  columns: GraphColumns,
  essential: EssentialEdges,
  order: DepthFirstOrder,
  start: number,
): void {
  const { firstEdgeByNode, targetByEdge } = columns;
  const { nodeByNumber, numberByNode, parentByNumber } = order;
  // the nodes on the way down from `start`, and the edge where each goes on
  const numbers = new NodeStack();
  const edges = new NodeStack();
  let count = order.count;
  let number = count++;
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
    if (numberByNode[target] !== NO_NUMBER || !isEssential(essential, edge)) {
      edge++;
      continue;
    }
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

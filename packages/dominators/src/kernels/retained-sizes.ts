import { type GraphColumns, sharedFloat64, type WideColumn } from '@heapstream/core';
import type { DepthFirstOrder } from './depth-first-order.js';

/**
 * node ordinal → retained size in bytes: the shallow sizes of the node and of all that it dominates, that is, what would
 * be freed with it. Whole numbers, exact up to 2⁵³. 8 bytes a node.
 */
export function sumRetainedSizes(
  columns: GraphColumns,
  shallowSizeByNode: WideColumn,
  dominatorByNode: Uint32Array,
  order: Pick<DepthFirstOrder, 'count' | 'nodeByNumber'>,
  retainedSizeByNode: Float64Array = sharedFloat64(columns.nodeCount),
): Float64Array {
  const { nodeCount, rootOrdinal } = columns;
  const { count, nodeByNumber } = order;
  retainedSizeByNode.set(shallowSizeByNode);
  // a dominator has a smaller number than what it dominates, so sums are whole before they are passed on
  for (let number = count - 1; number > 0; number--) {
    const node = nodeByNumber[number];
    retainedSizeByNode[dominatorByNode[node]] += retainedSizeByNode[node];
  }
  if (count < nodeCount) {
    // what the search did not reach has no number, and counts for the root
    let total = 0;
    for (let node = 0; node < nodeCount; node++) total += shallowSizeByNode[node];
    retainedSizeByNode[rootOrdinal] = total;
  }
  return retainedSizeByNode;
}

import {
  addressOf,
  downwards,
  type GraphColumns,
  sharedFloat64,
  upwards,
  type WideColumn,
} from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
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
  if (count < nodeCount) retainedSizeByNode[rootOrdinal] = totalOf(shallowSizeByNode);
  return retainedSizeByNode;
}

/** What the search did not reach has no number, and counts for the root. */
function totalOf(sizes: WideColumn): number {
  let total = 0;
  for (let node = 0; node < sizes.length; node++) total += sizes[node];
  return total;
}

/** The same as {@link sumRetainedSizes}, of sizes that need no more than 32 bits. */
export function sumRetainedSizesInKernel(
  { exports }: AnalysisKernel,
  { nodeCount, rootOrdinal }: GraphColumns,
  shallowSizeByNode: WideColumn,
  dominatorByNode: Uint32Array,
  { count, nodeByNumber }: Pick<DepthFirstOrder, 'count' | 'nodeByNumber'>,
  retainedSizeByNode: Float64Array,
): void {
  const [nodes, dominators, sums] = [nodeByNumber, dominatorByNode, retainedSizeByNode].map(addressOf);
  const sizes = addressOf(shallowSizeByNode);
  upwards(0, nodeCount, (first, end) => exports.widenSizes(first, end, sizes, sums));
  downwards(1, count, (first, end) => exports.addToDominators(first, end, nodes, dominators, sums));
  if (count < nodeCount) retainedSizeByNode[rootOrdinal] = totalOf(shallowSizeByNode);
}

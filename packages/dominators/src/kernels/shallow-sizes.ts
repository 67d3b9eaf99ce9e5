import {
  addressOf,
  computeShallowSizes,
  findOwnableNodes,
  findUserRoots,
  type GraphColumns,
  NODE_TYPE,
  nodeTypeOrdinal,
  type ShallowSizeMemory,
  STRIDE,
  upwards,
  type WideColumn,
} from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';

/** What {@link computeShallowSizesInKernel} works in, whatever it holds: a set of nodes, and twice an entry a node. */
export interface ShallowSizeScratch {
  readonly ownable: Uint32Array;
  /** Little of it is used but where backing stores form long chains. */
  readonly stack: Uint32Array;
}

/** The same as `computeShallowSizes`, of self sizes that need no more than 32 bits. */
export function computeShallowSizesInKernel(
  { exports }: AnalysisKernel,
  columns: GraphColumns,
  memory: ShallowSizeMemory,
  { ownable, stack }: ShallowSizeScratch,
): WideColumn {
  const { meta, nodeCount, selfSizeByNode, typeByNode } = columns;
  if (findUserRoots(columns).length === 0) return selfSizeByNode;
  findOwnableNodes(columns, ownable);
  exports.startOwners(addressOf(ownable), addressOf(memory.owners), addressOf(stack));
  upwards(0, nodeCount, exports.findOwners);
  memory.sizes.set(selfSizeByNode);
  const [selfSizes, sizes, types] = [selfSizeByNode, memory.sizes, typeByNode].map(addressOf);
  const synthetic = nodeTypeOrdinal(meta, NODE_TYPE.synthetic);
  for (let first = 0; first < nodeCount; first += STRIDE) {
    const end = Math.min(first + STRIDE, nodeCount);
    const stop = exports.moveSizes(first, end, selfSizes, sizes, types, synthetic) >>> 0;
    // a sum of 2³² or more, which are rare, needs doubles
    if (stop < end) return computeShallowSizes(columns, memory);
  }
  return memory.sizes;
}

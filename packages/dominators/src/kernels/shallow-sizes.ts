import {
  addressOf,
  DETACHEDNESS,
  findUserRoots,
  type GraphColumns,
  NODE_TYPE,
  nodeTypeOrdinal,
  OrdinalSet,
  type ShallowSizeMemory,
  SPECIAL_NAME,
  STRIDE,
  StringTable,
  transferSizes,
  upwards,
  type WideColumn,
} from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
import { type NameScratch, namedFinder } from './named-rows.js';

/** What {@link computeShallowSizesInKernel} works in, whatever it holds: a set of nodes, and twice an entry a node. */
export interface ShallowSizeScratch extends NameScratch {
  readonly ownable: Uint32Array;
  /** Little of it is used but where backing stores form long chains. */
  readonly stack: Uint32Array;
}

/** The same as `computeShallowSizes`, of self sizes that need no more than 32 bits. */
export function computeShallowSizesInKernel(
  kernel: AnalysisKernel,
  columns: GraphColumns,
  memory: ShallowSizeMemory,
  scratch: ShallowSizeScratch,
): WideColumn {
  const { meta, nodeCount, selfSizeByNode, typeByNode } = columns;
  if (findUserRoots(columns).length === 0) return selfSizeByNode;
  const { ownable, stack } = scratch;
  findOwnableNodesInKernel(kernel, columns, scratch);
  const { exports } = kernel;
  exports.startOwners(addressOf(ownable), addressOf(memory.owners), addressOf(stack));
  upwards(0, nodeCount, exports.findOwners);
  if (memory.sizes !== selfSizeByNode) memory.sizes.set(selfSizeByNode);
  const [selfSizes, sizes, types] = [selfSizeByNode, memory.sizes, typeByNode].map(addressOf);
  const synthetic = nodeTypeOrdinal(meta, NODE_TYPE.synthetic);
  for (let first = 0; first < nodeCount; first += STRIDE) {
    const end = Math.min(first + STRIDE, nodeCount);
    const stop = exports.moveSizes(first, end, selfSizes, sizes, types, synthetic) >>> 0;
    // a sum of 2³² or more, which are rare, needs doubles
    if (stop < end) return transferSizes(columns, memory.owners, memory.sizes, stop);
  }
  return memory.sizes;
}

/** The same as core's `findOwnableNodes`, into the scratch. */
function findOwnableNodesInKernel(
  kernel: AnalysisKernel,
  columns: GraphColumns,
  scratch: ShallowSizeScratch,
): void {
  const { detachednessByNode, meta, nameByNode, nodeCount, typeByNode } = columns;
  const [types, set] = [typeByNode, scratch.ownable.fill(0)].map(addressOf);
  for (const type of [NODE_TYPE.hidden, NODE_TYPE.array]) {
    const ordinal = nodeTypeOrdinal(meta, type);
    upwards(0, nodeCount, (first, end) => kernel.exports.addOfType(first, end, types, ordinal, set));
  }
  const ownable = new OrdinalSet(nodeCount, scratch.ownable);
  const find = namedFinder(kernel, scratch);
  const native = nodeTypeOrdinal(meta, NODE_TYPE.native);
  const dataNames = new StringTable(columns).ordinalsOf(SPECIAL_NAME.externalStringData);
  for (const node of find({ types: typeByNode, names: nameByNode }, native, dataNames)) {
    if (detachednessByNode?.[node] !== DETACHEDNESS.detached) ownable.add(node);
  }
}

import type { NodeAnswers } from './snapshot-answers.js';

/**
 * Retained sizes computed again from shallow sizes and dominators: it says what they must be where shallow sizes
 * wrapped. From the leaves of the dominator tree up; needs a consistent tree.
 */
export function computeRetainedSizes(
  { dominatorByNode, nodeCount, shallowSizeByNode }: NodeAnswers,
  rootOrdinal: number,
): Float64Array {
  const retainedSizeByNode = Float64Array.from(shallowSizeByNode);
  const openChildrenByNode = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    if (node !== rootOrdinal) openChildrenByNode[dominatorByNode[node]]++;
  }
  for (let leaf = 0; leaf < nodeCount; leaf++) {
    // up as far as this was the last open child; nodes taken get a count that none reaches again
    for (let node = leaf; openChildrenByNode[node] === 0 && node !== rootOrdinal; ) {
      openChildrenByNode[node] = DONE;
      retainedSizeByNode[dominatorByNode[node]] += retainedSizeByNode[node];
      node = dominatorByNode[node];
      openChildrenByNode[node]--;
    }
  }
  return retainedSizeByNode;
}

const DONE = 0xffffffff;

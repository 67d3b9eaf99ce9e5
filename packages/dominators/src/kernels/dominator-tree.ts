import { sharedUint32 } from '@heapstream/core';

/** The dominator tree downwards. */
export interface DominatorTree {
  /** node ordinal → its first entry; `nodeCount + 1` entries */
  readonly firstDominatedByNode: Uint32Array;
  /** entry → ordinal of an immediately dominated node; in file order */
  readonly dominatedNodes: Uint32Array;
}

/** Turns dominators around. 8 bytes a node, 4 more meanwhile. */
export function buildDominatorTree(dominatorByNode: Uint32Array, rootOrdinal: number): DominatorTree {
  const nodeCount = dominatorByNode.length;
  const firstDominatedByNode = sharedUint32(nodeCount + 1);
  for (let node = 0; node < nodeCount; node++) {
    if (node !== rootOrdinal) firstDominatedByNode[dominatorByNode[node] + 1]++;
  }
  for (let node = 0; node < nodeCount; node++) firstDominatedByNode[node + 1] += firstDominatedByNode[node];
  const next = firstDominatedByNode.slice(0, nodeCount);
  const dominatedNodes = sharedUint32(Math.max(0, nodeCount - 1));
  for (let node = 0; node < nodeCount; node++) {
    if (node !== rootOrdinal) dominatedNodes[next[dominatorByNode[node]]++] = node;
  }
  return { firstDominatedByNode, dominatedNodes };
}

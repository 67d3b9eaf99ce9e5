import { addressOf, downwards, sharedUint32, upwards } from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';

/** The dominator tree downwards. */
export interface DominatorTree {
  /** node ordinal → its first entry; `nodeCount + 1` entries */
  readonly firstDominatedByNode: Uint32Array;
  /** entry → ordinal of an immediately dominated node; in file order */
  readonly dominatedNodes: Uint32Array;
}

/** Memory for the dominator tree of a graph: 8 bytes a node. */
export function emptyTree(nodeCount: number): DominatorTree {
  return {
    firstDominatedByNode: sharedUint32(nodeCount + 1),
    dominatedNodes: sharedUint32(Math.max(0, nodeCount - 1)),
  };
}

/** Turns dominators around. */
export function buildDominatorTree(
  dominatorByNode: Uint32Array,
  rootOrdinal: number,
  into: DominatorTree = emptyTree(dominatorByNode.length),
): DominatorTree {
  const nodeCount = dominatorByNode.length;
  const { dominatedNodes, firstDominatedByNode } = into;
  firstDominatedByNode.fill(0);
  for (let node = 0; node < nodeCount; node++) {
    if (node !== rootOrdinal) firstDominatedByNode[dominatorByNode[node]]++;
  }
  let end = 0;
  for (let node = 0; node < nodeCount; node++) {
    end += firstDominatedByNode[node];
    firstDominatedByNode[node] = end;
  }
  firstDominatedByNode[nodeCount] = end;
  // backwards, so that the ends of the lists move down to their starts and need no copy
  for (let node = nodeCount - 1; node >= 0; node--) {
    if (node !== rootOrdinal) dominatedNodes[--firstDominatedByNode[dominatorByNode[node]]] = node;
  }
  return into;
}

/** The same as {@link buildDominatorTree}. */
export function buildDominatorTreeInKernel(
  { exports }: AnalysisKernel,
  dominatorByNode: Uint32Array,
  { dominatedNodes, firstDominatedByNode }: DominatorTree,
): void {
  const [dominators, first, dominated] = [dominatorByNode, firstDominatedByNode, dominatedNodes].map(
    addressOf,
  );
  const nodeCount = dominatorByNode.length;
  firstDominatedByNode.fill(0);
  upwards(0, nodeCount, (from, to) => exports.countDominated(from, to, dominators, first));
  let last = 0;
  upwards(0, nodeCount, (from, to) => {
    last = exports.sumDominated(from, to, last, first);
  });
  firstDominatedByNode[nodeCount] = last;
  downwards(0, nodeCount, (from, to) => exports.fillDominated(from, to, dominators, first, dominated));
}

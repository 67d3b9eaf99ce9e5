import type { GraphColumns } from '@heapstream/core';
import type { AnalysisColumns } from '@heapstream/dominators';
import { COUNTS_AS, countingByType } from './counted-types.js';
import { NO_SLOT } from './match-survivors.js';

export type DominatorColumns = Pick<
  AnalysisColumns,
  | 'dominatedNodes'
  | 'dominatorByNode'
  | 'firstDominatedByNode'
  | 'retainedSizeByNode'
  | 'shallowSizeByNode'
  | 'classByNode'
>;

export interface Holders {
  /** node → the closest dominator that survives, the node itself if it does: a slot, or `NO_SLOT` */
  readonly keeperByNode: Uint32Array;
  /** node → the object that it is a part of: itself unless it is a backing store or the like */
  readonly wholeByNode: Uint32Array;
}

/**
 * Walks down the dominator tree. Parts (backing stores, hash tables) belong to the object right above them: an `Array`
 * and its elements are one thing, whichever way the snapshot shows them. 12 bytes a node.
 */
export function findHolders(
  graph: GraphColumns,
  { dominatedNodes, firstDominatedByNode }: DominatorColumns,
  slotByNode: Uint32Array,
): Holders {
  const { nodeCount, rootOrdinal, typeByNode } = graph;
  const counting = countingByType(graph.meta);
  const keeperByNode = new Uint32Array(nodeCount).fill(NO_SLOT);
  const wholeByNode = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) wholeByNode[node] = node;
  const queue = new Uint32Array(nodeCount);
  queue[0] = rootOrdinal;
  keeperByNode[rootOrdinal] = slotByNode[rootOrdinal];
  for (let at = 0, end = 1; at < end; at++) {
    const holder = queue[at];
    const mayHaveParts = counting[typeByNode[wholeByNode[holder]]] === COUNTS_AS.object;
    for (let i = firstDominatedByNode[holder]; i < firstDominatedByNode[holder + 1]; i++) {
      const node = dominatedNodes[i];
      const isPart = mayHaveParts && counting[typeByNode[node]] === COUNTS_AS.part;
      if (isPart) wholeByNode[node] = wholeByNode[holder];
      const slot = isPart ? NO_SLOT : slotByNode[node];
      keeperByNode[node] = slot === NO_SLOT ? keeperByNode[holder] : slot;
      queue[end++] = node;
    }
  }
  return { keeperByNode, wholeByNode };
}

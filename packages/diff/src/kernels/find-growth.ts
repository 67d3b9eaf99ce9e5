import type { WideColumn } from '@heapstream/core';
import { largestNodes } from '@heapstream/dominators';
import { NO_OBJECT } from './match-by-id.js';

export interface GrowthInput {
  /** node of the second snapshot → the same object in the first, or `NO_OBJECT` */
  readonly baseByObject: Uint32Array;
  readonly baseShallowSizes: WideColumn;
  readonly baseRetainedSizes: Float64Array;
  readonly shallowSizeByNode: WideColumn;
  readonly retainedSizeByNode: Float64Array;
  readonly dominatorByNode: Uint32Array;
  readonly rootOrdinal: number;
  /** How many to return. */
  readonly limit: number;
}

/** Survivors that grew, one array an aspect, the largest direct growth first. Bytes. */
export interface Growth {
  /** Survivors that grew, all of them. */
  readonly total: number;
  readonly nodes: Uint32Array;
  readonly shallowDeltas: Float64Array;
  readonly retainedDeltas: Float64Array;
  readonly directDeltas: Float64Array;
}

/**
 * Objects of both snapshots whose shallow or retained size grew.
 *
 * All that dominates a leaking container grows with it, up to the root. The direct growth tells the container from
 * those: it is what the retained size grew by, without the growth of survivors that the object immediately dominates;
 * parts whose size moved to their owner do not count as being in between.
 *
 * Three passes over the nodes; 20 bytes a node meanwhile.
 */
export function findGrowth(input: GrowthInput): Growth {
  const { baseByObject, baseRetainedSizes, baseShallowSizes, dominatorByNode, rootOrdinal } = input;
  const { retainedSizeByNode, shallowSizeByNode } = input;
  const nodeCount = baseByObject.length;
  const retainedDeltaByNode = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const before = baseByObject[node];
    if (before !== NO_OBJECT)
      retainedDeltaByNode[node] = retainedSizeByNode[node] - baseRetainedSizes[before];
  }
  const directDeltaByNode = retainedDeltaByNode.slice();
  const holderOf = sizedDominators(shallowSizeByNode, dominatorByNode, rootOrdinal);
  for (let node = 0; node < nodeCount; node++) {
    const delta = retainedDeltaByNode[node];
    if (delta > 0 && node !== rootOrdinal) directDeltaByNode[holderOf(node)] -= delta;
  }
  const shallowDeltaOf = (node: number): number =>
    shallowSizeByNode[node] - baseShallowSizes[baseByObject[node]];
  function* grown(): Generator<number> {
    for (let node = 0; node < nodeCount; node++) {
      if (baseByObject[node] === NO_OBJECT) continue;
      if (retainedDeltaByNode[node] > 0 || shallowDeltaOf(node) > 0) yield node;
    }
  }
  const { ordinals: nodes, total } = largestNodes(grown(), directDeltaByNode, { limit: input.limit });
  return {
    total,
    nodes,
    shallowDeltas: Float64Array.from(nodes, shallowDeltaOf),
    retainedDeltas: Float64Array.from(nodes, (node) => retainedDeltaByNode[node]),
    directDeltas: Float64Array.from(nodes, (node) => directDeltaByNode[node]),
  };
}

/** Finds the closest dominator that has a shallow size, or the root. Chains are cut in half whenever they are walked. */
function sizedDominators(
  shallowSizeByNode: WideColumn,
  dominatorByNode: Uint32Array,
  rootOrdinal: number,
): (node: number) => number {
  const above = dominatorByNode.slice();
  const isPassedOver = (node: number): boolean => shallowSizeByNode[node] === 0 && node !== rootOrdinal;
  return (node) => {
    let holder = above[node];
    while (isPassedOver(holder)) {
      if (isPassedOver(above[holder])) above[holder] = above[above[holder]];
      holder = above[holder];
    }
    return holder;
  };
}

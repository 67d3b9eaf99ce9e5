import { bruteForceClassKeys } from '../../../core/test/support/brute-force-classes.js';
import { bruteForceDistances } from './brute-force-distances.js';
import { bruteForceDominators } from './brute-force-dominators.js';
import { type DrawnHeap, shallowSizesOf } from './drawn-heap.js';

export interface BruteForceClassRow {
  readonly key: string;
  readonly count: number;
  readonly shallowSize: number;
  readonly retainedSize: number;
  readonly distance: number | null;
  readonly ordinals: number[];
}

/** Class key → figures over the members with a shallow size, each by a look at all the others. */
export function bruteForceClassTable(heap: DrawnHeap): Map<string, BruteForceClassRow> {
  const sizes = shallowSizesOf(heap);
  const distances = bruteForceDistances(heap);
  const { dominatorsByNode, retainedSizeByNode } = bruteForceDominators(heap);
  const membersByKey = new Map<string, number[]>();
  bruteForceClassKeys(heap.nodes).forEach((key, node) => {
    if (sizes[node] > 0) membersByKey.set(key, [...(membersByKey.get(key) ?? []), node]);
  });

  const rowOf = (key: string, members: number[]): BruteForceClassRow => {
    const isTopmost = (node: number): boolean =>
      members.every((other) => other === node || !dominatorsByNode[node].has(other));
    const memberDistances = members.map((node) => distances[node]);
    return {
      key,
      count: members.length,
      shallowSize: sum(members.map((node) => sizes[node])),
      retainedSize: sum(members.filter(isTopmost).map((node) => retainedSizeByNode[node])),
      distance: memberDistances.includes(null) ? null : Math.min(...(memberDistances as number[])),
      ordinals: members,
    };
  };
  return new Map(Array.from(membersByKey, ([key, members]) => [key, rowOf(key, members)]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

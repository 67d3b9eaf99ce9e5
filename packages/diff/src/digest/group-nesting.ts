import type { WideColumn } from '@heapstream/core';
import type { DominatorTree } from '@heapstream/dominators';
import type { GroupNesting } from './snapshot-digest.js';

export interface NestingInput {
  readonly rootOrdinal: number;
  readonly tree: DominatorTree;
  readonly groupByNode: Uint32Array;
  /** group → 1 where it may become one class with others */
  readonly isMergeable: Uint8Array;
  readonly shallowSizeByNode: WideColumn;
  readonly retainedSizeByNode: Float64Array;
}

const NO_ENTRY = -1;

/**
 * A walk down the dominator tree that notes below which groups each one lies; without recursion. Null where that takes
 * more than `maxEntries`.
 */
export function findNesting(input: NestingInput, maxEntries: number): GroupNesting | null {
  const { groupByNode, isMergeable, retainedSizeByNode, shallowSizeByNode, tree } = input;
  const { dominatedNodes, firstDominatedByNode } = tree;
  const groupCount = isMergeable.length;
  const parentByEntry: number[] = [];
  const groupByEntry: number[] = [];
  const retainedSizeByEntry: number[] = [];
  const entryByPlace = new Map<number, number>();
  const isOpen = new Uint8Array(groupCount);
  let current = NO_ENTRY;

  /** Nodes to enter; `~node` stands for leaving a node whose entry is the current one. */
  const pending = [input.rootOrdinal];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node < 0) {
      isOpen[groupByEntry[current]] = 0;
      current = parentByEntry[current];
      continue;
    }
    const group = groupByNode[node];
    if (isMergeable[group] === 1 && isOpen[group] === 0 && shallowSizeByNode[node] > 0) {
      const place = (current + 1) * groupCount + group;
      let entry = entryByPlace.get(place);
      if (entry === undefined) {
        if (parentByEntry.length >= maxEntries) return null;
        entry = parentByEntry.push(current) - 1;
        groupByEntry.push(group);
        retainedSizeByEntry.push(0);
        entryByPlace.set(place, entry);
      }
      retainedSizeByEntry[entry] += retainedSizeByNode[node];
      current = entry;
      isOpen[group] = 1;
      pending.push(~node);
    }
    for (let at = firstDominatedByNode[node]; at < firstDominatedByNode[node + 1]; at++) {
      pending.push(dominatedNodes[at]);
    }
  }
  return { parentByEntry, groupByEntry, retainedSizeByEntry };
}

/**
 * class → bytes that its groups retain together: the entries of its groups that have no entry of the class above them.
 * `classByGroup` says which groups are one class.
 */
export function retainedSizesOf(
  { groupByEntry, parentByEntry, retainedSizeByEntry }: GroupNesting,
  classByGroup: Uint32Array,
  classCount: number,
): Float64Array {
  const firstChild = new Int32Array(parentByEntry.length).fill(NO_ENTRY);
  const nextSibling = new Int32Array(parentByEntry.length).fill(NO_ENTRY);
  let firstTop = NO_ENTRY;
  for (let entry = parentByEntry.length - 1; entry >= 0; entry--) {
    const parent = parentByEntry[entry];
    nextSibling[entry] = parent === NO_ENTRY ? firstTop : firstChild[parent];
    if (parent === NO_ENTRY) firstTop = entry;
    else firstChild[parent] = entry;
  }

  const retainedSizeByClass = new Float64Array(classCount);
  const open = new Uint32Array(classCount);
  let entry = firstTop;
  while (entry !== NO_ENTRY) {
    const ofClass = classByGroup[groupByEntry[entry]];
    if (open[ofClass]++ === 0) retainedSizeByClass[ofClass] += retainedSizeByEntry[entry];
    if (firstChild[entry] !== NO_ENTRY) {
      entry = firstChild[entry];
      continue;
    }
    // up until there is a way on
    for (;;) {
      open[classByGroup[groupByEntry[entry]]]--;
      if (nextSibling[entry] !== NO_ENTRY) {
        entry = nextSibling[entry];
        break;
      }
      entry = parentByEntry[entry];
      if (entry === NO_ENTRY) break;
    }
  }
  return retainedSizeByClass;
}

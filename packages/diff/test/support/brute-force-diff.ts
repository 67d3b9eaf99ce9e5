import type { InterfaceDefinition } from '@heapstream/core';
import { bruteForceClassKeys } from '../../../core/test/support/brute-force-classes.js';
import { bruteForceDominators } from '../../../dominators/test/support/brute-force-dominators.js';
import { type DrawnHeap, idOf, shallowSizesOf } from '../../../dominators/test/support/drawn-heap.js';

export interface BruteForceRow {
  readonly key: string;
  readonly addedCount: number;
  readonly removedCount: number;
  readonly countDelta: number;
  readonly addedSize: number;
  readonly removedSize: number;
  readonly sizeDelta: number;
  readonly survivorsSizeDelta: number;
  readonly retainedDelta: number;
}

interface Member {
  readonly ordinal: number;
  readonly id: number;
  readonly size: number;
}

interface Moment {
  /** class key → members whose shallow size is above 0, in file order */
  readonly members: Map<string, Member[]>;
  retainedSizeOf(key: string): number;
  readonly retainedSizeByNode: readonly number[];
  readonly dominatorByNode: readonly number[];
}

/** `keyOf` turns a printed class key into what rows are told apart by. */
function readMoment(
  heap: DrawnHeap,
  interfaces: readonly InterfaceDefinition[],
  keyOf: (printed: string) => string,
): Moment {
  const sizes = shallowSizesOf(heap);
  const { dominatorByNode, dominatorsByNode, retainedSizeByNode } = bruteForceDominators(heap);
  const members = new Map<string, Member[]>();
  bruteForceClassKeys(heap.nodes, interfaces).forEach((printed, ordinal) => {
    if (sizes[ordinal] === 0) return;
    const member = { ordinal, id: idOf(heap, ordinal), size: sizes[ordinal] };
    members.set(keyOf(printed), [...(members.get(keyOf(printed)) ?? []), member]);
  });
  return {
    members,
    retainedSizeByNode,
    dominatorByNode,
    retainedSizeOf(key) {
      const list = members.get(key) ?? [];
      const isTopmost = ({ ordinal }: Member) =>
        list.every((other) => other.ordinal === ordinal || !dominatorsByNode[ordinal].has(other.ordinal));
      return sum(list.filter(isTopmost).map(({ ordinal }) => retainedSizeByNode[ordinal]));
    },
  };
}

export interface BruteForceDiff {
  /** Rows with new or deleted objects, by key. */
  readonly rows: Map<string, BruteForceRow>;
  /** `id` → what survivors of it grew by, for ids that stand once in each. */
  readonly survivors: { base: number; current: number }[];
  readonly survivorsSizeDelta: number;
  readonly before: Moment;
  readonly after: Moment;
}

/** The comparison by ids from its definition: what is left when equal ids of a class are crossed out. */
export function bruteForceDiff(
  base: DrawnHeap,
  current: DrawnHeap,
  interfaces: readonly InterfaceDefinition[],
): BruteForceDiff {
  const before = readMoment(base, interfaces, (key) => key);
  const after = readMoment(current, interfaces, (key) => key);
  const rows = new Map<string, BruteForceRow>();
  const survivors: { base: number; current: number }[] = [];
  let allSurvivorsDelta = 0;
  for (const key of new Set([...before.members.keys(), ...after.members.keys()])) {
    const removed = [...(before.members.get(key) ?? [])];
    const added: Member[] = [];
    let survivorsSizeDelta = 0;
    for (const member of after.members.get(key) ?? []) {
      const at = removed.findIndex(({ id }) => id === member.id);
      if (at < 0) added.push(member);
      else {
        survivorsSizeDelta += member.size - removed[at].size;
        survivors.push({ base: removed[at].ordinal, current: member.ordinal });
        removed.splice(at, 1);
      }
    }
    allSurvivorsDelta += survivorsSizeDelta;
    if (added.length === 0 && removed.length === 0) continue;
    const [addedSize, removedSize] = [added, removed].map((list) => sum(list.map(({ size }) => size)));
    rows.set(key, {
      key,
      addedCount: added.length,
      removedCount: removed.length,
      countDelta: added.length - removed.length,
      addedSize,
      removedSize,
      sizeDelta: addedSize - removedSize,
      survivorsSizeDelta,
      retainedDelta: after.retainedSizeOf(key) - before.retainedSizeOf(key),
    });
  }
  return { rows, survivors, survivorsSizeDelta: allSurvivorsDelta, before, after };
}

/** What classes of one place come to; no script of a drawn heap has a name. */
export function bruteForcePlaces(
  heap: DrawnHeap,
  interfaces: readonly InterfaceDefinition[],
): Map<string, { count: number; shallowSize: number; retainedSize: number }> {
  const moment = readMoment(heap, interfaces, placeOf);
  return new Map(
    Array.from(moment.members, ([key, members]) => [
      key,
      {
        count: members.length,
        shallowSize: sum(members.map(({ size }) => size)),
        retainedSize: moment.retainedSizeOf(key),
      },
    ]),
  );
}

/** `1,2,3,Foo` → `["Foo",null,2,3]`, `,Foo` as it is */
function placeOf(printed: string): string {
  const match = /^\d+,(\d+),(\d+),(.*)$/s.exec(printed);
  return match === null ? printed : JSON.stringify([match[3], null, Number(match[1]), Number(match[2])]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import type { HeapAnalysis } from '@heapstream/dominators';
import { COUNTS_AS, countingByType } from './kernels/counted-types.js';
import type { Survivors } from './kernels/match-survivors.js';
import type { HeldTable } from './kernels/tabulate-held.js';

/** Groups told, those that gain most. */
const MAX_GROUPS = 16;
/** Share of what a group gained that those of its members must have which are no candidates by themselves. */
const LEAST_SCATTERED = 0.2;
/** Objects or edges a round from which a group is worth telling: below, it may be chance. */
const LEAST_GAIN = 5;

export interface KinInput {
  /** Of the last snapshot. */
  readonly analysis: HeapAnalysis;
  readonly survivors: Survivors;
  readonly tables: readonly HeldTable[];
  /** Slots that are candidates by themselves. */
  readonly isCandidate: (slot: number) => boolean;
}

interface Kin {
  readonly edges: number[];
  readonly counts: number[];
  readonly members: number[];
  gained: number;
  scattered: number;
}

/**
 * Survivors of one class, right below objects of one class, that grow in every round together though not each of them
 * by itself: the histories of users, the nodes of an index. Slots of those that gained and are no candidates by
 * themselves, a list for each group. As LeakCanary sums up growth by path, BLeak by property.
 */
export function findKinGroups({ analysis, isCandidate, survivors, tables }: KinInput): Uint32Array[] {
  const { classByNode, dominatorByNode } = analysis.columns;
  const { meta, nodeCount, typeByNode } = analysis.graph.columns;
  const counting = countingByType(meta);
  const first = tables[0];
  const last = tables[tables.length - 1];
  const kinByKey = new Map<number, Kin>();
  for (let slot = 0; slot < survivors.slotCount; slot++) {
    if (tables.every((table) => isSame(first, table, slot))) continue;
    const node = survivors.nodeBySlot[slot];
    if (counting[typeByNode[node]] !== COUNTS_AS.object) continue;
    let above = dominatorByNode[node];
    while (counting[typeByNode[above]] === COUNTS_AS.part && dominatorByNode[above] !== above)
      above = dominatorByNode[above];
    const key = classByNode[above] * nodeCount + classByNode[node];
    let kin = kinByKey.get(key);
    if (kin === undefined) {
      const zeros = (): number[] => tables.map(() => 0);
      kin = { edges: zeros(), counts: zeros(), members: [], gained: 0, scattered: 0 };
      kinByKey.set(key, kin);
    }
    tables.forEach((table, i) => {
      kin.edges[i] += table.objectEdgesBySlot[slot];
      kin.counts[i] += table.countBySlot[slot];
    });
    const gained = last.sizeBySlot[slot] - first.sizeBySlot[slot];
    kin.gained += gained;
    if (gained <= 0 || isCandidate(slot)) continue;
    kin.scattered += gained;
    kin.members.push(slot);
  }
  return [...kinByKey.values()]
    .filter(isTogether)
    .sort((a, b) => b.scattered - a.scattered || a.members[0] - b.members[0])
    .slice(0, MAX_GROUPS)
    .map(({ members }) =>
      Uint32Array.from(
        members.sort(
          (a, b) =>
            last.sizeBySlot[b] - first.sizeBySlot[b] - (last.sizeBySlot[a] - first.sizeBySlot[a]) || a - b,
        ),
      ),
    );
}

function isSame(first: HeldTable, table: HeldTable, slot: number): boolean {
  return (
    table.sizeBySlot[slot] === first.sizeBySlot[slot] &&
    table.objectEdgesBySlot[slot] === first.objectEdgesBySlot[slot]
  );
}

function isTogether({ counts, edges, gained, members, scattered }: Kin): boolean {
  const grows = (values: readonly number[]): boolean =>
    values.every((value, i) => i === 0 || value >= values[i - 1] + LEAST_GAIN);
  return members.length > 1 && scattered >= gained * LEAST_SCATTERED && (grows(edges) || grows(counts));
}

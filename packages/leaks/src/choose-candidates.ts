import type { HeapAnalysis } from '@heapstream/dominators';
import type { Survivors } from './kernels/match-survivors.js';
import { MAX_HUBS } from './kernels/share-growth.js';
import type { HeldTable } from './kernels/tabulate-held.js';
import { findKinGroups } from './kin-groups.js';

/** Survivors looked at for what they dominate. */
const MAX_KEEPERS = 64;

/** Survivors that grow in every round. */
export interface Candidates {
  /** Slots of those with ever more edges. */
  readonly hubs: Uint32Array;
  /** Slots of those that alone hold ever more, each by itself, then groups that do so together; no hubs. */
  readonly keepers: readonly Uint32Array[];
}

/**
 * Picks the survivors whose out-degree, or whose own share of the heap, rises from each snapshot to the next, and those
 * of one kind of which the sum does.
 */
export function chooseCandidates(
  /** Of the last snapshot. */
  analysis: HeapAnalysis,
  survivors: Survivors,
  tables: readonly HeldTable[],
): Candidates {
  const rising: number[] = [];
  const keeping: number[] = [];
  for (let slot = 0; slot < survivors.slotCount; slot++) {
    if (rises(tables, 'objectEdgesBySlot', slot) || rises(tables, 'valueEdgesBySlot', slot))
      rising.push(slot);
    if (rises(tables, 'sizeBySlot', slot)) keeping.push(slot);
  }
  const gained = (slot: number): number =>
    tables[tables.length - 1].sizeBySlot[slot] - tables[0].sizeBySlot[slot];
  const edgesGained = (slot: number): number => {
    const edges = edgesOf(tables, slot);
    return edges[edges.length - 1] - edges[0];
  };
  const hubs = rising.sort((a, b) => edgesGained(b) - edgesGained(a) || a - b).slice(0, MAX_HUBS);
  const isHub = new Set(hubs);
  const keepers = keeping
    .filter((slot) => !isHub.has(slot))
    .sort((a, b) => gained(b) - gained(a) || a - b)
    .slice(0, MAX_KEEPERS);
  const isKeeper = new Set(keepers);
  const groups = findKinGroups({
    analysis,
    survivors,
    tables,
    isCandidate: (slot) => isHub.has(slot) || isKeeper.has(slot),
  });
  return {
    hubs: Uint32Array.from(hubs),
    keepers: [...keepers.map((slot) => Uint32Array.of(slot)), ...groups],
  };
}

/** A column of the tables for one survivor, an entry a snapshot. */
export function seriesOf(tables: readonly HeldTable[], column: keyof HeldTable, slot: number): number[] {
  return tables.map((table) => table[column][slot]);
}

/** Edges to objects, or, where these do not grow, to values. */
export function edgesOf(tables: readonly HeldTable[], slot: number): number[] {
  const column = rises(tables, 'objectEdgesBySlot', slot) ? 'objectEdgesBySlot' : 'valueEdgesBySlot';
  return seriesOf(tables, column, slot);
}

function rises(tables: readonly HeldTable[], column: keyof HeldTable, slot: number): boolean {
  for (let i = 1; i < tables.length; i++) {
    if (!(tables[i][column][slot] > tables[i - 1][column][slot])) return false;
  }
  return true;
}

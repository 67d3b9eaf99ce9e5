import { EDGE_TYPE, edgeTypeOrdinal, type GraphColumns } from '@heapstream/core';
import { COUNTS_AS, countingByType } from './counted-types.js';
import { type DominatorColumns, findHolders } from './holders.js';
import { NO_SLOT } from './match-survivors.js';

/** Holders whose shares are computed at once: a bit of a word each. */
export const MAX_HUBS = 32;

export interface ShareInput {
  /** Of the last snapshot. */
  readonly graph: GraphColumns;
  readonly analysis: DominatorColumns;
  readonly slotByNode: Uint32Array;
  readonly nodeBySlot: Uint32Array;
  /** Slots of survivors whose edges grow, at most {@link MAX_HUBS}. */
  readonly hubs: Uint32Array;
  /** Slots of survivors that dominate ever more, in groups that count together; no slot twice. */
  readonly keepers: readonly Uint32Array[];
}

/** New objects of a class that a holder keeps; fractions where several share them. */
export interface HeldClass {
  readonly classOrdinal: number;
  readonly count: number;
  /** Bytes, shallow. */
  readonly size: number;
}

/** What one holder keeps of the objects that are new since the first snapshot. */
export interface Share {
  readonly size: number;
  /** By size, the largest first. */
  readonly classes: readonly HeldClass[];
}

export interface Shares {
  readonly ofHubs: readonly Share[];
  /** Without what the hubs hold. */
  readonly ofKeepers: readonly Share[];
}

/**
 * Divides the new objects among those who hold them: what several hubs reach without another survivor in between counts
 * in equal parts, as in the LeakShare of J. Vilk and E. Berger, "BLeak: automatically debugging memory leaks in web
 * applications" (PLDI 2018). What no hub reaches goes to the closest dominator among `keepers`.
 *
 * Marks spread from node to node, each again only when it gains a hub: at most 32 visits, close to one in practice.
 */
export function shareGrowth(input: ShareInput): Shares {
  const { analysis, graph, hubs, keepers, nodeBySlot, slotByNode } = input;
  const { nodeCount, typeByNode } = graph;
  const { classByNode, shallowSizeByNode } = analysis;
  const counting = countingByType(graph.meta);
  const { keeperByNode, wholeByNode } = findHolders(graph, analysis, slotByNode);
  const hubsByNode = spreadHubs(
    graph,
    wholeByNode,
    slotByNode,
    Uint32Array.from(hubs, (slot) => nodeBySlot[slot]),
  );

  const hubTallies = Array.from(hubs, () => new Tally());
  const keeperTallies = keepers.map(() => new Tally());
  /** slot → position in `keepers`, or {@link NO_SLOT} */
  const groupBySlot = new Uint32Array(nodeBySlot.length).fill(NO_SLOT);
  keepers.forEach((slots, group) => {
    for (const slot of slots) groupBySlot[slot] = group;
  });
  for (let node = 0; node < nodeCount; node++) {
    const isSurvivor = slotByNode[wholeByNode[node]] !== NO_SLOT;
    if (isSurvivor || counting[typeByNode[node]] < COUNTS_AS.value) continue;
    const marks = hubsByNode[node];
    const size = shallowSizeByNode[node];
    if (marks === 0) {
      const keeper = keeperByNode[node];
      const group = keeper === NO_SLOT ? NO_SLOT : groupBySlot[keeper];
      if (group !== NO_SLOT) keeperTallies[group].add(classByNode[node], 1, size);
    } else {
      const part = 1 / bitCount(marks);
      for (let rest = marks; rest !== 0; rest &= rest - 1) {
        hubTallies[31 - Math.clz32(rest & -rest)].add(classByNode[node], part, size * part);
      }
    }
  }
  return {
    ofHubs: hubTallies.map((tally) => tally.share()),
    ofKeepers: keeperTallies.map((tally) => tally.share()),
  };
}

/** node → the hubs that reach it over new objects only, a bit each */
function spreadHubs(
  { firstEdgeByNode, meta, nodeCount, targetByEdge, typeByEdge, typeByNode }: GraphColumns,
  wholeByNode: Uint32Array,
  slotByNode: Uint32Array,
  hubs: Uint32Array,
): Uint32Array {
  const weak = edgeTypeOrdinal(meta, EDGE_TYPE.weak);
  const counting = countingByType(meta);
  const marksByNode = new Uint32Array(nodeCount);
  const isQueued = new Uint8Array(nodeCount);
  // a ring: a node waits in it once at most
  const queue = new Uint32Array(nodeCount);
  let head = 0;
  let waiting = 0;
  const spread = (node: number, marks: number): void => {
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      const target = targetByEdge[edge];
      if (typeByEdge[edge] === weak || counting[typeByNode[target]] === COUNTS_AS.nothing) continue;
      const isOther = wholeByNode[target] !== wholeByNode[node];
      if (isOther && slotByNode[wholeByNode[target]] !== NO_SLOT) continue;
      const gained = (marksByNode[target] | marks) >>> 0;
      if (gained === marksByNode[target]) continue;
      marksByNode[target] = gained;
      if (isQueued[target] === 1) continue;
      isQueued[target] = 1;
      queue[(head + waiting++) % nodeCount] = target;
    }
  };
  hubs.forEach((node, hub) => {
    spread(node, (1 << hub) >>> 0);
  });
  while (waiting > 0) {
    const node = queue[head];
    head = (head + 1) % nodeCount;
    waiting--;
    isQueued[node] = 0;
    spread(node, marksByNode[node]);
  }
  return marksByNode;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Sums by class. */
class Tally {
  #size = 0;
  readonly #byClass = new Map<number, { count: number; size: number }>();

  add(classOrdinal: number, count: number, size: number): void {
    this.#size += size;
    const sums = this.#byClass.get(classOrdinal);
    if (sums === undefined) this.#byClass.set(classOrdinal, { count, size });
    else {
      sums.count += count;
      sums.size += size;
    }
  }

  share(): Share {
    const classes = Array.from(
      this.#byClass,
      ([classOrdinal, sums]): HeldClass => ({ classOrdinal, ...sums }),
    );
    classes.sort((a, b) => b.size - a.size || a.classOrdinal - b.classOrdinal);
    return { size: this.#size, classes };
  }
}

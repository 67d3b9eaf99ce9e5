import { type GraphColumns, HeapGraph, NO_NODE, sharedUint32 } from '@heapstream/core';

/** No survivor. */
export const NO_SLOT = NO_NODE;

export interface SurvivorInput {
  /** From the oldest snapshot to the newest. */
  readonly snapshots: readonly GraphColumns[];
}

/** Objects that every snapshot has. A slot is the number of one of them. */
export interface Survivors {
  readonly slotCount: number;
  /** snapshot → node → slot, or {@link NO_SLOT} */
  readonly slotByNode: readonly Uint32Array[];
  /** slot → node of the last snapshot */
  readonly nodeBySlot: Uint32Array;
  /** Common ids that were looked at, and how many of them name something else by type or name. */
  readonly compared: number;
  readonly changed: number;
}

/** Names are compared of one in so many ids, at most. */
const SAMPLE = 1 << 16;

/**
 * Finds the objects of all snapshots by id. V8 never gives an id twice, so what the first and the last have, those in
 * between have too. Where an id repeats, its first node in file order stands for it.
 *
 * A hash table of the last snapshot's ids (≤ 16 bytes a node), a look-up for every node, 4 bytes a node of each for the
 * slots.
 */
export function matchSurvivors({ snapshots }: SurvivorInput): Survivors {
  const last = new HeapGraph(snapshots[snapshots.length - 1]);
  const seenByNode = new Uint32Array(last.nodeCount);
  const targets = snapshots.slice(0, -1).map((columns, round) => {
    const targetByNode = sharedUint32(columns.nodeCount);
    for (let node = 0; node < columns.nodeCount; node++) {
      const target = last.ordinalOfId(columns.idByNode[node]);
      targetByNode[node] = NO_NODE;
      if (target === undefined || seenByNode[target] !== round) continue;
      seenByNode[target] = round + 1;
      targetByNode[node] = target;
    }
    return targetByNode;
  });

  const slotOfLast = sharedUint32(last.nodeCount).fill(NO_SLOT);
  let slotCount = 0;
  for (let node = 0; node < last.nodeCount; node++) {
    if (seenByNode[node] === targets.length) slotOfLast[node] = slotCount++;
  }
  const nodeBySlot = sharedUint32(slotCount);
  for (let node = 0; node < last.nodeCount; node++) {
    if (slotOfLast[node] !== NO_SLOT) nodeBySlot[slotOfLast[node]] = node;
  }
  for (const targetByNode of targets) {
    for (let node = 0; node < targetByNode.length; node++) {
      if (targetByNode[node] !== NO_NODE) targetByNode[node] = slotOfLast[targetByNode[node]];
    }
  }
  return {
    slotCount,
    slotByNode: [...targets, slotOfLast],
    nodeBySlot,
    ...compareNames(new HeapGraph(snapshots[0]), last, targets[0], nodeBySlot),
  };
}

/** How many survivors are another thing in the first snapshot than in the last. */
function compareNames(
  first: HeapGraph,
  last: HeapGraph,
  slotByNode: Uint32Array,
  nodeBySlot: Uint32Array,
): { compared: number; changed: number } {
  const step = Math.max(1, Math.ceil(nodeBySlot.length / SAMPLE));
  let compared = 0;
  let changed = 0;
  for (let node = 0; node < slotByNode.length; node++) {
    const slot = slotByNode[node];
    if (slot === NO_SLOT || slot % step !== 0) continue;
    const other = nodeBySlot[slot];
    compared++;
    const isSame =
      first.node(node).type === last.node(other).type && first.rawNameOf(node) === last.rawNameOf(other);
    if (!isSame) changed++;
  }
  return { compared, changed };
}

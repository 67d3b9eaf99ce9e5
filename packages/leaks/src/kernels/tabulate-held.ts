import { EDGE_TYPE, edgeTypeOrdinal, type GraphColumns, sharedFloat64, sharedUint32 } from '@heapstream/core';
import { COUNTS_AS, countingByType } from './counted-types.js';
import { type DominatorColumns, findHolders } from './holders.js';
import { NO_SLOT } from './match-survivors.js';

export interface HeldInput {
  readonly graph: GraphColumns;
  readonly analysis: DominatorColumns;
  readonly slotByNode: Uint32Array;
  readonly slotCount: number;
}

/** What each survivor holds in one snapshot, by slot. Sizes in bytes. */
export interface HeldTable {
  /** Objects that the survivor dominates and no survivor below it does, itself among them; and their shallow sizes. */
  readonly countBySlot: Uint32Array;
  readonly sizeBySlot: Float64Array;
  /**
   * Edges that keep something alive, to objects, and to values (text, numbers): of the survivor itself or of its parts,
   * whichever are more. V8 lists the elements of an array twice, as its own and as its backing store's.
   */
  readonly objectEdgesBySlot: Uint32Array;
  readonly valueEdgesBySlot: Uint32Array;
}

/** Two passes over the nodes and one over the edges; 32 bytes a survivor, 12 a node meanwhile. */
export function tabulateHeld({ graph, analysis, slotByNode, slotCount }: HeldInput): HeldTable {
  const { firstEdgeByNode, nodeCount, targetByEdge, typeByEdge, typeByNode } = graph;
  const { shallowSizeByNode } = analysis;
  const counting = countingByType(graph.meta);
  const weak = edgeTypeOrdinal(graph.meta, EDGE_TYPE.weak);
  const { keeperByNode, wholeByNode } = findHolders(graph, analysis, slotByNode);
  const table: HeldTable = {
    countBySlot: sharedUint32(slotCount),
    sizeBySlot: sharedFloat64(slotCount),
    objectEdgesBySlot: sharedUint32(slotCount),
    valueEdgesBySlot: sharedUint32(slotCount),
  };
  const ofParts = { objects: new Uint32Array(slotCount), values: new Uint32Array(slotCount) };
  for (let node = 0; node < nodeCount; node++) {
    const keeper = keeperByNode[node];
    const counts = counting[typeByNode[node]];
    if (keeper !== NO_SLOT) {
      if (counts >= COUNTS_AS.value) table.countBySlot[keeper]++;
      if (counts >= COUNTS_AS.value || wholeByNode[node] !== node) {
        table.sizeBySlot[keeper] += shallowSizeByNode[node];
      }
    }
    const whole = wholeByNode[node];
    const slot = slotByNode[whole];
    if (slot === NO_SLOT) continue;
    const objects = node === whole ? table.objectEdgesBySlot : ofParts.objects;
    const values = node === whole ? table.valueEdgesBySlot : ofParts.values;
    for (let edge = firstEdgeByNode[node]; edge < firstEdgeByNode[node + 1]; edge++) {
      const target = targetByEdge[edge];
      if (typeByEdge[edge] === weak || wholeByNode[target] === whole) continue;
      const targetCounts = counting[typeByNode[target]];
      if (targetCounts === COUNTS_AS.object) objects[slot]++;
      else if (targetCounts === COUNTS_AS.value) values[slot]++;
    }
  }
  for (let slot = 0; slot < slotCount; slot++) {
    table.objectEdgesBySlot[slot] = Math.max(table.objectEdgesBySlot[slot], ofParts.objects[slot]);
    table.valueEdgesBySlot[slot] = Math.max(table.valueEdgesBySlot[slot], ofParts.values[slot]);
  }
  return table;
}

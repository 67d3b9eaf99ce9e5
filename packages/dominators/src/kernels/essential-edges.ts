import { EDGE_TYPE, edgeTypeOrdinal, type GraphColumns, sharedUint8 } from '@heapstream/core';
import { findWeakMapEntries } from './weak-map-edges.js';

/** One bit an edge, in file order: set where the edge keeps its target alive, as far as dominators go. */
export type EssentialEdges = Uint8Array;

export function isEssential(edges: EssentialEdges, edge: number): boolean {
  return (edges[edge >>> 3] & (1 << (edge & 7))) !== 0;
}

/**
 * Edges that do *not* count: weak ones; self loops; `shortcut` edges of other nodes than the root; edges from what the
 * page does not own into what it owns (the root's excepted: debuggers and such hold pages too); and of the two edges
 * that hold a WeakMap's value the table's, so that the value lives by its key.
 */
export function findEssentialEdges(columns: GraphColumns, isPageOwned: Uint8Array): EssentialEdges {
  const { firstEdgeByNode, idByNode, meta, nameByEdge, nodeCount, rootOrdinal, targetByEdge, typeByEdge } =
    columns;
  const weak = edgeTypeOrdinal(meta, EDGE_TYPE.weak);
  const shortcut = edgeTypeOrdinal(meta, EDGE_TYPE.shortcut);
  const internal = edgeTypeOrdinal(meta, EDGE_TYPE.internal);
  const weakMapEntries = findWeakMapEntries(columns);
  const hasWeakMaps = weakMapEntries.size > 0;
  const essential = sharedUint8(Math.ceil(columns.edgeCount / 8));

  for (let node = 0; node < nodeCount; node++) {
    const isRoot = node === rootOrdinal;
    const mayEnterPage = isRoot || isPageOwned[node] === 1;
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      const type = typeByEdge[edge];
      if (type === weak || (type === shortcut && !isRoot)) continue;
      const target = targetByEdge[edge];
      if (target === node || (!mayEnterPage && isPageOwned[target] === 1)) continue;
      if (type === internal && hasWeakMaps) {
        const entry = weakMapEntries.get(nameByEdge[edge]);
        if (entry !== undefined && entry.tableId === idByNode[node]) continue;
      }
      essential[edge >>> 3] |= 1 << (edge & 7);
    }
  }
  return essential;
}

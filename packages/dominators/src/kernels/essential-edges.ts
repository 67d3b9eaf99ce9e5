import {
  EDGE_TYPE,
  edgeTypeOrdinal,
  type GraphColumns,
  type OrdinalSet,
  sharedUint8,
} from '@heapstream/core';
import type { WeakMapEdges } from './weak-map-edges.js';

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
export function findEssentialEdges(
  columns: GraphColumns,
  pageOwned: OrdinalSet,
  weakMapEdges: WeakMapEdges,
): EssentialEdges {
  const { edgeCount, firstEdgeByNode, meta, nodeCount, rootOrdinal, targetByEdge, typeByEdge } = columns;
  const weak = edgeTypeOrdinal(meta, EDGE_TYPE.weak);
  const shortcut = edgeTypeOrdinal(meta, EDGE_TYPE.shortcut);
  const essential = sharedUint8(Math.ceil(edgeCount / 8)).fill(0xff);
  const exclude = (edge: number): void => {
    essential[edge >>> 3] &= ~(1 << (edge & 7));
  };

  for (let node = 0; node < nodeCount; node++) {
    const isRoot = node === rootOrdinal;
    const mayEnterPage = isRoot || pageOwned.has(node);
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      const type = typeByEdge[edge];
      const target = targetByEdge[edge];
      if (type === weak || target === node) exclude(edge);
      else if (type === shortcut && !isRoot) exclude(edge);
      else if (!mayEnterPage && pageOwned.has(target)) exclude(edge);
    }
  }
  const { edges, isFromTable } = weakMapEdges;
  for (let index = 0; index < edges.length; index++) if (isFromTable[index] === 1) exclude(edges[index]);
  return essential;
}

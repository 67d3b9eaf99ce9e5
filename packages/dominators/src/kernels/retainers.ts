import { type GraphColumns, sharedUint32 } from '@heapstream/core';
import { type EssentialEdges, isEssential } from './essential-edges.js';

/** Who points to a node: the sources of its incoming edges in file order, one entry an edge. */
export interface Retainers {
  /** node ordinal → its first entry; `nodeCount + 1` entries */
  readonly firstRetainerByNode: Uint32Array;
  /** entry → node ordinal of the source, plus {@link NOT_ESSENTIAL} where the edge is not essential */
  readonly retainerEntries: Uint32Array;
}

/** The top bit of an entry; node ordinals stay below 2³¹. */
export const NOT_ESSENTIAL = 0x80000000;
/** The node ordinal of an entry: `entry & RETAINER_NODE`. */
export const RETAINER_NODE = 0x7fffffff;

/** Two passes over the edges in file order, which has locality. 4 bytes an edge and 4 a node; 4 more a node meanwhile. */
export function findRetainers(columns: GraphColumns, essential: EssentialEdges): Retainers {
  const { edgeCount, firstEdgeByNode, nodeCount, targetByEdge } = columns;
  const firstRetainerByNode = sharedUint32(nodeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) firstRetainerByNode[targetByEdge[edge] + 1]++;
  for (let node = 0; node < nodeCount; node++) firstRetainerByNode[node + 1] += firstRetainerByNode[node];
  const nextEntryByNode = firstRetainerByNode.slice(0, nodeCount);
  const retainerEntries = sharedUint32(edgeCount);
  for (let node = 0; node < nodeCount; node++) {
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      const entry = nextEntryByNode[targetByEdge[edge]]++;
      retainerEntries[entry] = isEssential(essential, edge) ? node : node + NOT_ESSENTIAL;
    }
  }
  return { firstRetainerByNode, retainerEntries };
}

export function hasEssentialRetainer(retainers: Retainers, node: number): boolean {
  const { firstRetainerByNode, retainerEntries } = retainers;
  const end = firstRetainerByNode[node + 1];
  for (let entry = firstRetainerByNode[node]; entry < end; entry++) {
    if (retainerEntries[entry] < NOT_ESSENTIAL) return true;
  }
  return false;
}

import { addressOf, downwards, type GraphColumns, sharedUint32, upwards } from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
import type { EssentialEdges, Essentials } from './essential-edges.js';

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

/** Memory for the retainers of a graph: 4 bytes an edge and 4 a node. */
export function emptyRetainers({ edgeCount, nodeCount }: GraphColumns): Retainers {
  return { firstRetainerByNode: sharedUint32(nodeCount + 1), retainerEntries: sharedUint32(edgeCount) };
}

/** Two passes over the edges in file order, which has locality. */
export function findRetainers(
  columns: GraphColumns,
  essential: EssentialEdges,
  into: Retainers = emptyRetainers(columns),
): Retainers {
  const { edgeCount, firstEdgeByNode, nodeCount, targetByEdge } = columns;
  const { firstRetainerByNode, retainerEntries } = into;
  firstRetainerByNode.fill(0);
  for (let edge = 0; edge < edgeCount; edge++) firstRetainerByNode[targetByEdge[edge]]++;
  let endOfEntries = 0;
  for (let node = 0; node < nodeCount; node++) {
    endOfEntries += firstRetainerByNode[node];
    firstRetainerByNode[node] = endOfEntries;
  }
  firstRetainerByNode[nodeCount] = endOfEntries;
  // backwards, so that the ends of the lists move down to their starts and need no copy
  for (let node = nodeCount - 1; node >= 0; node--) {
    const first = firstEdgeByNode[node];
    for (let edge = firstEdgeByNode[node + 1] - 1; edge >= first; edge--) {
      const entry = --firstRetainerByNode[targetByEdge[edge]];
      retainerEntries[entry] = essential.has(node, edge) ? node : node + NOT_ESSENTIAL;
    }
  }
  return into;
}

/** The same as {@link findRetainers}. */
export function findRetainersInKernel(
  kernel: AnalysisKernel,
  { edgeCount, nodeCount }: GraphColumns,
  essentials: Essentials,
  into: Retainers,
): void {
  const { exports } = kernel.useEssentials(essentials);
  exports.startRetainers(addressOf(into.firstRetainerByNode), addressOf(into.retainerEntries));
  upwards(0, edgeCount, exports.countRetainers);
  exports.sumRetainers();
  downwards(0, nodeCount, exports.fillRetainers);
}

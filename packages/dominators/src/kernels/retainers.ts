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

/**
 * Two passes over the edges in file order, which has locality. Where `numberByNode` is given, entries have the sources'
 * numbers in a depth-first order in place of their ordinals: the dominators then need not look them up.
 */
export function findRetainers(
  columns: GraphColumns,
  essential: EssentialEdges,
  into: Retainers = emptyRetainers(columns),
  numberByNode: Uint32Array | null = null,
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
    const source = numberByNode === null ? node : numberByNode[node];
    for (let edge = firstEdgeByNode[node + 1] - 1; edge >= first; edge--) {
      const entry = --firstRetainerByNode[targetByEdge[edge]];
      retainerEntries[entry] = essential.has(node, edge) ? source : source | NOT_ESSENTIAL;
    }
  }
  return into;
}

/** What threads work in that find the retainers of a graph together, whatever it holds. */
export interface RetainerParts {
  /** For each part its first node; and the end of the last one. */
  readonly firstNodeByPart: readonly number[];
  /** For each part a column of an entry a node; the first is `firstRetainerByNode`, with one entry more. */
  readonly countsByPart: readonly Uint32Array[];
  /** An entry a part. */
  readonly addresses: Uint32Array;
}

/** Parts of the nodes that have about the same number of edges. */
export function partsOfNodes(
  { edgeCount, firstEdgeByNode, nodeCount }: GraphColumns,
  parts: number,
): number[] {
  const firstNodes: number[] = [];
  for (let part = 0; part < parts; part++) {
    const edge = Math.floor((edgeCount * part) / parts);
    let low = 0;
    let high = nodeCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (firstEdgeByNode[middle] < edge) low = middle + 1;
      else high = middle;
    }
    firstNodes.push(low);
  }
  return [...firstNodes, nodeCount];
}

/** The first of three steps that find the same as {@link findRetainers}: for each part. */
export function countRetainersInKernel(
  { exports }: AnalysisKernel,
  { firstEdgeByNode }: GraphColumns,
  { countsByPart, firstNodeByPart }: RetainerParts,
  part: number,
): void {
  const counts = countsByPart[part].fill(0);
  const [first, end] = [firstNodeByPart[part], firstNodeByPart[part + 1]].map(
    (node) => firstEdgeByNode[node],
  );
  upwards(first, end, (from, to) => exports.countRetainers(from, to, addressOf(counts)));
}

/** The second step, when all are counted. */
export function sumRetainersInKernel(
  { exports }: AnalysisKernel,
  { nodeCount }: GraphColumns,
  { addresses, countsByPart }: RetainerParts,
): void {
  addresses.set(countsByPart.map(addressOf));
  const parts = addressOf(addresses);
  let last = 0;
  upwards(0, nodeCount, (from, to) => {
    last = exports.sumRetainers(from, to, last, parts, countsByPart.length);
  });
  countsByPart[0][nodeCount] = last;
}

/** The third step, again for each part. */
export function fillRetainersInKernel(
  kernel: AnalysisKernel,
  essentials: Essentials,
  { countsByPart, firstNodeByPart }: RetainerParts,
  part: number,
  retainerEntries: Uint32Array,
  numberByNode: Uint32Array | null,
): void {
  const { exports } = kernel.useEssentials(essentials);
  const [ends, entries] = [countsByPart[part], retainerEntries].map(addressOf);
  const numbers = numberByNode === null ? 0 : addressOf(numberByNode);
  downwards(firstNodeByPart[part], firstNodeByPart[part + 1], (first, end) =>
    exports.fillRetainers(first, end, ends, entries, numbers),
  );
}

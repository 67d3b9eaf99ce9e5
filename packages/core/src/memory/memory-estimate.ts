import type { SnapshotHeader } from '../format/snapshot-header.js';
import { MAX_EDGES, MAX_NODES } from '../limits.js';
import type { DocumentSize } from '../parse/parse-context.js';

/** How large a graph is. */
export interface GraphSize {
  readonly nodeCount: number;
  readonly edgeCount: number;
}

/**
 * What opening a snapshot takes, in bytes on top of what the process holds before. Nodes and edges are those that the
 * estimate counts with: the header's claim, or what the bytes of the file can hold.
 */
export interface MemoryEstimate extends GraphSize {
  /** Bytes that the open graph keeps. */
  readonly graph: number;
  /** Bytes at the peak of opening, the graph included. */
  readonly opening: number;
}

/** Bytes of the columns that every graph has; docs/memory-layout.md shows them one by one. */
const NODE_BYTES = 17;
const EDGE_BYTES = 9;
const EXTRA_BYTES_BY_FIELD: Readonly<Record<string, number>> = { detachedness: 1, trace_node_id: 4 };
/** Strings and locations come behind the nodes, and no header counts them: 7.5 to 14 bytes a node in real files. */
const STRINGS_AND_LOCATIONS_BYTES = 12;
/** Chunks, the kernel, code, and columns that were just copied while they grew. */
const PARSER_BYTES = 32 * 1024 * 1024;

/** The shortest number, and its comma. */
const LEAST_NUMBER_BYTES = 2;
/** A number of a node or an edge is rarely longer on average: what a file has beyond that are strings, or rows that no header told of. */
const LONG_NODE_NUMBER_BYTES = 5;
const LONG_EDGE_NUMBER_BYTES = 6;
/** Bytes of a real file by node and by edge: for headers that do not count. */
const TYPICAL_BYTES_PER_NODE = 110;
const TYPICAL_BYTES_PER_EDGE = 20;

/**
 * Estimates the memory for a snapshot of which no more than the header and the size are known. A claim counts as far as
 * the bytes can hold it, so that a lie costs nothing; a header that counts nothing, or more than a graph can have, is
 * taken for a usual file of its size; bytes for which the counted rows leave room are taken for strings. Values of 2³² and more, which widen their
 * columns, are not foreseen.
 */
export function estimateOpening(header: SnapshotHeader, size: DocumentSize = {}): MemoryEstimate {
  const { exact, atMost = exact ?? Number.POSITIVE_INFINITY } = size;
  const { nodeFields, edgeFields } = header.meta;
  const claimedNodes = credible(header.claimedNodeCount, MAX_NODES) || (exact ?? 0) / TYPICAL_BYTES_PER_NODE;
  const claimedEdges = credible(header.claimedEdgeCount, MAX_EDGES) || (exact ?? 0) / TYPICAL_BYTES_PER_EDGE;
  const leastNodeBytes = nodeFields.length * LEAST_NUMBER_BYTES;
  const nodeCount = Math.floor(Math.min(claimedNodes, atMost / leastNodeBytes));
  const bytesForEdges = Math.max(0, atMost - nodeCount * leastNodeBytes);
  const leastEdgeBytes = edgeFields.length * LEAST_NUMBER_BYTES;
  const edgeCount = Math.floor(Math.min(claimedEdges, bytesForEdges / leastEdgeBytes));

  const nodeBytes = nodeFields.reduce((sum, field) => sum + (EXTRA_BYTES_BY_FIELD[field] ?? 0), NODE_BYTES);
  const rows = nodeCount * nodeBytes + edgeCount * EDGE_BYTES;
  const longRows =
    nodeCount * nodeFields.length * LONG_NODE_NUMBER_BYTES +
    edgeCount * edgeFields.length * LONG_EDGE_NUMBER_BYTES;
  const uncounted = Math.max(0, (exact ?? 0) - longRows);
  const graph = rows + Math.max(nodeCount * STRINGS_AND_LOCATIONS_BYTES, uncounted);
  return { nodeCount, edgeCount, graph, opening: graph + PARSER_BYTES };
}

function credible(claim: number | undefined, most: number): number {
  return claim === undefined || claim > most ? 0 : claim;
}

import type { GraphSize } from '@heapstream/core';

/** Columns that an analysis keeps: see `AnalysisColumns` and `Retainers`. */
const KEPT_NODE_BYTES = 36;
const KEPT_EDGE_BYTES = 4;
/** At the peak, while dominators are searched; the bit an edge says whether it is essential. */
const PEAK_NODE_BYTES = 46;
const PEAK_EDGE_BYTES = 4 + 1 / 8;
/** The same where the retainers take the place of the graph's own columns. */
const SUMMARY_NODE_BYTES = 23;
const SUMMARY_EDGE_BYTES = 1 / 8;
/** Nodes from which a summary uses its graph up: that spares a third of the memory, and as much time as steps then wait for each other. */
export const NODES_WORTH_SPARING = 250_000;
/** Threads with their code and heaps. */
const THREAD_BYTES = 50 * 1024 * 1024;

/** What an analysis takes, in bytes on top of the open graph. */
export interface AnalysisMemory {
  /** Bytes that the analysis keeps. */
  readonly kept: number;
  /** Bytes at its peak, those that it keeps included. */
  readonly peak: number;
  /** The same of `readSummary`, which uses large graphs up. */
  readonly summaryPeak: number;
}

/**
 * How much memory `analyze` will take for a graph of this size: the answer of `estimateMemory`, or an open graph.
 * Within 15 % on real files, together with the graph. Names and classes are the part that varies.
 */
export function estimateAnalysisMemory({ nodeCount, edgeCount }: GraphSize): AnalysisMemory {
  const peak = nodeCount * PEAK_NODE_BYTES + edgeCount * PEAK_EDGE_BYTES + THREAD_BYTES;
  const sparing = nodeCount * SUMMARY_NODE_BYTES + edgeCount * SUMMARY_EDGE_BYTES + THREAD_BYTES;
  return {
    kept: nodeCount * KEPT_NODE_BYTES + edgeCount * KEPT_EDGE_BYTES,
    peak,
    summaryPeak: nodeCount < NODES_WORTH_SPARING ? peak : sparing,
  };
}

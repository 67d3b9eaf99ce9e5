import { scatteredRowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { largestNodes, type NodePage, type PageOptions } from './node-page.js';

/** The node's dominators, from the root down to the node itself: each, if freed, would free all that follow. */
export function dominatorChain(analysis: HeapAnalysis, ordinal: number): Uint32Array {
  const { rootOrdinal } = analysis.graph;
  const chain = [ordinal];
  for (let node = ordinal; node !== rootOrdinal; ) {
    node = analysis.dominatorOf(node);
    chain.push(node);
  }
  return Uint32Array.from(chain.reverse());
}

/**
 * A page of what the node immediately dominates, the largest retained size first. Unlike `HeapAnalysis.dominatedBy`
 * it does not sort millions of nodes to give the first few.
 */
export function largestDominated(
  analysis: HeapAnalysis,
  ordinal: number,
  options: PageOptions = {},
): NodePage {
  const nodes = analysis.childrenOf(ordinal);
  const retainedSizeByNode = scatteredRowsOf(analysis.columns, 'retainedSizeByNode', nodes);
  return largestNodes(nodes, retainedSizeByNode, options);
}

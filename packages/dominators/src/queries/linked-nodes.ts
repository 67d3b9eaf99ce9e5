import { EdgeView, NodeView, rowsOf, scatteredRowsOf } from '@heapstream/core';
import type { HeapAnalysis, Retainer } from '../heap-analysis.js';
import { UNREACHED } from '../kernels/distances.js';
import { RETAINER_NODE } from '../kernels/retainers.js';
import type { PageOptions } from './node-page.js';

/** An edge and the node at its other end. */
export type Child = Retainer;

export interface LinkPage<Link> {
  /** Length of the whole list. */
  readonly total: number;
  readonly links: readonly Link[];
}

export interface ChildOptions extends PageOptions {
  /** `file`: as V8 wrote the edges (default). `retainedSize`: the largest child first. */
  readonly order?: 'file' | 'retainedSize';
}

/** What the node points to, over which edges. Sorting takes 4 bytes an edge of the node. */
export function listChildren(
  analysis: HeapAnalysis,
  ordinal: number,
  { limit = Number.POSITIVE_INFINITY, offset = 0, order = 'file' }: ChildOptions = {},
): LinkPage<Child> {
  const { graph } = analysis;
  const { end, first } = graph.edgeRangeOf(ordinal);
  const targetByEdge = rowsOf(graph.columns, 'targetByEdge', first, end);
  const edges = Uint32Array.from({ length: end - first }, (_, i) => first + i);
  if (order === 'retainedSize') {
    const targets = targetByEdge.subarray(first, end);
    const retainedSizeByNode = scatteredRowsOf(analysis.columns, 'retainedSizeByNode', targets);
    edges.sort((a, b) => retainedSizeByNode[targetByEdge[b]] - retainedSizeByNode[targetByEdge[a]] || a - b);
  }
  const links = Array.from(edges.subarray(offset, offset + limit), (edge) => {
    const node = targetByEdge[edge];
    return {
      edge: new EdgeView(graph, edge),
      node: new NodeView(graph, node),
      distance: analysis.distanceOf(node),
    };
  });
  return { total: edges.length, links };
}

/**
 * Who points to the node, over which edges: those that keep it alive first, the nearest to the roots first; then weak
 * edges. Reads all edges of all these nodes; 8 bytes a retaining edge.
 */
export function listRetainers(
  analysis: HeapAnalysis,
  ordinal: number,
  { limit = Number.POSITIVE_INFINITY, offset = 0 }: PageOptions = {},
): LinkPage<Retainer> {
  const { graph } = analysis;
  const { weak } = graph.edgeType;
  const entries = analysis.retainerEntriesOf(ordinal);
  const count = entries.length;
  const sources = new Uint32Array(count);
  const edges = new Uint32Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) {
    const source = entries[i] & RETAINER_NODE;
    // in file order the entries of one source stand together
    if (found > 0 && sources[found - 1] === source) continue;
    const { end, first } = graph.edgeRangeOf(source);
    const targetByEdge = rowsOf(graph.columns, 'targetByEdge', first, end);
    for (let edge = first; edge < end; edge++) {
      if (targetByEdge[edge] !== ordinal) continue;
      sources[found] = source;
      edges[found++] = edge;
    }
  }
  const distanceByNode = scatteredRowsOf(analysis.columns, 'distanceByNode', sources.subarray(0, found));
  const typeByEdge = scatteredRowsOf(graph.columns, 'typeByEdge', edges.subarray(0, found));
  // above every distance, UNREACHED included
  const WEAK = UNREACHED + 1;
  const rank = (i: number): number => distanceByNode[sources[i]] + (typeByEdge[edges[i]] === weak ? WEAK : 0);
  const positions = Uint32Array.from({ length: found }, (_, i) => i).sort(
    (a, b) => rank(a) - rank(b) || a - b,
  );
  const links = Array.from(positions.subarray(offset, offset + limit), (i) => ({
    edge: new EdgeView(graph, edges[i]),
    node: new NodeView(graph, sources[i]),
    distance: analysis.distanceOf(sources[i]),
  }));
  return { total: found, links };
}

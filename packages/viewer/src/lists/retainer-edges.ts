import { rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';

/** Of a retainer entry: the source, and the bit that says that the edge does not keep its target alive. */
const SOURCE = 0x7fffffff;
const NOT_ESSENTIAL = 0x80000000;

export function sourceOf(entry: number): number {
  return entry & SOURCE;
}

export function isEssentialEntry(entry: number): boolean {
  return entry < NOT_ESSENTIAL;
}

/**
 * The edges behind some of a node's retainer entries, in the order asked for. Entries stand in file order, so the n-th
 * entry of a source is its n-th edge to the node: the edges of each source are read once, from the first on.
 */
export function edgesOfEntries(analysis: HeapAnalysis, ordinal: number, positions: Uint32Array): Uint32Array {
  const { graph } = analysis;
  const entries = analysis.retainerEntriesOf(ordinal);
  const edges = new Uint32Array(positions.length);
  const inFileOrder = Uint32Array.from(positions, (_, i) => i).sort((a, b) => positions[a] - positions[b]);
  let source = -1;
  let edge = 0;
  /** Position of the entry whose edge is looked for next. */
  let next = 0;
  for (const i of inFileOrder) {
    const position = positions[i];
    if (sourceOf(entries[position]) !== source) {
      source = sourceOf(entries[position]);
      edge = graph.edgeRangeOf(source).first;
      next = firstOfSource(entries, source);
    }
    const { end, first } = graph.edgeRangeOf(source);
    const targetByEdge = rowsOf(graph.columns, 'targetByEdge', first, end);
    for (; edge < end; edge++) {
      if (targetByEdge[edge] !== ordinal) continue;
      if (next === position) break;
      next++;
    }
    edges[i] = edge;
  }
  return edges;
}

/** Whether an edge keeps its target alive, as the analysis found it. */
export function isEssentialEdge(
  analysis: HeapAnalysis,
  source: number,
  target: number,
  edge: number,
): boolean {
  const entries = analysis.retainerEntriesOf(target);
  const first = firstOfSource(entries, source);
  let end = first;
  let essential = 0;
  while (end < entries.length && sourceOf(entries[end]) === source) {
    if (isEssentialEntry(entries[end++])) essential++;
  }
  if (essential === 0) return false;
  if (essential === end - first) return true;
  // parallel edges of both kinds: this one's place among them tells
  const { graph } = analysis;
  const firstEdge = graph.edgeRangeOf(source).first;
  const targetByEdge = rowsOf(graph.columns, 'targetByEdge', firstEdge, edge + 1);
  let position = first;
  for (let before = firstEdge; before < edge; before++) if (targetByEdge[before] === target) position++;
  return isEssentialEntry(entries[position]);
}

/** Position of the first entry of a source. Entries ascend by source. */
function firstOfSource(entries: Uint32Array, source: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sourceOf(entries[middle]) < source) low = middle + 1;
    else high = middle;
  }
  return low;
}

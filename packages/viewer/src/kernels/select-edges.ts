import { type GraphColumns, HeapGraph, sharedUint32 } from '@heapstream/core';
import { NameMatcher, type SearchQuery } from '@heapstream/dominators';
import { textTest } from './match-texts.js';

export interface EdgeCriteria {
  readonly columns: GraphColumns;
  readonly query: SearchQuery;
  /** Edges `[first, end)`. */
  readonly first: number;
  readonly end: number;
}

/** Positions from `first` of the edges whose own name, or whose target's, has what is looked for. */
export function selectEdges({ columns, end, first, query }: EdgeCriteria): Uint32Array {
  const graph = new HeapGraph(columns);
  const { nameByEdge, targetByEdge, typeByEdge } = columns;
  const { element, hidden } = graph.edgeType;
  const names = new NameMatcher(graph, query);
  const matchesText = textTest(query);
  const found = sharedUint32(end - first);
  let count = 0;
  for (let edge = first; edge < end; edge++) {
    const type = typeByEdge[edge];
    const isNumber = type === element || type === hidden;
    const name = nameByEdge[edge];
    const isMatch = isNumber ? matchesText(String(name)) : names.matchesString(name);
    if (isMatch || names.matches(targetByEdge[edge])) found[count++] = edge - first;
  }
  return found.slice(0, count);
}

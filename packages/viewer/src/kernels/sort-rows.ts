import { type GraphColumns, HeapGraph, type WideColumn } from '@heapstream/core';
import type { SortOrder } from '../api/index.js';
import { nameKeys } from './name-keys.js';
import { type Keys, sortByKeys } from './sort-by-keys.js';

/** What rows are sorted by: a value of their node, its name, or a value of the row itself. */
export type RowKeys =
  | { readonly kind: 'values'; readonly valueByNode: WideColumn }
  | { readonly kind: 'names'; readonly columns: GraphColumns; readonly rankByString: Uint32Array }
  | { readonly kind: 'edgeNames'; readonly columns: GraphColumns; readonly rankByString: Uint32Array }
  | { readonly kind: 'edgeTypes'; readonly columns: GraphColumns };

export interface SortRowsInput {
  /** Position → node, and edge where rows are edges. */
  readonly nodes: Uint32Array;
  readonly edges?: Uint32Array | undefined;
  readonly keys: RowKeys;
  readonly order: SortOrder;
  /** Position → 1 for rows that come last whatever the order. */
  readonly isLast?: Uint8Array | undefined;
}

/** Positions in order; equal rows as they stand. */
export function sortRows(input: SortRowsInput): Uint32Array {
  const sorted = sortByKeys(keysOf(input), input.order);
  const { isLast } = input;
  if (isLast === undefined) return sorted;
  const others = sorted.filter((position) => isLast[position] === 1);
  let end = 0;
  for (const position of sorted) if (isLast[position] === 0) sorted[end++] = position;
  sorted.set(others, end);
  return sorted;
}

function keysOf({ edges, keys, nodes }: SortRowsInput): Keys {
  switch (keys.kind) {
    case 'values': {
      const { valueByNode } = keys;
      const isWide = valueByNode instanceof Float64Array;
      const values = isWide ? new Float64Array(nodes.length) : new Uint32Array(nodes.length);
      for (let i = 0; i < nodes.length; i++) values[i] = valueByNode[nodes[i]];
      return values;
    }
    case 'names':
      return nameKeys(new HeapGraph(keys.columns), nodes, keys.rankByString);
    case 'edgeNames':
      return edgeNameKeys(new HeapGraph(keys.columns), edges!, keys.rankByString);
    case 'edgeTypes':
      return Uint32Array.from(edges!, (edge) => keys.columns.typeByEdge[edge]);
  }
}

/** Numbers first, then names by code points. */
function edgeNameKeys(graph: HeapGraph, edges: Uint32Array, rankByString: Uint32Array): Float64Array {
  const { nameByEdge, typeByEdge } = graph.columns;
  const { element, hidden } = graph.edgeType;
  const keys = new Float64Array(edges.length);
  for (let i = 0; i < edges.length; i++) {
    const name = nameByEdge[edges[i]];
    const type = typeByEdge[edges[i]];
    const isNumber = type === element || type === hidden;
    keys[i] = isNumber ? Math.min(name, BEHIND_NUMBERS - 1) : BEHIND_NUMBERS + rankByString[name];
  }
  return keys;
}

/** Numbers of real files are far below; and a double holds a string's rank behind it. */
const BEHIND_NUMBERS = 2 ** 52;

import { type GraphColumns, sharedUint32, type WideColumn } from '@heapstream/core';
import type { SortOrder } from '../api/index.js';
import { NO_NAME } from './name-table.js';
import { type Keys, sortPart } from './sort-by-keys.js';

/** What rows are sorted by: a value of their node, its name, or the name or type of their edge. */
export type RowKeys =
  | { readonly kind: 'values'; readonly valueByNode: WideColumn }
  | { readonly kind: 'names'; readonly nameByNode: Uint32Array; readonly rankByName: Uint32Array }
  | {
      readonly kind: 'edgeNames';
      readonly columns: Pick<GraphColumns, 'nameByEdge' | 'typeByEdge'>;
      /** Types of edges whose name is a number. */
      readonly numberedTypes: readonly number[];
      readonly rankByName: Uint32Array;
    }
  | { readonly kind: 'edgeTypes'; readonly typeByEdge: Uint8Array };

export interface SortRowsInput {
  /** Position → node, and edge where rows are edges. */
  readonly nodes: Uint32Array;
  readonly edges?: Uint32Array | undefined;
  readonly keys: RowKeys;
  readonly order: SortOrder;
  /** Position → 1 for rows that come last whatever the order. */
  readonly isLast?: Uint8Array | undefined;
  /** Which part of the sorted list is wanted. */
  readonly offset: number;
  readonly end: number;
}

/** Positions `[offset, end)` of the sorted list; equal rows as they stand. */
export function sortRows(input: SortRowsInput): Uint32Array {
  const { end, isLast, offset, order } = input;
  const keys = keysOf(input);
  if (isLast === undefined) return sortPart(keys, order, offset, end);
  const [front, back] = partition(isLast);
  const parts = [
    sortSome(keys, front, order, offset, end),
    sortSome(keys, back, order, Math.max(0, offset - front.length), Math.max(0, end - front.length)),
  ];
  const joined = sharedUint32(parts[0].length + parts[1].length);
  joined.set(parts[0]);
  joined.set(parts[1], parts[0].length);
  return joined;
}

function partition(isLast: Uint8Array): [front: Uint32Array, back: Uint32Array] {
  const all = new Uint32Array(isLast).map((_, i) => i);
  return [all.filter((i) => isLast[i] === 0), all.filter((i) => isLast[i] === 1)];
}

function sortSome(
  keys: Keys,
  positions: Uint32Array,
  order: SortOrder,
  offset: number,
  end: number,
): Uint32Array {
  const some =
    keys instanceof Uint32Array ? new Uint32Array(positions.length) : new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i++) some[i] = keys[positions[i]];
  return sortPart(some, order, offset, end).map((i) => positions[i]);
}

function keysOf({ edges, keys, nodes }: SortRowsInput): Keys {
  switch (keys.kind) {
    case 'values':
      return valuesOf(keys.valueByNode, nodes);
    case 'names': {
      const { nameByNode, rankByName } = keys;
      const values = new Uint32Array(nodes.length);
      for (let i = 0; i < nodes.length; i++) {
        const name = nameByNode[nodes[i]];
        // what has no name here stands behind all others
        values[i] = name === NO_NAME ? NO_NAME : rankByName[name];
      }
      return values;
    }
    case 'edgeNames': {
      // numbers first; those of real files are far below, and a double holds a rank behind them
      const { columns, numberedTypes, rankByName } = keys;
      return Float64Array.from(edges!, (edge) => {
        const name = columns.nameByEdge[edge];
        const isNumber = numberedTypes.includes(columns.typeByEdge[edge]);
        return isNumber ? Math.min(name, BEHIND_NUMBERS - 1) : BEHIND_NUMBERS + rankByName[name];
      });
    }
    case 'edgeTypes':
      return Uint32Array.from(edges!, (edge) => keys.typeByEdge[edge]);
  }
}

/** Words where they are whole and have room in them, as nearly always; else as they are. */
function valuesOf(valueByNode: WideColumn, nodes: Uint32Array): Keys {
  const words = new Uint32Array(nodes.length);
  let isExact = true;
  for (let i = 0; i < nodes.length; i++) {
    const value = valueByNode[nodes[i]];
    words[i] = value;
    isExact &&= words[i] === value;
  }
  if (isExact) return words;
  const values = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) values[i] = valueByNode[nodes[i]];
  return values;
}

const BEHIND_NUMBERS = 2 ** 52;

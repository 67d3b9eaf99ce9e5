import { type GraphColumns, sharedUint32, type WideColumn } from '@heapstream/core';
import type { SortOrder } from '../api/index.js';
import { blocksOf, firstRows, type KeyBlocks } from './first-rows.js';
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
  /** Whether `nodes` are retainer entries, of which those with the top bit set come last whatever the order. */
  readonly hasEntries?: boolean | undefined;
  /** Which part of the sorted list is wanted. */
  readonly offset: number;
  readonly end: number;
}

/** Positions `[offset, end)` of the sorted list; equal rows as they stand. */
export function sortRows(input: SortRowsInput): Uint32Array {
  const { end, hasEntries, nodes, offset, order } = input;
  if (offset === 0 && nodes.length > MANY_ROWS) {
    const keyAt = keyReader(input);
    const first = firstRows(nodes.length, keyAt, order, end, entryKeys(input) ?? blocksOf(keyAt));
    if (first !== null) return first;
  }
  if (!hasEntries) return sortPart(keysOf(input), order, offset, end);
  const lastCount = countLast(nodes);
  const frontCount = nodes.length - lastCount;
  if (lastCount === 0) return sortPart(keysOf(input), order, offset, end);
  const parts = [
    sortSome(input, false, frontCount, offset, end),
    sortSome(input, true, lastCount, Math.max(0, offset - frontCount), Math.max(0, end - frontCount)),
  ];
  const joined = sharedUint32(parts[0].length + parts[1].length);
  joined.set(parts[0]);
  joined.set(parts[1], parts[0].length);
  return joined;
}

/** Rows from which one pass over them is better than a list of their keys. */
const MANY_ROWS = 65_536;

/** Reads what a row is sorted by; rows that come last get what no other row has. */
export function keyReader({
  edges,
  hasEntries,
  keys,
  nodes,
  order,
}: Omit<SortRowsInput, 'offset' | 'end'>): (position: number) => number {
  const keyOf = nodeKeyReader(keys, edges, nodes);
  if (!hasEntries) return keyOf;
  const isLastAdded = order === 'asc';
  return (position) => {
    const isAdded = nodes[position] >= LAST === isLastAdded;
    return keyOf(position) + (isAdded ? BEHIND_OTHERS : 0);
  };
}

/** The same as {@link keyReader} for retainer entries, many at a time: by far the longest lists are of these. */
function entryKeys({ hasEntries, keys, nodes, order }: SortRowsInput): KeyBlocks | null {
  if (!hasEntries) return null;
  const isLastAdded = order === 'asc';
  if (keys.kind === 'values') {
    const { valueByNode } = keys;
    return (first, into) => {
      for (let i = 0; i < into.length; i++) {
        const entry = nodes[first + i];
        const value = valueByNode[entry & NODE];
        into[i] = entry >= LAST === isLastAdded ? value + BEHIND_OTHERS : value;
      }
    };
  }
  if (keys.kind !== 'names') return null;
  const { nameByNode, rankByName } = keys;
  return (first, into) => {
    for (let i = 0; i < into.length; i++) {
      const entry = nodes[first + i];
      const name = nameByNode[entry & NODE];
      const rank = name === NO_NAME ? NO_NAME : rankByName[name];
      into[i] = entry >= LAST === isLastAdded ? rank + BEHIND_OTHERS : rank;
    }
  };
}

/** Above sizes, ids, distances and ranks; sums are exact. */
const BEHIND_OTHERS = 2 ** 52;

function nodeKeyReader(
  keys: RowKeys,
  edges: Uint32Array | undefined,
  nodes: Uint32Array,
): (position: number) => number {
  switch (keys.kind) {
    case 'values': {
      const { valueByNode } = keys;
      return (position) => valueByNode[nodes[position] & NODE];
    }
    case 'names': {
      const { nameByNode, rankByName } = keys;
      return (position) => {
        const name = nameByNode[nodes[position] & NODE];
        // what has no name here stands behind all others
        return name === NO_NAME ? NO_NAME : rankByName[name];
      };
    }
    case 'edgeNames': {
      // numbers first; those of real files are far below, and a double holds a rank behind them
      const { columns, numberedTypes, rankByName } = keys;
      return (position) => {
        const edge = edges![position];
        const name = columns.nameByEdge[edge];
        const isNumber = numberedTypes.includes(columns.typeByEdge[edge]);
        return isNumber ? Math.min(name, BEHIND_NUMBERS - 1) : BEHIND_NUMBERS + rankByName[name];
      };
    }
    case 'edgeTypes':
      return (position) => keys.typeByEdge[edges![position]];
  }
}

/** The top bit of a retainer entry: its edge does not keep its target alive. */
const LAST = 0x80000000;
/** The node of a retainer entry. */
const NODE = 0x7fffffff;

function countLast(entries: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < entries.length; i++) count += entries[i] >>> 31;
  return count;
}

/** Of the rows that come last, or of the others: how many there are is known. */
function sortSome(
  input: SortRowsInput,
  areLast: boolean,
  count: number,
  offset: number,
  end: number,
): Uint32Array {
  const first = Math.min(offset, count);
  const last = Math.min(end, count);
  // most pages lie in one of the two
  if (first === last) return new Uint32Array();
  const { nodes } = input;
  const positions = new Uint32Array(count);
  const entries = new Uint32Array(count);
  let found = 0;
  for (let i = 0; i < nodes.length; i++) {
    if (nodes[i] >= LAST !== areLast) continue;
    positions[found] = i;
    entries[found++] = nodes[i] & NODE;
  }
  const keys = keysOf({ ...input, nodes: entries });
  return sortPart(keys, input.order, first, last).map((i) => positions[i]);
}

function keysOf({ edges, keys, nodes }: SortRowsInput): Keys {
  const keyAt = nodeKeyReader(keys, edges, nodes);
  const words = new Uint32Array(nodes.length);
  let isExact = true;
  for (let i = 0; i < nodes.length; i++) {
    const key = keyAt(i);
    words[i] = key;
    isExact &&= words[i] === key;
  }
  // whole and with room in a word, as nearly always
  return isExact ? words : Float64Array.from({ length: nodes.length }, (_, i) => keyAt(i));
}

const BEHIND_NUMBERS = 2 ** 52;

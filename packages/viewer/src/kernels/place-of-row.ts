import type { SortOrder } from '../api/index.js';
import { keyReader, type RowKeys } from './sort-rows.js';

export interface PlaceOfRowInput {
  /** Position → node. */
  readonly nodes: Uint32Array;
  readonly keys: RowKeys;
  readonly order: SortOrder;
  /** Of the row that is looked for. */
  readonly position: number;
}

/** Where a row stands in the sorted list: counts the rows before it, in one pass. Equal rows as they stand. */
export function placeOfRow({ keys, nodes, order, position }: PlaceOfRowInput): number {
  const keyAt = keyReader({ nodes, keys, order });
  const sign = order === 'asc' ? 1 : -1;
  const wanted = sign * keyAt(position);
  let before = 0;
  for (let row = 0; row < nodes.length; row++) {
    const key = sign * keyAt(row);
    if (key < wanted || (key === wanted && row < position)) before++;
  }
  return before;
}

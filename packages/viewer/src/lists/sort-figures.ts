import { compareText } from '@heapstream/core';
import type { SortWanted } from './paging.js';

/**
 * Sorts rows in place by a figure (unknown ones last), or by `name` where the column is that; equal ones by name, then
 * as they stand. For lists that have a row a class: they are short.
 */
export function sortFigures<Row>(
  rows: Row[],
  { column, order }: SortWanted<string>,
  name: (row: Row) => string,
  figure: (row: Row, column: string) => number | null = (row, key) => (row as Record<string, number>)[key],
): Row[] {
  const sign = order === 'asc' ? 1 : -1;
  const byName = (a: Row, b: Row): number => compareText(name(a), name(b));
  if (column === 'name') return rows.sort((a, b) => sign * byName(a, b));
  return rows.sort((a, b) => {
    const first = figure(a, column);
    const second = figure(b, column);
    if (first === second) return byName(a, b);
    if (first === null) return 1;
    if (second === null) return -1;
    return sign * (first - second);
  });
}

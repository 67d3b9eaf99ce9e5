import { expect, test } from 'vitest';
import { COLUMN_PAGES, rowCountOf, rowsOf, scatteredRowsOf } from '../../src/graph/column-rows.js';

/** A column of which each part that is read is noted; reading it whole is `'whole'`. */
function watched(length: number) {
  const reads: unknown[] = [];
  const column = new Uint32Array(length);
  const columns = {
    get values(): Uint32Array {
      reads.push('whole');
      return column;
    },
  };
  const pages = {
    load: (_: string, first: number, end: number) => {
      if (end > first) reads.push([first, end]);
      return column;
    },
    lengthOf: () => length,
  };
  Object.defineProperty(columns, COLUMN_PAGES, { value: pages });
  return { column, columns, reads };
}

test('rows are read, not the column', () => {
  const { column, columns, reads } = watched(10);
  expect(rowsOf(columns, 'values', 3)).toBe(column);
  expect(rowsOf(columns, 'values', 4, 7)).toBe(column);
  expect(rowCountOf(columns, 'values')).toBe(10);
  expect(reads).toEqual([
    [3, 4],
    [4, 7],
  ]);
});

test('scattered rows are read one by one, none for none, and the column for many', () => {
  const { column, columns, reads } = watched(5000);
  expect(scatteredRowsOf(columns, 'values', [])).toBe(column);
  expect(reads).toEqual([]);
  expect(scatteredRowsOf(columns, 'values', [7, 2])).toBe(column);
  expect(reads.splice(0)).toEqual([
    [7, 8],
    [2, 3],
  ]);
  expect(scatteredRowsOf(columns, 'values', new Uint32Array(5000))).toBe(column);
  expect(reads).toEqual(['whole']);
});

test('columns in memory are given as they are', () => {
  const values = Uint32Array.of(1, 2, 3);
  expect(rowsOf({ values }, 'values', 1)).toBe(values);
  expect(scatteredRowsOf({ values }, 'values', [0, 2])).toBe(values);
  expect(rowCountOf({ values }, 'values')).toBe(3);
  expect(rowsOf({ values: null }, 'values', 1)).toBeNull();
});

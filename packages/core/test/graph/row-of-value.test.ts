import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WideColumn } from '../../src/graph/graph-columns.js';
import { OrdinalSet } from '../../src/graph/ordinal-set.js';
import { RowOfValue } from '../../src/graph/row-of-value.js';
import { arbitraryWideInteger } from '../support/arbitrary-values.js';

function columnOf(values: readonly number[]): WideColumn {
  return values.some((value) => value >= 2 ** 32) ? Float64Array.from(values) : Uint32Array.from(values);
}

describe.each(['first', 'last'] as const)('keeping the %s row', (keeps) => {
  test('finds what is there and nothing else', () => {
    const value = fc.oneof(fc.nat(10), arbitraryWideInteger());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 100 }), fc.array(value), (values, others) => {
        const rows = new RowOfValue(columnOf(values), keeps);
        for (const wanted of [...values, ...others]) {
          const row = keeps === 'first' ? values.indexOf(wanted) : values.lastIndexOf(wanted);
          expect(rows.rowOf(wanted)).toBe(row < 0 ? undefined : row);
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('finds every one of many, though they differ in the high part alone', () => {
  const values = Array.from({ length: 50_000 }, (_, i) => (i % 2 === 0 ? i : i * 2 ** 32));
  const rows = new RowOfValue(columnOf(values), 'first');
  expect(values.every((value, row) => rows.rowOf(value) === row)).toBe(true);
  expect(rows.rowOf(1)).toBeUndefined();
});

test('the value that marks an empty slot is a value too', () => {
  const values = [0xffffffff, 0, 2 ** 53 - 1];
  const rows = new RowOfValue(columnOf(values), 'last');
  expect(values.map((value) => rows.rowOf(value))).toEqual([0, 1, 2]);
});

test('OrdinalSet holds what was added', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(499)), (ordinals) => {
      const set = new OrdinalSet(500);
      for (const ordinal of ordinals) set.add(ordinal);
      const held = Array.from({ length: 500 }, (_, ordinal) => ordinal).filter((ordinal) => set.has(ordinal));
      expect(held).toEqual([...ordinals].sort((a, b) => a - b));
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TableRows } from '../../src/parse/table-rows.js';
import { arbitraryWideInteger } from '../support/arbitrary-values.js';

test('splits rows into columns wherever the batches end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(arbitraryWideInteger(), { maxLength: 50 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      (fieldCount, numbers, sizes) => {
        const fields = Array.from({ length: fieldCount }, (_, i) => `field${i}`);
        const rows = new TableRows(fields);
        for (let from = 0, turn = 0; from < numbers.length; turn++) {
          const batch = Float64Array.from(numbers.slice(from, from + sizes[turn % sizes.length]));
          rows.push(batch, batch.length);
          from += batch.length;
        }
        rows.end();
        const whole = Math.floor(numbers.length / fieldCount);
        expect([rows.count, rows.leftover]).toEqual([whole, numbers.length % fieldCount]);
        fields.forEach((field, at) => {
          const expected = Array.from({ length: whole }, (_, row) => numbers[row * fieldCount + at]);
          expect([...rows.column(field)]).toEqual(expected);
        });
      },
    ),
  );
});

test('only the column that meets a wide value is widened', () => {
  const rows = new TableRows(['narrow', 'wide']);
  rows.push(Float64Array.of(1, 2, 2 ** 32 - 1, 2 ** 32), 4);
  expect(rows.column('narrow')).toBeInstanceOf(Uint32Array);
  expect(rows.column('wide')).toBeInstanceOf(Float64Array);
  expect([...rows.column('wide')]).toEqual([2, 2 ** 32]);
});

test('grows', () => {
  const rows = new TableRows(['a', 'b']);
  for (let i = 0; i < 20_000; i++) rows.push(Float64Array.of(i, 2 * i), 2);
  expect(rows.count).toBe(20_000);
  expect([...rows.column('b')].every((value, row) => value === 2 * row)).toBe(true);
});

test('a field that the section does not have is a column of zeros', () => {
  const rows = new TableRows(['a']);
  rows.push(Float64Array.of(5, 6), 2);
  expect([rows.has('a'), rows.has('b')]).toEqual([true, false]);
  expect([...rows.column('b')]).toEqual([0, 0]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TypeNameTable } from '../../src/histogram/type-name-table.js';
import { arbitraryWideInteger } from '../support/arbitrary-values.js';

test('sums by type and name, as a Map would', () => {
  const name = fc.oneof(fc.nat(20), arbitraryWideInteger(2 ** 32 - 1));
  const item = fc.tuple(fc.constantFrom(0, 1, 255), name, arbitraryWideInteger(2 ** 40));
  fc.assert(
    fc.property(fc.array(item, { maxLength: 300 }), (items) => {
      const table = new TypeNameTable();
      const sums = new Map<string, { type: number; name: number; count: number; selfSize: number }>();
      for (const [type, name, size] of items) {
        table.add(type, name, size);
        const sum = sums.get(`${type} ${name}`) ?? { type, name, count: 0, selfSize: 0 };
        sums.set(`${type} ${name}`, { ...sum, count: sum.count + 1, selfSize: sum.selfSize + size });
      }
      const order = (a: { type: number; name: number }, b: { type: number; name: number }) =>
        a.type - b.type || a.name - b.name;
      expect([...table.rows()].sort(order)).toEqual([...sums.values()].sort(order));
    }),
  );
});

test('grows with the names', () => {
  const table = new TypeNameTable();
  for (let i = 0; i < 50_000; i++) table.add(i % 3, i % 20_000, 1);
  const rows = [...table.rows()];
  expect(rows.length).toBe(50_000);
  expect(rows.every(({ count, selfSize }) => count === 1 && selfSize === 1)).toBe(true);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GroupTable, mixHash } from '../../src/graph/group-table.js';

test('groups equal items in order of first appearance, whatever the hash', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 8 }), (values, hashes) => {
      const table = new GroupTable((first, item) => values[first] === values[item]);
      const distinct = [...new Set(values)];
      values.forEach((value, item) => {
        expect(table.groupOf(item, value % hashes)).toBe(distinct.indexOf(value));
      });
      expect(table.count).toBe(distinct.length);
      distinct.forEach((value, group) => {
        expect(table.firstOf(group)).toBe(values.indexOf(value));
      });
    }),
  );
});

test('grows', () => {
  const table = new GroupTable((first, item) => first % 10_000 === item % 10_000);
  for (let item = 0; item < 30_000; item++) {
    expect(table.groupOf(item, mixHash(0, item % 10_000))).toBe(item % 10_000);
  }
  expect(table.count).toBe(10_000);
});

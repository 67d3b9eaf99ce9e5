import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortById } from '../../src/kernels/sort-by-id.js';

const id = fc.oneof(
  fc.nat(20),
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.integer({ min: 2 ** 32, max: Number.MAX_SAFE_INTEGER }),
);

test('nodes with a shallow size come by id, equal ids in file order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(id, fc.nat(2)), { maxLength: 200 }), fc.boolean(), (nodes, sorted) => {
      const list = sorted ? nodes.toSorted(([a], [b]) => a - b) : nodes;
      const ids = list.map(([value]) => value);
      const column = ids.some((value) => value >= 2 ** 32) ? Float64Array.from(ids) : Uint32Array.from(ids);
      const expected = list
        .map((_, node) => node)
        .filter((node) => list[node][1] > 0)
        .sort((a, b) => ids[a] - ids[b] || a - b);
      expect([
        ...sortById(
          column,
          Uint32Array.from(list, ([, size]) => size),
        ),
      ]).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

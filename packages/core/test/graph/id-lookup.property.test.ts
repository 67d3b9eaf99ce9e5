import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAscendingRuns, IdLookup } from '../../src/graph/id-lookup.js';
import { arbitraryWideInteger } from '../support/arbitrary-values.js';

const runs = fc.array(
  fc.array(arbitraryWideInteger(), { maxLength: 12 }).map((ids) => ids.sort((a, b) => a - b)),
  { minLength: 1, maxLength: 40 },
);

test('finds the first node of every id, in columns that ascend and in others', () => {
  fc.assert(
    fc.property(runs, fc.array(arbitraryWideInteger()), (lists, others) => {
      const ids = lists.flat();
      const lookup = new IdLookup({ idByNode: Float64Array.from(ids) });
      for (const id of [...ids, ...others]) {
        const node = ids.indexOf(id);
        expect(lookup.ordinalOf(id)).toBe(node < 0 ? undefined : node);
      }
    }),
  );
});

test('runs are as long as they can be; many are no runs', () => {
  expect(findAscendingRuns(Uint32Array.of(1, 3, 5, 4, 6, 6, 7))).toEqual(Uint32Array.of(0, 3, 5));
  expect(findAscendingRuns(new Uint32Array(0))).toEqual(new Uint32Array(0));
  expect(findAscendingRuns(Uint32Array.from({ length: 32 }, (_, i) => 32 - i))).toHaveLength(32);
  expect(findAscendingRuns(Uint32Array.from({ length: 33 }, (_, i) => 33 - i))).toBeNull();
});

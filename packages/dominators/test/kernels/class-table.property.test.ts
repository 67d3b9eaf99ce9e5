import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeSync } from '../../src/analyze.js';
import { arbitraryHeap, tangledHeap } from '../support/arbitrary-heap.js';
import { bruteForceClassTable } from '../support/brute-force-class-table.js';
import { graphOf } from '../support/drawn-heap.js';

test('a class counts what its members hold once', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryHeap, tangledHeap), (heap) => {
      const rows = analyzeSync(graphOf(heap)).classes();
      const expected = bruteForceClassTable(heap);
      expect(rows.map(({ key }) => key).sort()).toEqual([...expected.keys()].sort());
      for (const { key, count, shallowSize, retainedSize, distance, ordinals } of rows) {
        expect({ key, count, shallowSize, retainedSize, distance, ordinals: [...ordinals()] }).toEqual(
          expected.get(key),
        );
      }
    }),
    { numRuns: 2000 },
  );
});

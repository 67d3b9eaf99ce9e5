import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeSync } from '../../src/analyze.js';
import { arbitraryHeap, tangledHeap } from '../support/arbitrary-heap.js';
import { bruteForceClassTable } from '../support/brute-force-class-table.js';
import { graphOf } from '../support/drawn-heap.js';
import { PLACES } from '../support/in-arena.js';

test.each(PLACES)('a class counts what its members hold once: %s', (_, put) => {
  fc.assert(
    fc.property(fc.oneof(arbitraryHeap, tangledHeap), (heap) => {
      const rows = analyzeSync(put(graphOf(heap))).classes();
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

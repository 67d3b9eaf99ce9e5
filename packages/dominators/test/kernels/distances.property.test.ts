import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeSync } from '../../src/analyze.js';
import { UNREACHED } from '../../src/kernels/distances.js';
import { arbitraryHeap } from '../support/arbitrary-heap.js';
import { bruteForceDistances } from '../support/brute-force-distances.js';
import { graphOf } from '../support/drawn-heap.js';
import { PLACES } from '../support/in-arena.js';

test.each(PLACES)('distances follow the rules: %s', (_, put) => {
  fc.assert(
    fc.property(arbitraryHeap, (heap) => {
      const { distanceByNode } = analyzeSync(put(graphOf(heap))).columns;
      const distances = Array.from(distanceByNode, (distance) => (distance === UNREACHED ? null : distance));
      expect(distances).toEqual(bruteForceDistances(heap));
    }),
    { numRuns: 4000 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDistanceExceptions } from '../../src/kernels/distance-exceptions.js';
import { measureDistances, UNREACHED } from '../../src/kernels/distances.js';
import { findWeakMapEdges } from '../../src/kernels/weak-map-edges.js';
import { arbitraryHeap } from '../support/arbitrary-heap.js';
import { bruteForceDistances } from '../support/brute-force-distances.js';
import { graphOf } from '../support/drawn-heap.js';

test('distances follow the rules', () => {
  fc.assert(
    fc.property(arbitraryHeap, (heap) => {
      const { columns } = graphOf(heap);
      const distances = Array.from(
        measureDistances(columns, findDistanceExceptions(columns, findWeakMapEdges(columns))),
        (distance) => (distance === UNREACHED ? null : distance),
      );
      expect(distances).toEqual(bruteForceDistances(heap));
    }),
    { numRuns: 4000 },
  );
});

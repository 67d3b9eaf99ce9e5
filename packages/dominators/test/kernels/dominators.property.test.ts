import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeSync } from '../../src/analyze.js';
import { arbitraryHeap, tangledHeap } from '../support/arbitrary-heap.js';
import { bruteForceDominators } from '../support/brute-force-dominators.js';
import { graphOf, shallowSizesOf } from '../support/drawn-heap.js';
import { PLACES } from '../support/in-arena.js';

test.each(PLACES)(
  'a dominator is what, taken out, leaves a node unreached; retained is what goes with it: %s',
  (_, put) => {
    fc.assert(
      fc.property(fc.oneof(arbitraryHeap, tangledHeap), (heap) => {
        const { columns } = analyzeSync(put(graphOf(heap)));
        const { dominatorByNode, retainedSizeByNode } = bruteForceDominators(heap);
        expect([...columns.dominatorByNode]).toEqual(dominatorByNode);
        expect([...columns.shallowSizeByNode]).toEqual(shallowSizesOf(heap));
        expect([...columns.retainedSizeByNode]).toEqual(retainedSizeByNode);

        const { dominatedNodes, firstDominatedByNode } = columns;
        expect(dominatedNodes.length).toBe(heap.nodes.length - 1);
        heap.nodes.forEach((_, node) => {
          const children = dominatedNodes.subarray(
            firstDominatedByNode[node],
            firstDominatedByNode[node + 1],
          );
          expect([...children]).toEqual(
            heap.nodes.flatMap((_, child) =>
              child !== heap.rootOrdinal && dominatorByNode[child] === node ? [child] : [],
            ),
          );
        });
      }),
      { numRuns: 2000 },
    );
  },
);

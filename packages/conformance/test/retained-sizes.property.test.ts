import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runEngine } from '../src/devtools-engine.js';
import { computeRetainedSizes } from '../src/retained-sizes.js';
import { drawnText } from './support/drawn-snapshot.js';
import { randomHeap } from './support/random-heap.js';

test('retained sizes follow from the dominators and the shallow sizes of the engine', async () => {
  await fc.assert(
    fc.asyncProperty(randomHeap, async ({ nodes, options }) => {
      const engine = await runEngine(drawnText(nodes, options));
      expect(computeRetainedSizes(engine.nodes, engine.rootOrdinal)).toEqual(engine.nodes.retainedSizeByNode);
    }),
    { numRuns: 200 },
  );
});

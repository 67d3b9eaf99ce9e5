import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeClassRows } from '../src/class-rows.js';
import { runEngine } from '../src/devtools-engine.js';
import { drawnText } from './support/drawn-snapshot.js';
import { randomHeap } from './support/random-heap.js';

test('rows computed from the node answers of the engine are its rows, but for those it lost a part of', async () => {
  await fc.assert(
    fc.asyncProperty(randomHeap, async ({ nodes, options }) => {
      const engine = await runEngine(drawnText(nodes, options));
      const rows = computeClassRows(engine.nodes, engine.rootOrdinal);

      expect([...rows.keys()].sort()).toEqual([...engine.classes.keys()].sort());
      for (const [key, row] of engine.classes) {
        if (engine.collidingClassKeys.has(key)) expect(row.count).toBeLessThan(rows.get(key)!.count);
        else expect(rows.get(key)).toEqual(row);
      }
    }),
    { numRuns: 300 },
  );
});

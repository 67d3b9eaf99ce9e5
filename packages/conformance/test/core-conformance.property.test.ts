import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { compareAnswers } from '../src/compare.js';
import { runEngine } from '../src/devtools-engine.js';
import { ComparisonTotals, describeDifferences } from '../src/report.js';
import { coreAnswers } from './support/core-answers.js';
import { drawnText } from './support/drawn-snapshot.js';
import { randomHeap } from './support/random-heap.js';

const totals = new ComparisonTotals();

test('core and DevTools answer alike about 1,000 random heaps', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomHeap, async ({ nodes, options }) => {
      const text = drawnText(nodes, options);
      const comparison = compareAnswers(await coreAnswers(text), await runEngine(text));
      totals.add(comparison);
      expect(describeDifferences(comparison)).toBe('no differences');
    }),
    { numRuns: 1000 },
  );
});

afterAll(() => {
  console.log(`core and DevTools on random heaps:\n${totals}`);
});

import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { compareAnswers } from '../src/compare.js';
import { RunTotals } from '../src/compare-file.js';
import { heapstreamAnswers } from '../src/heapstream-answers.js';
import { readWithEngine } from '../src/read-with-engine.js';
import { describeDifferences } from '../src/report.js';
import { drawnText } from './support/drawn-snapshot.js';
import { randomHeap } from './support/random-heap.js';

const totals = new RunTotals();

test('heapstream and DevTools answer alike about 1,000 random heaps', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomHeap, async ({ nodes, options }) => {
      const text = drawnText(nodes, options);
      const reading = await readWithEngine(text);
      const comparison = compareAnswers(await heapstreamAnswers(text), reading.answers);
      totals.add('', { comparison, reading });
      expect(describeDifferences(comparison)).toBe('no differences');
    }),
    { numRuns: 1000 },
  );
});

afterAll(() => {
  console.log(`heapstream and DevTools on random heaps: ${totals}`);
});

import { createPool } from '@heapstream/core';
import { analyze } from '@heapstream/dominators';
import { afterAll, describe, expect, test } from 'vitest';
import { compareAnswers } from '../src/compare.js';
import { compareFile, RunTotals } from '../src/compare-file.js';
import { runEngine } from '../src/devtools-engine.js';
import { answersOf, heapstreamAnswers, openText } from '../src/heapstream-answers.js';
import { readDecompressed } from '../src/read-decompressed.js';
import { readWithEngine } from '../src/read-with-engine.js';
import { describeDifferences } from '../src/report.js';
import { drawnText } from './support/drawn-snapshot.js';
import { LARGE_NUMBERS, ONE_NAME, ROOT_LAST, WIDE_TABLE_ID } from './support/engine-faults.js';
import { type FixtureFolder, fixtureFiles } from './support/fixture-files.js';
import { RARE_HEAPS } from './support/rare-heaps.js';

/** Seconds are plenty for the largest fixture; the machine may be busy. */
const TIMEOUT_MS = 60_000;

const FOLDERS: readonly FixtureFolder[] = ['real', 'synthetic'];

/** What the comparison of a file must have held against each other for every node. */
const EVERY_NODE = ['name', 'className', 'shallowSize', 'retainedSize', 'distance', 'dominator'];

describe.each(FOLDERS)('%s snapshots, every node', (folder) => {
  const totals = new RunTotals();

  test('there are fixtures', () => {
    expect(fixtureFiles(folder).length).toBeGreaterThan(0);
  });

  test.each(fixtureFiles(folder))(
    '$name',
    async ({ name, path }) => {
      const result = await compareFile(path);
      const { comparison, reading } = result;
      totals.add(name, result);

      expect(describeDifferences(comparison)).toBe('no differences');
      for (const field of EVERY_NODE) {
        const key = `node.${field}ByNode`;
        const excluded = [...comparison.excluded.values()].map((counts) => counts.get(key) ?? 0);
        expect((comparison.equal.get(key) ?? 0) + excluded.reduce((sum, count) => sum + count, 0)).toBe(
          reading.answers.nodes.nodeCount,
        );
      }
    },
    TIMEOUT_MS,
  );

  afterAll(() => {
    console.log(`heapstream and DevTools on ${folder} snapshots: ${totals}`);
  });
});

describe('in worker threads', () => {
  const pool = createPool({ threads: 2 });
  afterAll(() => pool.close());

  test.each(fixtureFiles('real').filter(({ name }) => /^(node-24|chromium|hermes)/.test(name)))(
    '$name',
    async ({ path }) => {
      const bytes = await readDecompressed(path);
      const analysis = await analyze(await openText(bytes), { pool });
      const comparison = compareAnswers(answersOf(analysis), (await readWithEngine(bytes)).answers);
      expect(describeDifferences(comparison)).toBe('no differences');
    },
    TIMEOUT_MS,
  );
});

/** What fixtures and chance hardly ever hold. */
test.each(Object.entries(RARE_HEAPS))('%s', async (_, heap) => {
  const text = drawnText(heap);
  const comparison = compareAnswers(await heapstreamAnswers(text), await runEngine(text));
  expect(describeDifferences(comparison)).toBe('no differences');
  expect(comparison.excluded.size).toBe(0);
});

test.each([
  { rule: 'numbers-modulo-2^32', heap: LARGE_NUMBERS, options: {} },
  { rule: 'rows-of-one-name', heap: ONE_NAME, options: {} },
  { rule: 'interfaces-from-root-on', heap: ROOT_LAST, options: { rootOrdinal: 2 } },
])('heapstream is right where DevTools is wrong: $rule', async ({ rule, heap, options }) => {
  const text = drawnText(heap, options);
  const comparison = compareAnswers(await heapstreamAnswers(text), await runEngine(text));

  expect(describeDifferences(comparison)).toBe('no differences');
  expect([...comparison.excluded.keys()]).toEqual([rule]);
});

test('heapstream is right where DevTools is wrong: weak-map-tables-modulo-2^32', async () => {
  const text = drawnText(WIDE_TABLE_ID);
  const ours = await heapstreamAnswers(text);
  expect(compareAnswers(ours, await runEngine(text)).different).toEqual(
    new Map([
      ['node.retainedSizeByNode', 1],
      ['node.dominatorByNode', 1],
      ['class.retainedSize', 1],
    ]),
  );

  const { answers, rewrittenNames } = await readWithEngine(text);
  expect(rewrittenNames).toBe(2);
  expect(describeDifferences(compareAnswers(ours, answers))).toBe('no differences');
});

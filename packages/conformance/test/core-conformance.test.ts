import { afterAll, describe, expect, test } from 'vitest';
import { compareAnswers } from '../src/compare.js';
import { runEngine } from '../src/devtools-engine.js';
import { readWithEngine } from '../src/read-with-engine.js';
import { ComparisonTotals, describeDifferences } from '../src/report.js';
import { coreAnswers } from './support/core-answers.js';
import { drawnText } from './support/drawn-snapshot.js';
import { LARGE_NUMBERS, ONE_NAME, ROOT_LAST } from './support/engine-faults.js';
import { type FixtureFolder, fixtureFiles, readDecompressed } from './support/fixture-files.js';

/** Seconds are plenty for the largest fixture; the machine may be busy. */
const TIMEOUT_MS = 60_000;

const FOLDERS: readonly FixtureFolder[] = ['real', 'synthetic'];

describe.each(FOLDERS)('%s snapshots, every node', (folder) => {
  const totals = new ComparisonTotals();
  const passedLoader: string[] = [];
  let lostSigns = 0;

  test('there are fixtures', () => {
    expect(fixtureFiles(folder).length).toBeGreaterThan(0);
  });

  test.each(fixtureFiles(folder))(
    '$name',
    async ({ name, path }) => {
      const bytes = await readDecompressed(path);
      const engine = await readWithEngine(bytes);
      const comparison = compareAnswers(await coreAnswers(bytes), engine.answers);
      totals.add(comparison);
      lostSigns += engine.lostSigns;
      if (engine.passedLoader !== undefined) passedLoader.push(`${name} (${engine.passedLoader.rule.name})`);

      expect(describeDifferences(comparison)).toBe('no differences');
      expect(comparison.equal.get('node.nameByNode')).toBe(engine.answers.nodes.nodeCount);
    },
    TIMEOUT_MS,
  );

  afterAll(() => {
    console.log(`core and DevTools on ${folder} snapshots:\n${totals}`);
    if (lostSigns > 0) console.log(`edge indexes that DevTools read without their minus sign: ${lostSigns}`);
    if (passedLoader.length > 0) console.log(`read past DevTools' loader: ${passedLoader.join(', ')}`);
  });
});

test.each([
  { rule: 'numbers-modulo-2^32', heap: LARGE_NUMBERS, options: {} },
  { rule: 'rows-of-one-name', heap: ONE_NAME, options: {} },
  { rule: 'interfaces-from-root-on', heap: ROOT_LAST, options: { rootOrdinal: 2 } },
])('core is right where DevTools is wrong: $rule', async ({ rule, heap, options }) => {
  const text = drawnText(heap, options);
  const comparison = compareAnswers(await coreAnswers(text), await runEngine(text));

  expect(describeDifferences(comparison)).toBe('no differences');
  expect([...comparison.excluded.keys()]).toEqual([rule]);
});

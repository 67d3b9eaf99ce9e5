import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ENGINES } from '../src/engines/index.js';
import { checkAnswers } from '../src/measure/check-answers.js';
import { runRounds } from '../src/measure/run-rounds.js';
import { TASKS } from '../src/tasks/index.js';

const fixture = new URL('../../packages/core/test/fixtures/synthetic/demo.heapsnapshot', import.meta.url);

it('every engine does every task it has, in a process of its own, and all agree', async () => {
  const file = fileURLToPath(fixture);
  const byteLength = statSync(file).size;
  const labels: string[] = [];
  const series = await runRounds(file, byteLength, TASKS, ENGINES, 1, (label) => labels.push(label));
  const answer = checkAnswers(byteLength, series);
  expect(answer.nodeCount).toBeGreaterThan(1);
  expect(answer.totalSelfSize).toBeGreaterThan(0);
  expect(series.map(({ measurements }) => measurements.length)).toEqual(labels.map(() => 1));
  for (const { measurements } of series) expect(measurements[0].peakRss).toBeGreaterThan(1e6);
});

// bench-open [--rounds 5] [--dry-run] [file…]: measures opening snapshots; without files, the inputs made so far.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { engineNamed } from './engines/index.js';
import { madeInputs } from './inputs.js';
import { checkAnswers } from './measure/check-answers.js';
import { watchMachine } from './measure/machine.js';
import { measure, runRounds, type Series } from './measure/run-rounds.js';
import { checkBounds } from './report/check-bounds.js';
import { toMarkdown } from './report/markdown.js';
import type { InputResults, Results } from './report/results.js';
import { writeResults } from './report/write-results.js';
import { histogram } from './tasks/histogram.js';
import { parse } from './tasks/parse.js';

const TASKS = [parse, histogram];
const ENGINES = ['heapstream', 'heapstream (one thread)', 'JSON.parse', 'plain read'].map(engineNamed);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, 'dry-run': { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const files = positionals.length > 0 ? positionals : madeInputs();
if (!Number.isInteger(rounds) || rounds < 1 || files.length === 0) {
  console.error('usage: npm run bench:open -- [--rounds 5] [--dry-run] [file…]');
  console.error('without files, those that `npm run bench:inputs` has made');
  process.exit(2);
}

const endWatch = watchMachine();
const inputs: InputResults[] = [];
for (const file of files) {
  const bytes = statSync(file).size;
  console.error(basename(file));
  // the file comes from memory in every measurement, not from the disk in the first
  await measure(engineNamed('plain read'), parse, { file });
  const series: Series[] = [];
  for (const task of TASKS) {
    const report = (label: string) => console.error(`  ${label}`);
    series.push(...(await runRounds({ file }, bytes, task, ENGINES, rounds, report)));
  }
  inputs.push({ file: basename(file), bytes, answer: checkAnswers(bytes, series), series });
}

const results: Results = {
  name: 'open',
  date: new Date().toISOString(),
  command: 'npm run bench:open',
  rounds,
  machine: endWatch(),
  inputs,
};
const checks = checkBounds(inputs, TASKS);
const markdown = toMarkdown(results, checks, TASKS, ENGINES);
console.log(markdown);
if (!values['dry-run']) writeResults(results, markdown);
process.exitCode = checks.every(({ holds }) => holds) ? 0 : 1;

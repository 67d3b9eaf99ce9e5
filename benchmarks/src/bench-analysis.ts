// bench-analysis [--rounds 5] [--dry-run] [file…]: analyses open snapshots with one worker thread and with two.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs, promisify } from 'node:util';
import { BENCHMARKS_FOLDER, madeInputs } from './inputs.js';
import type { AbortMeasurement, AnalysisMeasurement } from './measure/analysis-measurement.js';
import { type Machine, watchMachine } from './measure/machine.js';
import { spreadOf } from './measure/spread.js';
import { machineText, spreadText } from './report/markdown.js';
import { placeBetweenMarks } from './report/write-results.js';

const THREADS = [1, 2] as const;
/** Two threads must be so much faster than one, on snapshots of this size and more. */
const SPEED_UP = 1.3;
const SPEED_UP_FROM_BYTES = 100e6;
const LONGEST_PAUSE = 50;
const LONGEST_ABORT = 200;
const MEASURE = fileURLToPath(new URL('../dist/measure/measure-analysis.js', import.meta.url));
const runFile = promisify(execFile);

interface FileResults {
  readonly file: string;
  readonly bytes: number;
  readonly byThreads: Record<string, AnalysisMeasurement[]>;
  readonly aborts: AbortMeasurement[];
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, 'dry-run': { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
// below that an analysis is over before it could be aborted
const files =
  positionals.length > 0 ? positionals : madeInputs().filter((file) => statSync(file).size > 50e6);
if (!Number.isInteger(rounds) || rounds < 1 || files.length === 0) {
  console.error('usage: npm run bench:analysis -- [--rounds 5] [--dry-run] [file…]');
  process.exit(2);
}

const endWatch = watchMachine();
const results: FileResults[] = [];
for (const file of files) results.push(await measureFile(file));
const machine = endWatch();
const failures = results.flatMap(brokenBounds);
const markdown = report(results, machine, failures);
console.log(markdown);
if (!values['dry-run']) write(markdown, machine);
process.exitCode = failures.length === 0 ? 0 : 1;

async function measureFile(file: string): Promise<FileResults> {
  const byThreads: Record<string, AnalysisMeasurement[]> = { 1: [], 2: [] };
  const aborts: AbortMeasurement[] = [];
  for (let round = 0; round < rounds; round++) {
    // each round begins with the other one
    const order = round % 2 === 0 ? THREADS : THREADS.toReversed();
    for (const threads of order) {
      console.error(`${basename(file)}: round ${round + 1} of ${rounds}, ${threads} threads`);
      byThreads[threads].push(await measure<AnalysisMeasurement>(file, String(threads)));
    }
    if (statSync(file).size >= SPEED_UP_FROM_BYTES * 5)
      aborts.push(await measure<AbortMeasurement>(file, '2', 'abort'));
  }
  const [first, ...others] = [...byThreads[1], ...byThreads[2]].map(({ answer }) => answer);
  if (!others.every((answer) => isDeepStrictEqual(answer, first))) {
    throw new Error(`${file}: the answers differ: ${JSON.stringify([first, ...others])}`);
  }
  return { file: basename(file), bytes: statSync(file).size, byThreads, aborts };
}

async function measure<T>(...args: string[]): Promise<T> {
  const { stdout } = await runFile(process.execPath, [MEASURE, ...args]);
  return JSON.parse(stdout) as T;
}

function speedUp({ byThreads }: FileResults): number {
  const [one, two] = THREADS.map(
    (threads) => spreadOf(byThreads[threads].map(({ milliseconds }) => milliseconds)).median,
  );
  return one / two;
}

function brokenBounds(result: FileResults): string[] {
  const broken: string[] = [];
  if (result.bytes >= SPEED_UP_FROM_BYTES && speedUp(result) < SPEED_UP) {
    broken.push(`${result.file}: two threads are less than ${SPEED_UP} times as fast as one`);
  }
  const pauses = Object.values(result.byThreads).flat();
  if (spreadOf(pauses.map(({ longestPause }) => longestPause)).median > LONGEST_PAUSE) {
    broken.push(`${result.file}: the event loop had pauses of more than ${LONGEST_PAUSE} ms`);
  }
  if (
    result.aborts.length > 0 &&
    spreadOf(result.aborts.map((one) => one.milliseconds)).median > LONGEST_ABORT
  ) {
    broken.push(`${result.file}: aborting took more than ${LONGEST_ABORT} ms`);
  }
  return broken;
}

function report(all: readonly FileResults[], where: Machine, broken: readonly string[]): string {
  const rows = all.flatMap((result) =>
    THREADS.map((threads) => {
      const series = result.byThreads[threads];
      const seconds = spreadOf(series.map(({ milliseconds }) => milliseconds / 1000));
      const pause = spreadOf(series.map(({ longestPause }) => longestPause));
      const peak = spreadOf(series.map(({ peakRss }) => peakRss / 1e6));
      const cells = [
        result.file,
        String(threads),
        spreadText(seconds, (value) => value.toFixed(2)),
        threads === 1 ? '' : `${speedUp(result).toFixed(2)} ×`,
        spreadText(pause, (value) => value.toFixed(0)),
        spreadText(peak, (value) => value.toFixed(0)),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  );
  const aborts = all
    .filter((result) => result.aborts.length > 0)
    .map(({ aborts: measured, file }) => {
      const spread = spreadOf(measured.map(({ milliseconds }) => milliseconds));
      return `- ${file}: aborted half a second after it began, the analysis was over ${spreadText(spread, (value) => value.toFixed(0))} ms later.`;
    });
  const bounds =
    broken.length > 0
      ? broken.map((text) => `- **Broken:** ${text}.`)
      : [
          `- Bounds hold: two threads at least ${SPEED_UP} × as fast, pauses up to ${LONGEST_PAUSE} ms, aborts within ${LONGEST_ABORT} ms.`,
        ];
  return [
    `Medians of ${rounds} rounds, with the smallest and the largest. ${new Date().toISOString().slice(0, 10)}; ${machineText(where)}. ` +
      'The snapshot is open and the threads have loaded their code; the answers of all runs were the same. *Pause*: the longest time that the ' +
      "caller's event loop had no turn.",
    [
      '| snapshot | threads | seconds | faster | pause, ms | peak RSS, MB |',
      '|---|--:|--:|--:|--:|--:|',
      ...rows,
    ].join('\n'),
    [...aborts, ...bounds].join('\n'),
    '',
  ].join('\n\n');
}

function write(text: string, where: Machine): void {
  const folder = join(BENCHMARKS_FOLDER, 'results');
  mkdirSync(folder, { recursive: true });
  const data = { name: 'analysis', command: 'npm run bench:analysis', rounds, machine: where, results };
  writeFileSync(join(folder, 'analysis.json'), `${JSON.stringify(data, null, 2)}\n`);
  const readme = join(BENCHMARKS_FOLDER, 'README.md');
  writeFileSync(readme, placeBetweenMarks(readFileSync(readme, 'utf8'), 'analysis', text));
}

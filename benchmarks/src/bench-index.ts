// bench-index [--rounds 3] [--questions 50] [--dry-run] [file…]: the first command on a snapshot, the same from its index
// file, and questions to a graph that was reopened.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { BENCHMARKS_FOLDER, madeInputs } from './inputs.js';
import { type Machine, watchMachine } from './measure/machine.js';
import type { QuestionsMeasurement } from './measure/measure-questions.js';
import { spreadOf } from './measure/spread.js';
import { machineText, spreadText } from './report/markdown.js';
import { placeBetweenMarks } from './report/write-results.js';

/** Bounds for snapshots of that size and more: reopening as a share of the first time, and milliseconds of a question. */
const BOUNDED_FROM_BYTES = 1e9;
const LARGEST_SHARE = 0.03;
const LONGEST_QUESTION = 300;
const COMMAND = fileURLToPath(new URL('../../packages/heapstream/bin/heapstream.js', import.meta.url));
const MEASURE = fileURLToPath(new URL('../dist/measure/measure-questions.js', import.meta.url));
const runFile = promisify(execFile);

interface FileResults {
  readonly file: string;
  readonly bytes: number;
  readonly indexBytes: number;
  /** Milliseconds of whole processes: without an index, writing it, and from it. */
  readonly first: number[];
  readonly writing: number[];
  readonly reopened: number[];
  readonly questions: QuestionsMeasurement;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    questions: { type: 'string', default: '50' },
    'dry-run': { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const questionCount = Number(values.questions);
const files = positionals.length > 0 ? positionals : madeInputs();
if (
  !(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(questionCount) && questionCount > 0) ||
  files.length === 0
) {
  console.error('usage: npm run bench:index -- [--rounds 3] [--questions 50] [--dry-run] [file…]');
  process.exit(2);
}

const endWatch = watchMachine();
const results: FileResults[] = [];
for (const file of files) results.push(await measureFile(resolve(file)));
const machine = endWatch();
const broken = results.flatMap(brokenBounds);
const markdown = report(results, machine, broken);
console.log(markdown);
if (!values['dry-run']) write(markdown, machine);
process.exitCode = broken.length === 0 ? 0 : 1;

/** The snapshot stands in a folder of its own, so that no index file is left beside it. */
async function measureFile(file: string): Promise<FileResults> {
  const folder = mkdtempSync(join(freeFolder(file), 'heapstream-bench-index-'));
  const link = join(folder, basename(file));
  const index = `${link}.heapidx`;
  try {
    symlinkSync(file, link);
    const times = { first: [] as number[], writing: [] as number[], reopened: [] as number[] };
    const answers = new Set<string>();
    const summarize = async (series: number[], ...options: string[]) => {
      const started = performance.now();
      const { stderr, stdout } = await runFile(
        process.execPath,
        [COMMAND, 'summary', link, '--json', ...options],
        {
          maxBuffer: 2 ** 30,
        },
      );
      series.push(performance.now() - started);
      if (stderr !== '') throw new Error(stderr);
      answers.add(stdout);
    };
    for (let round = 0; round < rounds; round++) {
      console.error(`${basename(file)}: round ${round + 1} of ${rounds}`);
      rmSync(index, { force: true });
      await summarize(times.first);
      await summarize(times.writing, '--index');
      await summarize(times.reopened, '--index');
    }
    // more of them cost little, and short times scatter
    for (let more = 0; more < 2 * rounds; more++) await summarize(times.reopened, '--index');
    if (answers.size !== 1) throw new Error(`${file}: the summaries differ`);
    const { stdout } = await runFile(process.execPath, [MEASURE, link, String(questionCount), 'check']);
    const questions = JSON.parse(stdout) as QuestionsMeasurement;
    return {
      file: basename(file),
      bytes: statSync(file).size,
      indexBytes: statSync(index).size,
      ...times,
      questions,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Beside the snapshot where that is ours, else where temporary files go: an index takes the room of its snapshot. */
function freeFolder(file: string): string {
  return dirname(file).startsWith(BENCHMARKS_FOLDER) ? dirname(file) : tmpdir();
}

function shareOf({ first, reopened }: FileResults): number {
  return spreadOf(reopened).median / spreadOf(first).median;
}

function brokenBounds(result: FileResults): string[] {
  if (result.bytes < BOUNDED_FROM_BYTES) return [];
  const broken: string[] = [];
  if (shareOf(result) >= LARGEST_SHARE)
    broken.push(`${result.file}: reopening takes ${LARGEST_SHARE * 100} % of the first time or more`);
  const { median } = spreadOf(result.questions.milliseconds.paths);
  if (median > LONGEST_QUESTION)
    broken.push(`${result.file}: the paths of a node take more than ${LONGEST_QUESTION} ms`);
  return broken;
}

function report(all: readonly FileResults[], where: Machine, brokenOnes: readonly string[]): string {
  const seconds = (series: readonly number[]) =>
    spreadText(spreadOf(series.map((value) => value / 1000)), (value) => value.toFixed(2));
  const commands = all.map((result) => {
    const cells = [
      result.file,
      seconds(result.first),
      seconds(result.writing),
      seconds(result.reopened),
      `${(shareOf(result) * 100).toFixed(1)} %`,
      (result.indexBytes / 1e6).toFixed(0),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const questions = all.flatMap(({ file, questions: { milliseconds } }) =>
    Object.entries(milliseconds).map(([kind, series]) => {
      const sorted = series.toSorted((a, b) => a - b);
      const percentile95 = sorted[Math.ceil(sorted.length * 0.95) - 1];
      const { max, median } = spreadOf(series);
      const cells = [kind, median, percentile95, max].map((cell) =>
        typeof cell === 'number' ? cell.toFixed(0) : cell,
      );
      return `| ${[file, ...cells].join(' | ')} |`;
    }),
  );
  const bounds =
    brokenOnes.length > 0
      ? brokenOnes.map((text) => `- **Broken:** ${text}.`)
      : [
          `- Bounds hold from 1 GB on: reopening under ${LARGEST_SHARE * 100} % of the first time, the paths of a node within ${LONGEST_QUESTION} ms (median).`,
        ];
  return [
    `Medians of ${rounds} rounds, with the smallest and the largest. ${new Date().toISOString().slice(0, 10)}; ${machineText(where)}. ` +
      'Seconds of `heapstream summary --json` as a whole process; all printed the same.',
    [
      '| snapshot | first | first, writing the index | from the index | share of the first | index, MB |',
      '|---|--:|--:|--:|--:|--:|',
      ...commands,
    ].join('\n'),
    `Milliseconds of questions about ${questionCount} random nodes, found by their ids; each time of a graph that was reopened for it. The answers were those of the parsed graph.`,
    [
      '| snapshot | question | median | 95th percentile | longest |',
      '|---|---|--:|--:|--:|',
      ...questions,
    ].join('\n'),
    bounds.join('\n'),
    '',
  ].join('\n\n');
}

function write(text: string, where: Machine): void {
  const folder = join(BENCHMARKS_FOLDER, 'results');
  mkdirSync(folder, { recursive: true });
  const data = { name: 'index', command: 'npm run bench:index', rounds, machine: where, results };
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(data, null, 2)}\n`);
  const readme = join(BENCHMARKS_FOLDER, 'README.md');
  writeFileSync(readme, placeBetweenMarks(readFileSync(readme, 'utf8'), 'index', text));
}

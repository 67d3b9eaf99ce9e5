// bench-viewer [--rounds 3] [--dry-run] [--no-page] [file…]: how fast `heapstream view` answers, and what its page takes.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { ViewerClient } from '@heapstream/viewer';
import { BENCHMARKS_FOLDER, madeInputs } from './inputs.js';
import type { Hubs } from './measure/find-hubs.js';
import { IDLE_SHARE, type Machine, watchMachine } from './measure/machine.js';
import { type PageMemory, ViewerPage } from './measure/measure-page.js';
import { spreadOf } from './measure/spread.js';
import { ask, QUESTION_KINDS, type QuestionKind, viewerQuestions } from './measure/viewer-questions.js';
import { machineText, spreadText } from './report/markdown.js';
import { placeBetweenMarks } from './report/write-results.js';

/** Milliseconds, and bytes of the page: bounds for snapshots of that size and more. */
const BOUNDED_FROM_BYTES = 1e9;
const LONGEST_FIRST_VIEW = 1_000;
const LONGEST_ANSWER = 300;
const LARGEST_PAGE = 150e6;
const COMMAND = fileURLToPath(new URL('../../packages/heapstream/bin/heapstream.js', import.meta.url));
const FIND_HUBS = fileURLToPath(new URL('../dist/measure/find-hubs.js', import.meta.url));
const runFile = promisify(execFile);

interface RoundResults {
  /** Milliseconds from the start of the command until the snapshot is ready. */
  readonly ready: number;
  /** From there until the server has answered for the first view, and until the page, opened before, shows it. */
  readonly firstAnswer: number;
  /** Processor time of the server for it. */
  readonly firstProcessor: number;
  readonly firstRows: number | null;
  /** A search asked at once; and its processor time. */
  readonly earlySearch: number;
  readonly earlyProcessor: number;
  readonly milliseconds: Record<QuestionKind, number[]>;
  /** The same as processor time of the server's threads: what a busy machine does not change. */
  readonly processor: Record<QuestionKind, number[]>;
  /** Bytes of the server at its peak. */
  readonly peakRss: number;
  readonly page: PageMemory | null;
}

interface FileResults {
  readonly file: string;
  readonly bytes: number;
  readonly hubs: Hubs;
  readonly rounds: readonly RoundResults[];
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    'dry-run': { type: 'boolean', default: false },
    'no-page': { type: 'boolean', default: false },
  },
});
const roundCount = Number(values.rounds);
const files = positionals.length > 0 ? positionals : madeInputs();
if (!(Number.isInteger(roundCount) && roundCount > 0) || files.length === 0) {
  console.error('usage: npm run bench:viewer -- [--rounds 3] [--dry-run] [--no-page] [file…]');
  process.exit(2);
}

const endWatch = watchMachine();
const results: FileResults[] = [];
for (const file of files) results.push(await measureFile(resolve(file)));
const machine = endWatch();
/** Where others use the machine, waiting times are theirs: bounds are then held against processor time. */
const measure: Measure = (machine.usedByOthers ?? 1) <= IDLE_SHARE ? 'milliseconds' : 'processor';
const broken = results.flatMap(brokenBounds);
const markdown = report(results, machine, broken);
console.log(markdown);
if (!values['dry-run']) write(markdown, machine);
process.exitCode = broken.length === 0 ? 0 : 1;

async function measureFile(file: string): Promise<FileResults> {
  const { stdout } = await runFile(process.execPath, [FIND_HUBS, file]);
  const hubs = JSON.parse(stdout) as Hubs;
  const rounds: RoundResults[] = [];
  for (let round = 0; round < roundCount; round++) {
    console.error(`${basename(file)}: round ${round + 1} of ${roundCount}`);
    rounds.push(await measureRound(file, hubs));
  }
  return { file: basename(file), bytes: statSync(file).size, hubs, rounds };
}

async function measureRound(file: string, hubs: Hubs): Promise<RoundResults> {
  const started = performance.now();
  const server = spawn(process.execPath, [COMMAND, 'view', file, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let viewed: ViewerPage | null = null;
  try {
    const [line] = await once(server.stdout!, 'data');
    const url = String(line).trim();
    const client = new ViewerClient({ url });
    viewed = values['no-page'] ? null : await ViewerPage.open(url);
    await untilReady(client);
    const ready = performance.now();
    const rows = viewed?.untilRows().then(() => performance.now() - ready);
    const processorBefore = processorMilliseconds(server);
    await client.get('classes', { snapshot: 0 });
    const firstAnswer = performance.now() - ready;
    const firstProcessor = processorMilliseconds(server) - processorBefore;
    const firstRows = (await rows) ?? null;
    const beforeSearch = performance.now();
    const processorBeforeSearch = processorMilliseconds(server);
    await client.get('search', { snapshot: 0, query: 'a search at once' });
    const earlySearch = performance.now() - beforeSearch;
    const earlyProcessor = processorMilliseconds(server) - processorBeforeSearch;
    // orders of names are prepared meanwhile
    await client.get('largest-strings', { snapshot: 0, sort: 'name', limit: 1, offset: 8 });

    const milliseconds = emptySeries();
    const processor = emptySeries();
    for (const question of await viewerQuestions(client, hubs)) {
      const before = processorMilliseconds(server);
      milliseconds[question.kind].push(await ask(client, question));
      processor[question.kind].push(processorMilliseconds(server) - before);
    }
    await viewed?.scrollThroughClasses();
    const page = (await viewed?.memory()) ?? null;
    return {
      ready: ready - started,
      firstAnswer,
      firstProcessor,
      firstRows,
      earlySearch,
      earlyProcessor,
      milliseconds,
      processor,
      peakRss: peakRssOf(server),
      page,
    };
  } finally {
    await viewed?.close();
    await end(server);
  }
}

async function untilReady(client: ViewerClient): Promise<void> {
  for (;;) {
    const [{ error, status }] = (await client.get('state', {})).snapshots;
    if (status === 'ready') return;
    if (error) throw new Error(error.message);
    await setTimeout(10);
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
}

function peakRssOf({ pid }: ChildProcess): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Number(kilobytes) * 1024;
}

function emptySeries(): Record<QuestionKind, number[]> {
  const kinds = Object.keys(QUESTION_KINDS) as QuestionKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<QuestionKind, number[]>;
}

/** Of all threads; Linux counts them in nanoseconds. */
function processorMilliseconds({ pid }: ChildProcess): number {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    try {
      const [nanoseconds] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
      return sum + Number(nanoseconds) / 1e6;
    } catch {
      // a thread that has ended meanwhile
      return sum;
    }
  }, 0);
}

type Measure = 'milliseconds' | 'processor';

function timesOf({ rounds }: FileResults, kind: QuestionKind, measure: Measure): number[] {
  return rounds.flatMap((round) => round[measure][kind]);
}

function brokenBounds(result: FileResults): string[] {
  if (result.bytes < BOUNDED_FROM_BYTES) return [];
  const found: string[] = [];
  const check = (what: string, value: number, bound: number): void => {
    if (value > bound)
      found.push(
        `${result.file}: ${what} takes more than ${bound} ms${measure === 'processor' ? ' of processor time' : ''}`,
      );
  };
  const first = result.rounds.map(({ firstAnswer, firstProcessor, firstRows }) =>
    measure === 'processor' ? firstProcessor : (firstRows ?? firstAnswer),
  );
  check('the first view', spreadOf(first).median, LONGEST_FIRST_VIEW);
  const early = result.rounds.map(({ earlyProcessor, earlySearch }) =>
    measure === 'processor' ? earlyProcessor : earlySearch,
  );
  check('a search at once', spreadOf(early).median, LONGEST_ANSWER);
  for (const kind of Object.keys(QUESTION_KINDS) as QuestionKind[]) {
    const { max, median } = spreadOf(timesOf(result, kind, measure));
    check(`*${kind}* (median)`, median, LONGEST_ANSWER);
    check(`*${kind}* (longest)`, max, LONGEST_ANSWER);
  }
  const pages = result.rounds.flatMap(({ page }) => page?.process ?? []);
  if (pages.length > 0 && Math.max(...pages) > LARGEST_PAGE) {
    found.push(`${result.file}: the page takes more than ${LARGEST_PAGE / 1e6} MB`);
  }
  return found;
}

function report(all: readonly FileResults[], where: Machine, brokenOnes: readonly string[]): string {
  const whole = (series: readonly number[]): string =>
    spreadText(spreadOf(series), (value) => value.toFixed(0));
  const megabytes = (series: readonly number[]): string => whole(series.map((value) => value / 1e6));
  const runs = all.map(({ bytes, file, rounds }) => {
    const pages = rounds.flatMap(({ page }) => page ?? []);
    const rows = rounds.flatMap(({ firstRows }) => firstRows ?? []);
    const cells = [
      `${file}, ${(bytes / 1e6).toFixed(0)} MB`,
      whole(rounds.map(({ ready }) => ready / 1000)),
      whole(rounds.map(({ firstAnswer }) => firstAnswer)),
      rows.length > 0 ? whole(rows) : '–',
      whole(rounds.map(({ earlySearch }) => earlySearch)),
      megabytes(rounds.map(({ peakRss }) => peakRss)),
      pages.length > 0 ? megabytes(pages.map((page) => page.process)) : '–',
      pages.length > 0 ? megabytes(pages.map((page) => page.script)) : '–',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const questions = all.flatMap((result) =>
    (Object.keys(QUESTION_KINDS) as QuestionKind[]).map((kind) => {
      const times = timesOf(result, kind, 'milliseconds');
      const cells = [times, timesOf(result, kind, 'processor')].flatMap((series) => {
        const sorted = series.toSorted((a, b) => a - b);
        const percentile95 = sorted[Math.ceil(sorted.length * 0.95) - 1];
        const { max, median } = spreadOf(sorted);
        return [median, percentile95, max].map((value) => value.toFixed(0));
      });
      return `| ${[result.file, kind, times.length, ...cells].join(' | ')} |`;
    }),
  );
  const hubs = all.map(({ file, hubs: { mostEdges, mostRetainers } }) => {
    const [edges, retainers] = [mostEdges.count, mostRetainers.count].map((count) =>
      count.toLocaleString('en-US'),
    );
    return `${file}: ${edges} edges leave the object of most edges, ${retainers} lead to the one that most hold`;
  });
  const bounds =
    brokenOnes.length > 0
      ? brokenOnes.map((text) => `- **Broken:** ${text}.`)
      : [
          `- Bounds hold from 1 GB on: the first view within ${LONGEST_FIRST_VIEW} ms after the analysis, every answer within ${LONGEST_ANSWER} ms${measure === 'processor' ? ' of processor time' : ''}, the page under ${LARGEST_PAGE / 1e6} MB.`,
        ];
  return [
    `Medians of ${roundCount} rounds, with the smallest and the largest. ${new Date().toISOString().slice(0, 10)}; ${machineText(where)}.`,
    [
      '| snapshot | ready after, s | first answer, ms | first rows in the page, ms | a search at once, ms | server, peak RSS, MB | page, private MB | of it script, MB |',
      '|---|--:|--:|--:|--:|--:|--:|--:|',
      ...runs,
    ].join('\n'),
    'First answers and rows count from the moment when the analysis was done; the page was open before. Milliseconds of answers as a program on the same machine sees them, each question asked once a round; and of processor time of the server, all threads:',
    [
      '| snapshot | question | asked | median | 95th percentile | longest | processor: median | 95th percentile | longest |',
      '|---|---|--:|--:|--:|--:|--:|--:|--:|',
      ...questions,
    ].join('\n'),
    `${hubs.join('; ')}.`,
    bounds.join('\n'),
    '',
  ].join('\n\n');
}

function write(text: string, where: Machine): void {
  const folder = join(BENCHMARKS_FOLDER, 'results');
  mkdirSync(folder, { recursive: true });
  const data = {
    name: 'viewer',
    command: 'npm run bench:viewer',
    rounds: roundCount,
    machine: where,
    results,
  };
  writeFileSync(join(folder, 'viewer.json'), `${JSON.stringify(data, null, 2)}\n`);
  const readme = join(BENCHMARKS_FOLDER, 'README.md');
  writeFileSync(readme, placeBetweenMarks(readFileSync(readme, 'utf8'), 'viewer', text));
}

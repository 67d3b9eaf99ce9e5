// bench-diff [--rounds 3] [--dry-run] [--node <binary>] [before after]: compares two snapshots of one process with the
// whole command, side by side and leanly. Without files, the pair in `.work`, which is made if it is not there.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { BENCHMARKS_FOLDER, CHECKED_SOURCES, WORK_FOLDER } from './inputs.js';
import { watchMachine } from './measure/machine.js';
import type { CommandUsage } from './measure/report-usage.js';
import { spreadOf } from './measure/spread.js';
import { installPeers } from './peers/install-peers.js';
import { PEER_FOLDER, PEER_NODE } from './peers/peer-folder.js';
import { machineText, spreadText } from './report/markdown.js';
import { placeBetweenMarks } from './report/write-results.js';

/** Two snapshots of 1.5 GB must fit. */
const MAX_PEAK_RSS = 6 * 2 ** 30;
const HEAP_MEGABYTES = 1150;
const COMMAND = fileURLToPath(new URL('../../packages/heapstream/bin/heapstream.js', import.meta.url));
const REPORT_USAGE = new URL('measure/report-usage.js', import.meta.url).href;
const MODES = { 'side by side': [], lean: ['--lean'] } as const;

interface Run extends CommandUsage {
  readonly seconds: number;
  /** Totals that the command printed. */
  readonly answer: unknown;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    'dry-run': { type: 'boolean', default: false },
    node: { type: 'string', default: PEER_NODE },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || (positionals.length !== 0 && positionals.length !== 2)) {
  console.error('usage: npm run bench:diff -- [--rounds 3] [--dry-run] [--node BIN] [before after]');
  process.exit(2);
}
const files = positionals.length === 2 ? positionals : await madePair(values.node);

const endWatch = watchMachine();
const runsByMode = new Map<string, Run[]>();
for (let round = 0; round < rounds; round++) {
  for (const [mode, options] of Object.entries(MODES)) {
    console.error(`round ${round + 1} of ${rounds}, ${mode}`);
    runsByMode.set(mode, [...(runsByMode.get(mode) ?? []), await measure([...options])]);
  }
}
const machine = endWatch();
const allRuns = [...runsByMode.values()].flat();
if (!allRuns.every(({ answer }) => isDeepStrictEqual(answer, allRuns[0].answer))) {
  throw new Error(`the answers differ: ${JSON.stringify(allRuns.map(({ answer }) => answer))}`);
}
const peak = Math.max(...allRuns.map(({ peakRss }) => peakRss));
const markdown = report();
console.log(markdown);
if (!values['dry-run']) write();
if (peak > MAX_PEAK_RSS) console.error(`${gigabytes(peak)} GB is more than 6 GiB`);
process.exitCode = peak <= MAX_PEAK_RSS ? 0 : 1;

/** The pair in `.work`: two moments of one compiler. */
async function madePair(node: string): Promise<string[]> {
  const pair = ['before', 'after'].map((moment) => join(WORK_FOLDER, `ts-1500mb-${moment}.heapsnapshot`));
  if (pair.every((file) => existsSync(file))) return pair;
  await installPeers();
  const typescript = join(PEER_FOLDER, 'node_modules', 'typescript');
  mkdirSync(WORK_FOLDER, { recursive: true });
  const script = fileURLToPath(new URL('make-typescript-heap.js', import.meta.url));
  const args = [script, pair[0], '--second', pair[1], '--heap-mb', String(HEAP_MEGABYTES)];
  const sources = CHECKED_SOURCES.flatMap((folder) => ['--sources', folder]);
  const { status } = spawnSync(
    process.execPath,
    [...args, '--node', node, '--typescript', typescript, ...sources],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
  return pair;
}

async function measure(options: string[]): Promise<Run> {
  const started = performance.now();
  const args = ['--import', REPORT_USAGE, COMMAND, 'diff', ...files, '--json', '--top', '5', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
  const ended = once(child, 'close');
  const [output, usage] = await Promise.all([
    text(child.stdout!),
    text(child.stdio[3] as NodeJS.ReadableStream),
  ]);
  const [status] = await ended;
  if (status !== 0) throw new Error(`heapstream diff ended with status ${status}`);
  const seconds = (performance.now() - started) / 1000;
  const { classes, totals } = JSON.parse(output) as Record<string, unknown>;
  return { ...(JSON.parse(usage) as CommandUsage), seconds, answer: { classes, totals } };
}

function report(): string {
  const sizes = files.map((file) => `${basename(file)} (${gigabytes(statSync(file).size)} GB)`);
  const rows = [...runsByMode].map(([mode, runs]) => {
    const seconds = spreadText(spreadOf(runs.map((run) => run.seconds)), (value) => value.toFixed(1));
    const processor = spreadText(spreadOf(runs.map((run) => run.processorSeconds)), (value) =>
      value.toFixed(1),
    );
    const memory = spreadText(spreadOf(runs.map((run) => run.peakRss)), gigabytes);
    return `| ${mode} | ${seconds} | ${processor} | ${memory} |`;
  });
  return [
    `Medians of ${rounds} rounds, with the smallest and the largest. ${machineText(machine)}`,
    '',
    `\`heapstream diff\` of ${sizes.join(' and ')}, two moments of one process; the whole command.`,
    '',
    '| snapshots | seconds | processor seconds | peak RSS, GB |',
    '|---|---:|---:|---:|',
    ...rows,
    '',
  ].join('\n');
}

function write(): void {
  const folder = join(BENCHMARKS_FOLDER, 'results');
  mkdirSync(folder, { recursive: true });
  const results = {
    name: 'diff',
    date: new Date().toISOString(),
    rounds,
    machine,
    runs: Object.fromEntries(runsByMode),
  };
  writeFileSync(join(folder, 'diff.json'), `${JSON.stringify(results, null, 2)}\n`);
  const readme = join(BENCHMARKS_FOLDER, 'README.md');
  writeFileSync(readme, placeBetweenMarks(readFileSync(readme, 'utf8'), 'diff', markdown));
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(2);
}

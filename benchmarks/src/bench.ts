// bench [--size 10mb,100mb] [--inputs name…] [--tasks …] [--engines …] [--rounds N] [--quick] [--resume] [--write] [file…]
//
// Tasks × engines on real snapshots, answers compared before times. Makes what is missing first: inputs and engines.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BenchState } from './bench-state.js';
import type { Engine, Task, TaskFiles } from './engine.js';
import { removeIndex } from './engines/heapstream.js';
import { ENGINES, engineNamed } from './engines/index.js';
import { INPUTS, isMade, laterPathOf, pathOf } from './inputs.js';
import { measureUnit } from './measure/measure-unit.js';
import { measure } from './measure/run-rounds.js';
import { installPeers } from './peers/install-peers.js';
import type { ComparisonResults, UnitResults } from './report/comparison-results.js';
import { writeComparison } from './report/write-comparison.js';
import { checkTargets } from './targets.js';
import { TASKS } from './tasks/index.js';
import { parse } from './tasks/parse.js';

/** A full run with these takes some 40 minutes on two cores. */
const ROUNDS = { small: 9, large: 3 } as const;
const LARGE_BYTES = 1e9;
/** Two snapshots of 1.5 GB take DevTools minutes a round. */
const LARGEST_COMPARISON = 500e6;

interface BenchInput extends TaskFiles {
  readonly name: string;
  readonly size: string;
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    inputs: { type: 'string' },
    tasks: { type: 'string' },
    engines: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) usage(0);
const tasks = chosen(values.tasks, TASKS, 'task');
const engines = chosen(values.engines, ENGINES, 'engine');
const fixedRounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (fixedRounds !== undefined && !(Number.isInteger(fixedRounds) && fixedRounds > 0)) usage(2);

if (engines.some(({ isPeer }) => isPeer)) await installPeers();
const inputs = positionals.length > 0 ? positionals.map(ownFile) : madeInputs();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
const state = new BenchState<UnitResults>('bench-state.json', values.resume);
const units: UnitResults[] = [];
const failures: string[] = [];
for (const input of inputs) {
  const bytes = statSync(input.file).size;
  const rounds = fixedRounds ?? (values.quick ? 1 : bytes < LARGE_BYTES ? ROUNDS.small : ROUNDS.large);
  console.error(`${input.name}: ${(bytes / 1e6).toFixed(1)} MB, ${rounds} rounds`);
  await warmUp(input);
  for (const task of tasks) {
    if (task.isComparison && (input.later === undefined || bytes > LARGEST_COMPARISON)) continue;
    const unit = await unitOf(input, task, rounds);
    if (unit !== undefined) units.push(unit);
  }
  removeIndex(input.file);
}

const results: ComparisonResults = {
  name: 'comparison',
  command: `npm run bench${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`,
  inputs: inputs.map(({ name, size, file }) => {
    const counted = units.find((unit) => unit.input === name && unit.nodeCount !== undefined);
    const { nodeCount = 0, edgeCount = 0 } = counted ?? {};
    return { name, size, bytes: statSync(file).size, nodeCount, edgeCount };
  }),
  units,
};
const targets = checkTargets(results);
// the published tables are those of whole runs
const { size, inputs: names, tasks: someTasks, engines: someEngines, quick } = values;
const isPartial = positionals.length > 0 || quick || [size, names, someTasks, someEngines].some(Boolean);
await writeComparison(results, targets, tasks, engines, { isDry: isPartial && !values.write });
for (const failure of failures) console.error(`FAILED  ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Measures, or takes what an interrupted run has measured in the same way. */
async function unitOf(input: BenchInput, task: Task, rounds: number): Promise<UnitResults | undefined> {
  const key = [input.name, task.name, rounds, ...engines.map(({ name }) => name)].join(' ');
  const known = state.get(key);
  if (known !== undefined) {
    console.error(`  ${task.name}: kept from the run before`);
    return known;
  }
  try {
    const unit = await measureUnit(input.name, input, task, engines, rounds, (label) =>
      console.error(`  ${label}`),
    );
    state.put(key, unit);
    return unit;
  } catch (error) {
    failures.push(`${input.name}: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

/** The file comes from memory in every measurement, not from the disk in the first. */
async function warmUp({ file, later }: BenchInput): Promise<void> {
  for (const path of [file, later]) {
    if (path !== undefined) await measure(engineNamed('plain read'), parse, { file: path });
  }
}

function madeInputs(): BenchInput[] {
  const sizes = (values.size ?? (values.quick ? '5mb,10mb' : undefined))?.split(',');
  const names = values.inputs?.split(',');
  const wanted = INPUTS.filter(({ name, size, isExtra }) => {
    if (names !== undefined) return names.includes(name);
    return !isExtra && (sizes === undefined || sizes.includes(size));
  });
  if (wanted.length === 0) usage(2);
  const missing = wanted.filter((input) => !isMade(input)).map(({ name }) => name);
  if (missing.length > 0) {
    const script = fileURLToPath(new URL('make-inputs.js', import.meta.url));
    const { status } = spawnSync(process.execPath, [script, ...missing], { stdio: 'inherit' });
    if (status !== 0) process.exit(1);
  }
  return wanted.map((input) => ({
    name: input.name,
    size: input.size,
    file: pathOf(input),
    ...(input.hasLater && { later: laterPathOf(input) }),
  }));
}

/** npm changes to the root of the repository; INIT_CWD is where it was called. */
function ownFile(path: string): BenchInput {
  const file = resolve(process.env.INIT_CWD ?? '.', path);
  if (!existsSync(file)) {
    console.error(`${file}: no such file`);
    process.exit(2);
  }
  return { name: basename(file), size: 'own', file };
}

function chosen<Kind extends Engine | Task>(
  list: string | undefined,
  all: readonly Kind[],
  kind: string,
): Kind[] {
  if (list === undefined) return [...all];
  const names = list.split(',');
  const unknown = names.find((name) => !all.some((one) => one.name === name));
  if (unknown === undefined) return all.filter(({ name }) => names.includes(name));
  console.error(`${kind} ${unknown}: there are ${all.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

function usage(status: number): never {
  const text = [
    'usage: npm run bench -- [options] [file…]',
    `  --size ${[...new Set(INPUTS.map(({ size }) => size))].join(',')}   inputs of these sizes only`,
    `  --inputs ${INPUTS.map(({ name }) => name).join(',')}`,
    `  --tasks ${TASKS.map(({ name }) => name).join(',')}`,
    `  --engines "${ENGINES.map(({ name }) => name).join(',')}"`,
    `  --rounds N   default: ${ROUNDS.small}; ${ROUNDS.large} from ${LARGE_BYTES / 1e9} GB on`,
    '  --quick      one round, small inputs',
    '  --resume     keep what an interrupted run has measured',
    '  --write      write results and tables of a partial run, too; otherwise it prints them',
  ].join('\n');
  (status === 0 ? console.log : console.error)(text);
  process.exit(status);
}

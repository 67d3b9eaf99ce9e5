// make-inputs [--node <binary>] [--typescript <folder>] [name…]: makes the inputs that are not there yet, in `.work`.
//
// The TypeScript 5.9 compiler whose heap they show (7 is native) is installed into `.work/tools` first. Node 20 needs
// many minutes for a snapshot of 100 MB and hours for more: use Node 22 or newer, here or by `--node`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BENCHMARKS_FOLDER, INPUTS, WORK_FOLDER } from './inputs.js';

const TYPESCRIPT = 'typescript@5.9.3';
const TOOLS_FOLDER = join(WORK_FOLDER, 'tools');
const NODE_MODULES = join(BENCHMARKS_FOLDER, '..', 'node_modules');
/** What the compiler checks: packages that the lock file pins. */
const SOURCES = ['@types/node', 'fast-check', 'vite', 'vitest'];
const LARGE_HEAP_MEGABYTES = 50;
const MAKE_HEAP = fileURLToPath(new URL('make-typescript-heap.js', import.meta.url));

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', default: process.execPath }, typescript: { type: 'string' } },
});
const missing = INPUTS.filter(
  ({ file }) =>
    (positionals.length === 0 || positionals.some((name) => file.startsWith(name))) &&
    !existsSync(join(WORK_FOLDER, file)),
);
if (missing.length === 0) {
  console.error(`nothing to make; ${WORK_FOLDER} has them`);
  process.exit(0);
}
const majorVersion = Number(run(values.node, ['-p', 'process.versions.node.split(".")[0]'], 'pipe'));
if (majorVersion < 22 && missing.some(({ heapMegabytes }) => heapMegabytes > LARGE_HEAP_MEGABYTES)) {
  console.error(
    `Node ${majorVersion} writes large snapshots too slowly: give --node a binary of Node 22 or newer`,
  );
  process.exit(2);
}

const typescript = values.typescript ?? installTypeScript();
for (const { file, heapMegabytes } of missing) {
  const path = join(WORK_FOLDER, file);
  const unfinished = `${path}.part`;
  rmSync(unfinished, { force: true });
  run(process.execPath, [
    MAKE_HEAP,
    unfinished,
    ...['--heap-mb', String(heapMegabytes)],
    ...['--node', values.node],
    ...['--typescript', typescript],
    ...SOURCES.flatMap((name) => ['--sources', join(NODE_MODULES, name)]),
  ]);
  renameSync(unfinished, path);
}

/** In a folder of its own: its commands must not stand in for the workspace's `tsc`. Returns the package's folder. */
function installTypeScript(): string {
  const folder = join(TOOLS_FOLDER, 'node_modules', 'typescript');
  if (existsSync(folder)) return folder;
  mkdirSync(TOOLS_FOLDER, { recursive: true });
  writeFileSync(join(TOOLS_FOLDER, 'package.json'), '{ "private": true }\n');
  run('npm', ['install', '--ignore-scripts', '--prefix', TOOLS_FOLDER, TYPESCRIPT]);
  return folder;
}

/** Runs a command to its end and returns its output if it is piped; ends this process where it fails. */
function run(command: string, args: readonly string[], stdout: 'inherit' | 'pipe' = 'inherit'): string {
  const result = spawnSync(command, args, { stdio: ['ignore', stdout, 'inherit'], encoding: 'utf8' });
  if (result.error) console.error(`${command}: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
  return result.stdout ?? '';
}

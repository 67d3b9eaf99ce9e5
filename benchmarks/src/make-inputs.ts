// make-inputs [--node <binary>] [--typescript <folder>] [name…]: makes the inputs that are not there yet, in `.work`.
//
// The smallest is written by the Node that runs this (20's come out at 6 MB, 24's at 9), the others by the Node that is
// installed with the peers, unless --node names another: Node 20 needs many minutes for 100 MB and hours for more. The
// TypeScript 5.9 compiler whose heap some show (7 is native) is there too.
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CHECKED_SOURCES, INPUTS, type Input, isMade, laterPathOf, pathOf, WORK_FOLDER } from './inputs.js';
import { installPeers } from './peers/install-peers.js';
import { PEER_FOLDER, PEER_NODE } from './peers/peer-folder.js';

const scriptPath = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string' }, typescript: { type: 'string' } },
});
const wanted = INPUTS.filter((input) =>
  positionals.length === 0 ? !input.isExtra : positionals.includes(input.name),
);
const missing = wanted.filter((input) => !isMade(input));
if (missing.length === 0) {
  console.error(`nothing to make; ${WORK_FOLDER} has them`);
  process.exit(0);
}
const isSmall = ({ kind, heapMegabytes }: Input) => kind === 'server' && heapMegabytes < 5;
if (!missing.every(isSmall)) await installPeers();
const node = values.node ?? PEER_NODE;
const typescript = values.typescript ?? join(PEER_FOLDER, 'node_modules', 'typescript');
mkdirSync(WORK_FOLDER, { recursive: true });
for (const input of missing) {
  console.error(`making ${input.name}`);
  if (input.kind === 'typescript') makeTypeScriptHeap(input);
  else makeServerHeaps(input);
}

function makeTypeScriptHeap(input: Input): void {
  makeWhole([pathOf(input)], ([file]) => [
    scriptPath('make-typescript-heap.js'),
    file,
    ...['--heap-mb', String(input.heapMegabytes)],
    ...['--node', node],
    ...['--typescript', typescript],
    ...CHECKED_SOURCES.flatMap((folder) => ['--sources', folder]),
  ]);
}

function makeServerHeaps(input: Input): void {
  makeWhole([pathOf(input), laterPathOf(input)], ([file, later]) => [
    scriptPath('make-server-heap.js'),
    file,
    later,
    ...['--heap-mb', String(input.heapMegabytes)],
    ...['--node', isSmall(input) ? process.execPath : node],
  ]);
}

/** Files get their names when they are whole. */
function makeWhole(files: readonly string[], argsFor: (unfinished: readonly string[]) => string[]): void {
  const unfinished = files.map((file) => `${file}.part`);
  for (const file of unfinished) rmSync(file, { force: true });
  run(process.execPath, argsFor(unfinished));
  files.forEach((file, at) => {
    renameSync(unfinished[at], file);
  });
}

/** Runs a command to its end and returns its output if it is piped; ends this process where it fails. */
function run(command: string, args: readonly string[], stdout: 'inherit' | 'pipe' = 'inherit'): string {
  const result = spawnSync(command, args, { stdio: ['ignore', stdout, 'inherit'], encoding: 'utf8' });
  if (result.error) console.error(`${command}: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
  return result.stdout ?? '';
}

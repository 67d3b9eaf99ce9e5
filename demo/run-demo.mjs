/** Runs a program that leaks, and shows with the built command what grew and what holds it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT_FOLDER = 'demo-output';
const HEAPSTREAM = join('packages', 'heapstream', 'bin', 'heapstream.js');
const before = join(OUTPUT_FOLDER, 'before.heapsnapshot');
const halfway = join(OUTPUT_FOLDER, 'halfway.heapsnapshot');
const after = join(OUTPUT_FOLDER, 'after.heapsnapshot');
const report = join(OUTPUT_FOLDER, 'leaks.html');

function runNode(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function show(...args) {
  console.log(`\n$ npx heapstream ${args.join(' ')}\n`);
  runNode(HEAPSTREAM, ...args);
}

/** The object that grew most by itself, as the comparison says. */
function idOfLeakingObject() {
  const args = [HEAPSTREAM, 'diff', before, after, '--json'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(stdout).grown[0].id;
}

mkdirSync(join(root, OUTPUT_FOLDER), { recursive: true });
console.log(`Running a server that leaks promises; it writes three snapshots to ${OUTPUT_FOLDER}/ …`);
runNode(join('demo', 'leaking-server.mjs'), OUTPUT_FOLDER);

show('diff', before, after, '--top', '8');
show('paths', after, `@${idOfLeakingObject()}`, '--count', '1');

show('leaks', before, halfway, after, '--html', report, '--fail-on', 'none');

console.log(
  `\nThe list of pending replies holds the promises that came with every request: ${report} shows it.`,
);
console.log('Try also:');
console.log(`$ npx heapstream view ${before} ${after}`);
console.log(`$ npx heapstream summary ${after}`);
console.log(`$ npx heapstream diff ${before} ${after} --new Promise`);
console.log(`$ npx heapstream dominators ${after}`);
console.log(`$ npx heapstream strings ${after}`);

/** Runs a program that leaks, and looks at its heap before and after with the built command. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT_FOLDER = 'demo-output';
const HEAPSTREAM = join('packages', 'heapstream', 'bin', 'heapstream.js');

function runNode(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

mkdirSync(join(root, OUTPUT_FOLDER), { recursive: true });
console.log(`Running a program that leaks; it writes two snapshots to ${OUTPUT_FOLDER}/ …`);
runNode(join('demo', 'leaking-server.mjs'), OUTPUT_FOLDER);

for (const moment of ['before', 'after']) {
  const file = join(OUTPUT_FOLDER, `${moment}.heapsnapshot`);
  console.log(`\n$ npx heapstream summary ${file} --top 15\n`);
  runNode(HEAPSTREAM, 'summary', file, '--top', '15');
}

const after = join(OUTPUT_FOLDER, 'after.heapsnapshot');
console.log(`\n$ npx heapstream paths ${after} PendingReply --count 1\n`);
runNode(HEAPSTREAM, 'paths', after, 'PendingReply', '--count', '1');

console.log('\nSession, PendingReply, Promise and Function grew with every request: they leak. Try also:');
console.log(`$ npx heapstream dominators ${after}`);
console.log(`$ npx heapstream strings ${after}`);

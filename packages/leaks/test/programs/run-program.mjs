/**
 * Runs rounds of a program and writes a heap snapshot after each: `node --expose-gc run-program.mjs <program> <folder>
 * <snapshots>`. The first comes after a warm-up.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { writeHeapSnapshot } from 'node:v8';

const WARM_UP_ROUNDS = 2;
const [program, folder, snapshots] = process.argv.slice(2);
const { round } = await import(pathToFileURL(program));

let n = 0;
for (; n < WARM_UP_ROUNDS; n++) await round(n);
for (let i = 0; i < Number(snapshots); i++) {
  await round(n++);
  await sleep(5);
  globalThis.gc();
  await sleep(5);
  globalThis.gc();
  writeHeapSnapshot(join(folder, `${i}.heapsnapshot`));
}
process.exit(0);

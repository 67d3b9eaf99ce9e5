#!/usr/bin/env node
/*
 * Compares every snapshot in a folder, compressed or not, with the engine:
 *
 *   npm run conformance -- <folder>
 *
 * Prints a line a file and the totals; ends with 1 if any value differs or a file cannot be compared.
 */
import { readdir } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { compareFile, RunTotals } from './compare-file.js';
import { describeDifferences } from './report.js';

const [argument] = process.argv.slice(2);
if (argument === undefined) {
  console.error('usage: npm run conformance -- <folder>');
  process.exit(2);
}
// npm changes to the root of the repository; INIT_CWD is where it was called
const folder = resolve(process.env.INIT_CWD ?? '.', argument);

const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.heap(snapshot|timeline)(\.\w+)?$/.test(entry.name))
  .map((entry) => resolve(entry.parentPath, entry.name))
  .sort();
if (files.length === 0) {
  console.error(`${folder} has no .heapsnapshot or .heaptimeline`);
  process.exit(2);
}

const totals = new RunTotals();
let failed = 0;
for (const path of files) {
  const name = relative(folder, path);
  try {
    const result = await compareFile(path);
    const { comparison, reading } = result;
    totals.add(name, result);
    const isEqual = comparison.different.size === 0;
    if (!isEqual) failed++;
    console.log(`${isEqual ? 'ok    ' : 'DIFFER'} ${name}: ${reading.answers.nodes.nodeCount} nodes`);
    if (!isEqual) console.log(describeDifferences(comparison));
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}: ${error}`);
  }
}
console.log(`\n${totals}`);
process.exitCode = failed === 0 ? 0 : 1;

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openSnapshot } from '@heapstream/core';
import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import { temporaryFolder } from '../../../core/test/support/temporary-folder.js';

const RUNNER = fileURLToPath(new URL('../programs/run-program.mjs', import.meta.url));
const run = promisify(execFile);

/** Runs rounds of a program in a process of its own, and analyses a snapshot after each. `LEAKS_NODE` may name another Node. */
export async function runProgram(
  program: string,
  { node = process.env.LEAKS_NODE ?? process.execPath, snapshots = 3 } = {},
): Promise<HeapAnalysis[]> {
  const folder = temporaryFolder();
  await run(node, ['--expose-gc', RUNNER, program, folder, String(snapshots)]);
  const analyses: HeapAnalysis[] = [];
  for (let i = 0; i < snapshots; i++) {
    analyses.push(analyzeSync(await openSnapshot(join(folder, `${i}.heapsnapshot`))));
  }
  return analyses;
}

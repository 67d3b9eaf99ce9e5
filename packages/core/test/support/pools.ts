import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createPool, type HeapPool, type HeapstreamError } from '@heapstream/core';
import { afterEach, expect } from 'vitest';

/*
 * The built package, not its sources: worker threads load what users install.
 */

export const MODULE = new URL('./pool-tasks.mjs', import.meta.url);

/** A task of `pool-tasks.mjs`. */
export const task = (name: string) => ({ module: MODULE, name });

const pools: HeapPool[] = [];

/** A pool that is closed after the test. */
export function pool(threads = 1): HeapPool {
  const made = createPool({ threads });
  pools.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((made) => made.close()));
});

export async function rejectionOf(promise: Promise<unknown>): Promise<HeapstreamError> {
  return promise.then(
    () => {
      throw new Error('it did not reject');
    },
    (error) => error,
  );
}

/** That the pool still does its work. */
export async function expectUsable(used: HeapPool): Promise<void> {
  expect(await used.run(task('whichThread'), null)).toBeGreaterThan(0);
}

/** Runs a module that has the exports of the package at hand, and waits for the end of its process. */
export async function runProgram(body: string, flags: readonly string[] = []) {
  const program = `import { createPool, sharedPool, WorkerFailedError } from '@heapstream/core';
    const module = ${JSON.stringify(MODULE.href)};
    ${body}`;
  const start = performance.now();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, '--input-type=module', '--eval', program],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), timeout: 30_000 },
  );
  return { stdout, milliseconds: performance.now() - start };
}

import { threadId } from 'node:worker_threads';
import { HeapPool, OperationAbortedError, sharedPool, sharedUint32 } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { expectUsable, MODULE, pool, task } from '../support/pools.js';
import { countThreads, waitUntil } from '../support/threads.js';

/** Sets a mark in the thread that loads it. */
const LOADED = 'data:text/javascript,globalThis.isLoaded = true';
/** Says that it is there, and is never loaded to the end. */
const HANGING = `data:text/javascript,new BroadcastChannel('hanging').postMessage(0);
  await new Promise((done) => setTimeout(done, 1e6))`;

describe('run', () => {
  test('runs a task in another thread, and goes on with the same one', async () => {
    const used = pool();
    const first = await used.run<number>(task('whichThread'), null);
    expect(first).not.toBe(threadId);
    expect(await used.run({ module: MODULE.href, name: 'whichThread' }, null)).toBe(first);
  });

  test('shares memory both ways instead of copying it', async () => {
    const numbers = sharedUint32(3);
    numbers.set([1, 2, 3]);
    const { sums } = await pool().run<{ sums: Uint32Array }>(task('doubleShared'), { numbers });
    expect([...numbers]).toEqual([2, 4, 6]);
    expect([...sums]).toEqual([2, 6, 12]);
    expect(sums.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test('lets as many tasks run at once as it has threads', async () => {
    const used = pool(2);
    const words = ['a', 'b', 'c', 'd', 'e', 'f'];
    const answers = await Promise.all(
      words.map((word) =>
        used.run<{ word: string; threadId: number }>(task('waitAndSay'), { milliseconds: 60, word }),
      ),
    );
    expect(answers.map(({ word }) => word)).toEqual(words);
    expect(new Set(answers.map((answer) => answer.threadId)).size).toBe(2);
  });

  test('takes the number of threads as it makes sense', () => {
    expect(pool(0).threads).toBe(1);
    expect(pool(2.7).threads).toBe(2);
    expect(new HeapPool().threads).toBeGreaterThanOrEqual(1);
    expect(sharedPool()).toBe(sharedPool());
  });
});

describe('warm', () => {
  test('starts all threads before there is a task, and has them load its module', async () => {
    const before = countThreads();
    const used = pool(2);
    used.warm([LOADED]);
    await waitUntil(() => countThreads() >= before + 2);
    const loaded = await Promise.all([1, 2].map(() => used.run(task('isLoaded'), null)));
    expect(loaded).toEqual([true, true]);
  });

  test('starts fewer where told to; the task that comes meanwhile waits for them', async () => {
    const before = countThreads();
    const used = pool(2);
    used.warm([LOADED], { threads: 1 });
    expect(await used.run(task('isLoaded'), null)).toBe(true);
    expect(countThreads()).toBe(before + 1);
    used.warm([new URL('./no-such-module.mjs', import.meta.url)], { threads: 1 });
    await expectUsable(used);
  });

  test('a task that waits for threads which never load ends with its signal', async () => {
    const used = pool(2);
    const hanging = new AbortController();
    used.warm([HANGING], { threads: 1, signal: hanging.signal });
    const run = used.run(task('isLoaded'), null, { signal: AbortSignal.timeout(50) });
    await expect(run).rejects.toBeInstanceOf(OperationAbortedError);
    hanging.abort();
    await expectUsable(used);
  });

  test('says nothing of a module that is not there; the pool goes on', async () => {
    const used = pool();
    used.warm([new URL('./no-such-module.mjs', import.meta.url)]);
    await expectUsable(used);
  });

  test('leaves no thread behind where the signal has fired', async () => {
    const before = countThreads();
    const used = pool(2);
    const controller = new AbortController();
    const hanging = new BroadcastChannel('hanging');
    let threads = 0;
    hanging.onmessage = () => {
      threads++;
    };
    used.warm([HANGING], { signal: controller.signal });
    await waitUntil(() => threads === 2);
    hanging.close();
    controller.abort();
    await waitUntil(() => countThreads() <= before);
    await expectUsable(used);
  });
});

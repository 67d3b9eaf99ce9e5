import { basename } from 'node:path';
import { OperationAbortedError, sharedUint32, WorkerFailedError } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { expectUsable, pool, rejectionOf, runProgram, task } from '../support/pools.js';
import { countThreads, waitUntil } from '../support/threads.js';

describe('a signal', () => {
  test('that has fired already starts nothing', async () => {
    const counter = sharedUint32(1);
    const reason = new Error('changed my mind');
    const run = pool().run(task('countForEver'), { counter }, { signal: AbortSignal.abort(reason) });
    const error = await rejectionOf(run);
    expect(error).toBeInstanceOf(OperationAbortedError);
    expect(error.message).toBe("'countForEver' was aborted");
    expect(error.cause).toBe(reason);
    expect(counter[0]).toBe(0);
  });

  test('ends a task that would run for ever, within a second, and its thread', async () => {
    const used = pool();
    await expectUsable(used);
    const idle = countThreads();
    const counter = sharedUint32(1);
    const abort = new AbortController();
    const run = rejectionOf(used.run(task('countForEver'), { counter }, { signal: abort.signal }));
    await waitUntil(() => Atomics.load(counter, 0) > 0);

    const start = performance.now();
    abort.abort('enough');
    const error = await run;
    expect(performance.now() - start).toBeLessThan(1000);
    expect(error).toBeInstanceOf(OperationAbortedError);
    expect(error.cause).toBe('enough');

    // the thread itself ends a moment later
    let counted = -1;
    await waitUntil(() => {
      const before = counted;
      counted = Atomics.load(counter, 0);
      return counted === before;
    });
    await waitUntil(() => countThreads() <= idle);
    await expectUsable(used);
    expect(Atomics.load(counter, 0)).toBe(counted);
  });

  test.each([1, 2])(
    'does not leave behind what waits for the thread that it ends: %i threads',
    async (threads) => {
      const used = pool(threads);
      const abort = new AbortController();
      const counter = sharedUint32(1);
      const aborted = [1, 2].map(() =>
        rejectionOf(used.run(task('countForEver'), { counter }, { signal: abort.signal })),
      );
      const others = ['a', 'b'].map((word) =>
        used.run<{ word: string }>(
          task('waitAndSay'),
          { milliseconds: 1, word },
          { signal: new AbortController().signal },
        ),
      );
      await waitUntil(() => Atomics.load(counter, 0) > 0);
      abort.abort();
      for (const error of await Promise.all(aborted)) expect(error).toBeInstanceOf(OperationAbortedError);
      expect((await Promise.all(others)).map(({ word }) => word)).toEqual(['a', 'b']);
    },
    5000,
  );

  test('takes a task from the queue and leaves the one at work alone', async () => {
    const used = pool();
    const abort = new AbortController();
    const working = used.run<{ word: string }>(task('waitAndSay'), { milliseconds: 200, word: 'done' });
    const counter = sharedUint32(1);
    const waiting = rejectionOf(used.run(task('countForEver'), { counter }, { signal: abort.signal }));
    abort.abort();
    expect(await waiting).toBeInstanceOf(OperationAbortedError);
    expect((await working).word).toBe('done');
    await expectUsable(used);
    expect(counter[0]).toBe(0);
  });

  test('that fires when the task is done changes nothing', async () => {
    const used = pool();
    const abort = new AbortController();
    const thread = await used.run(task('whichThread'), null, { signal: abort.signal });
    abort.abort();
    expect(await used.run(task('whichThread'), null)).toBe(thread);
  });
});

describe('close', () => {
  test('ends all threads, and rejects what is under way', async () => {
    const before = countThreads();
    const used = pool(2);
    const counter = sharedUint32(1);
    const runs = [1, 2, 3].map(() => rejectionOf(used.run(task('countForEver'), { counter })));
    await waitUntil(() => Atomics.load(counter, 0) > 0);
    await used.close();
    for (const run of runs) expect(await run).toBeInstanceOf(WorkerFailedError);
    await waitUntil(() => countThreads() <= before);
  });

  test('cannot meet a thread that requires an ES module: Node would abort', async () => {
    const files = await pool().run<string[]>(task('requiredFiles'), null);
    const own = files.filter((file) => !file.includes('node_modules'));
    expect(own.map((file) => basename(file))).toEqual(['task-runner.cjs']);
  });

  test('may be called twice, and before any work', async () => {
    const used = pool();
    await used.close();
    await used.close();
  });
});

describe('the process', () => {
  test('ends by itself, long before idle threads would', async () => {
    const { milliseconds, stdout } = await runProgram(
      `const runs = [1, 2].map((i) => sharedPool().run({ module, name: 'waitAndSay' }, { milliseconds: 1, word: i }));
       console.log((await Promise.all(runs)).map(({ word }) => word).join());`,
    );
    expect(stdout).toBe('1,2\n');
    expect(milliseconds).toBeLessThan(4000);
  });

  test('stays until a task that was asked for is done', async () => {
    const { stdout } = await runProgram(
      `void sharedPool().run({ module, name: 'waitAndSay' }, { milliseconds: 300, word: 'done' })
         .then(({ word }) => console.log(word));`,
    );
    expect(stdout).toBe('done\n');
  });
});

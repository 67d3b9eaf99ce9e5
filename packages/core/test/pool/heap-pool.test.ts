import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { threadId } from 'node:worker_threads';
import {
  createPool,
  HeapPool,
  HeapstreamError,
  OperationAbortedError,
  OutOfMemoryError,
  SnapshotFormatError,
  SnapshotLimitError,
  SnapshotSourceError,
  sharedPool,
  sharedUint32,
  WorkerFailedError,
} from '@heapstream/core';
import { afterEach, describe, expect, test } from 'vitest';
import { countThreads, waitUntil } from '../support/threads.js';

/*
 * The built package, not its sources: worker threads load what users install.
 */

const MODULE = new URL('../support/pool-tasks.mjs', import.meta.url);
/** Sets a mark in the thread that loads it. */
const LOADED = 'data:text/javascript,globalThis.isLoaded = true';
/** Says that it is there, and is never loaded to the end. */
const HANGING = `data:text/javascript,new BroadcastChannel('hanging').postMessage(0);
  await new Promise((done) => setTimeout(done, 1e6))`;
const task = (name: string) => ({ module: MODULE, name });

const pools: HeapPool[] = [];
function pool(threads = 1): HeapPool {
  const made = createPool({ threads });
  pools.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((made) => made.close()));
});

async function rejectionOf(promise: Promise<unknown>): Promise<HeapstreamError> {
  return promise.then(
    () => {
      throw new Error('it did not reject');
    },
    (error) => error,
  );
}

/** That the pool still does its work. */
async function expectUsable(used: HeapPool): Promise<void> {
  expect(await used.run(task('whichThread'), null)).toBeGreaterThan(0);
}

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

describe('errors that a task throws', () => {
  test('a SnapshotFormatError keeps its type and its fields', async () => {
    const error = await rejectionOf(pool().run(task('fail'), 'format'));
    expect(error).toBeInstanceOf(SnapshotFormatError);
    expect({ ...error }).toMatchObject({
      name: 'SnapshotFormatError',
      code: 'BAD_NUMBER',
      section: 'edges',
      byteOffset: 1234,
      expected: 'a digit',
      actual: "'x'",
      file: 'app.heapsnapshot',
    });
    expect(error.message).toBe("app.heapsnapshot: edges, byte 1234: expected a digit, got 'x'");
    expect(error.stack).toContain('pool-tasks.mjs');
  });

  test('a SnapshotLimitError too', async () => {
    const error = await rejectionOf(pool().run(task('fail'), 'limit'));
    expect(error).toBeInstanceOf(SnapshotLimitError);
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'maxDepth', allowed: 7 });
    expect(error.message).toBe('app.heapsnapshot: trace_tree, byte 99: exceeds the limit maxDepth = 7');
  });

  test('an OutOfMemoryError too', async () => {
    const error = await rejectionOf(pool().run(task('fail'), 'memory'));
    expect(error).toBeInstanceOf(OutOfMemoryError);
    expect(error).toMatchObject({ code: 'OUT_OF_MEMORY', bytes: 2 ** 40 });
    expect(error.message).toBe('cannot allocate 1099511627776 bytes for a column');
  });

  test('others of heapstream keep their code, the rest their message', async () => {
    const used = pool();
    const own = await rejectionOf(used.run(task('fail'), 'heapstream'));
    expect(own).toBeInstanceOf(HeapstreamError);
    expect(own).toMatchObject({ code: 'SOME_CODE', message: 'something of its own' });

    const plain = await rejectionOf(used.run(task('fail'), 'plain'));
    expect(plain).toBeInstanceOf(RangeError);
    expect(plain).not.toBeInstanceOf(HeapstreamError);
    expect(plain.message).toBe('out of range');
    await expect(used.run(task('fail'), 'a mere word')).rejects.toThrow('a mere word');
  });

  test.each([
    ['source', SnapshotSourceError, 'app.heapsnapshot: no such file', { code: 'SOURCE_FAILED' }],
    ['aborted', OperationAbortedError, 'reading was aborted', { code: 'ABORTED' }],
    [
      'worker',
      WorkerFailedError,
      "the worker that ran 'parse' ended unexpectedly",
      { code: 'WORKER_FAILED' },
    ],
    ['type', TypeError, 'no string', { name: 'TypeError' }],
    ['ring', Error, 'goes round', { name: 'Error' }],
  ])('come back as themselves: %s', async (kind, type, message, fields) => {
    const error = await rejectionOf(pool().run(task('fail'), kind));
    expect(error).toBeInstanceOf(type);
    expect(error.message).toBe(message);
    expect(error).toMatchObject(fields);
    expect(error.constructor).toBe(type);
  });

  test('keep their cause', async () => {
    const error = await rejectionOf(pool().run(task('fail'), 'source'));
    expect((error as SnapshotSourceError).file).toBe('app.heapsnapshot');
    expect(error.cause).toBeInstanceOf(TypeError);
    expect((error.cause as Error).message).toBe('ENOENT');
  });

  test('a task or a module that does not exist', async () => {
    const used = pool();
    await expect(used.run(task('noSuchTask'), null)).rejects.toThrow('is not a function');
    const missing = { module: new URL('no-such-module.mjs', MODULE), name: 'x' };
    await expect(used.run(missing, null)).rejects.toThrow('no-such-module.mjs');
    await expectUsable(used);
  });

  test('do not cost the thread', async () => {
    const used = pool();
    const before = await used.run(task('whichThread'), null);
    await rejectionOf(used.run(task('fail'), 'format'));
    expect(await used.run(task('whichThread'), null)).toBe(before);
  });

  test('what cannot be sent rejects, either way', async () => {
    const used = pool();
    const input = await rejectionOf(used.run(task('whichThread'), () => {}));
    expect(input).toBeInstanceOf(TypeError);
    expect(input.message).toBe("the input of 'whichThread' cannot be sent to another thread");
    const answer = await rejectionOf(used.run(task('answerWithFunction'), null));
    expect(answer).toBeInstanceOf(TypeError);
    expect(answer.message).toBe("the answer of 'answerWithFunction' cannot be sent to another thread");
    await expectUsable(used);
  });
});

describe('a worker that dies', () => {
  test.each(['exit', 'crashLater'])('rejects its task and leaves the pool usable: %s', async (name) => {
    const used = pool(2);
    const other = used.run<{ word: string }>(task('waitAndSay'), { milliseconds: 300, word: 'other' });
    const error = await rejectionOf(used.run(task(name), null));
    expect(error).toBeInstanceOf(WorkerFailedError);
    expect(error).toMatchObject({ code: 'WORKER_FAILED', name: 'WorkerFailedError' });
    expect(error.message).toBe(`the worker that ran '${name}' ended unexpectedly`);
    expect(error.cause).toBeInstanceOf(Error);
    expect((await other).word).toBe('other');
    await expectUsable(used);
  });

  test('does not leave behind what waits for its thread', async () => {
    const used = pool();
    const died = rejectionOf(used.run(task('exit'), null));
    const waiting = ['a', 'b'].map((word) =>
      used.run<{ word: string }>(task('waitAndSay'), { milliseconds: 1, word }),
    );
    expect(await died).toBeInstanceOf(WorkerFailedError);
    expect((await Promise.all(waiting)).map(({ word }) => word)).toEqual(['a', 'b']);
  }, 5000);

  test('the same where it runs out of memory', async () => {
    const { stdout } = await runProgram(
      `const pool = createPool({ threads: 1 });
       const error = await pool.run({ module, name: 'allocateForEver' }, null).catch((error) => error);
       console.log(error instanceof WorkerFailedError, error.cause?.code);
       console.log((await pool.run({ module, name: 'whichThread' }, null)) > 0);`,
      ['--max-old-space-size=64', '--max-semi-space-size=1'],
    );
    expect(stdout).toBe('true ERR_WORKER_OUT_OF_MEMORY\ntrue\n');
  });
});

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

  test('cannot meet a thread while require makes a facade for a default export: Node would abort', async () => {
    const runner = new URL('./task-runner.js', import.meta.resolve('@heapstream/core'));
    const exported = Object.keys(await import(runner.href));
    expect(exported).toContain('runTask');
    expect(exported).not.toContain('default');
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

/** Runs a module that has the exports of the package at hand, and waits for the end of its process. */
async function runProgram(body: string, flags: readonly string[] = []) {
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

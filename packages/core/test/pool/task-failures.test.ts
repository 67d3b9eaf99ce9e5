import {
  HeapstreamError,
  OperationAbortedError,
  OutOfMemoryError,
  SnapshotFormatError,
  SnapshotLimitError,
  SnapshotSourceError,
  WorkerFailedError,
} from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { expectUsable, MODULE, pool, rejectionOf, runProgram, task } from '../support/pools.js';

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

// Tasks that tests run in worker threads; plain JavaScript, since Node loads this file itself.
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import {
  HeapstreamError,
  OperationAbortedError,
  OutOfMemoryError,
  SnapshotFormatError,
  SnapshotLimitError,
  SnapshotSourceError,
  sharedUint32,
  WorkerFailedError,
} from '@heapstream/core';

export function whichThread() {
  return threadId;
}

export async function waitAndSay({ milliseconds, word }) {
  await setTimeout(milliseconds);
  return { word, threadId };
}

/** Doubles what is there and answers with a new shared array of the sums. */
export function doubleShared({ numbers }) {
  const sums = sharedUint32(numbers.length);
  let sum = 0;
  numbers.forEach((value, i) => {
    numbers[i] = value * 2;
    sum += numbers[i];
    sums[i] = sum;
  });
  return { sums };
}

/** Counts in shared memory until somebody ends the thread. */
export function countForEver({ counter }) {
  for (;;) Atomics.add(counter, 0, 1);
}

export function waitForEver() {
  return new Promise(() => {
    setInterval(() => {}, 1000);
  });
}

export function exit() {
  process.exit(3);
}

export function crashLater() {
  globalThis.setTimeout(() => {
    throw new Error('out of the blue');
  }, 1);
  return new Promise(() => {});
}

export function allocateForEver() {
  const kept = [];
  for (;;) kept.push(new Array(10_000).fill(kept.length));
}

export function answerWithFunction() {
  return () => {};
}

export function fail(kind) {
  switch (kind) {
    case 'format':
      throw new SnapshotFormatError(
        { code: 'BAD_NUMBER', section: 'edges', byteOffset: 1234, expected: 'a digit', actual: "'x'" },
        'app.heapsnapshot',
      );
    case 'limit':
      throw new SnapshotLimitError('maxDepth', 7, 'app.heapsnapshot', 'trace_tree, byte 99');
    case 'memory':
      throw new OutOfMemoryError(2 ** 40);
    case 'heapstream':
      throw new HeapstreamError('SOME_CODE', 'something of its own');
    case 'source':
      throw new SnapshotSourceError('app.heapsnapshot', 'no such file', { cause: new TypeError('ENOENT') });
    case 'aborted':
      throw new OperationAbortedError('reading', { cause: 'enough' });
    case 'worker':
      throw new WorkerFailedError('parse');
    case 'type':
      throw new TypeError('no string');
    case 'ring': {
      const error = new Error('goes round');
      error.cause = error;
      throw error;
    }
    case 'plain':
      throw new RangeError('out of range');
    default:
      throw kind;
  }
}

/** Whether this thread has loaded what `warm` was given; takes long enough for another thread to be asked, too. */
export async function isLoaded() {
  await setTimeout(50);
  return globalThis.isLoaded === true;
}

/** What the thread has required, not imported. */
export function requiredFiles() {
  return Object.keys(createRequire(import.meta.url).cache);
}

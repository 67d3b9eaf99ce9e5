import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openSnapshot, SnapshotFormatError } from '@heapstream/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { linearChain } from '../../../snapshot-builder/src/index.js';
import { type CaptureProgress, CaptureSession, captureFromInspector } from '../../src/index.js';
import { startInspected } from '../support/node-process.js';
import { rejectionOf } from '../support/rejection.js';
import { smallDisk } from '../support/small-disk.js';
import { type Behaviour, StandInInspector, sendChunks } from '../support/stand-in-inspector.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const SMALL = [...linearChain(50)].join('');

function outputFolder(): string {
  return mkdtempSync(join(folder, 'out-'));
}

/** Captures from a stand-in into an empty folder, which must be empty afterwards. */
async function failureOf(behave: Behaviour, timeout = 2_000) {
  const { port } = await StandInInspector.start({ behave });
  const directory = outputFolder();
  const error = await rejectionOf(captureFromInspector({ port, timeout }).toFile({ directory }));
  expect(readdirSync(directory)).toEqual([]);
  return error;
}

describe('a target that fails in the middle', () => {
  test('is killed', async () => {
    const target = await startInspected({ arguments: ['large'] });
    const directory = outputFolder();
    const onProgress = ({ phase }: CaptureProgress) => phase === 'transfer' && void target.kill();
    const work = captureFromInspector({ port: target.port, onProgress }).toFile({ directory });
    expect((await rejectionOf(work)).code).toBe('TARGET_GONE');
    expect(readdirSync(directory)).toEqual([]);
  });

  test('ends by itself', async () => {
    const error = await failureOf(async ({ emit, socket }) => {
      await emit('HeapProfiler.addHeapSnapshotChunk', { chunk: SMALL.slice(0, 100) });
      socket.close();
      return undefined;
    });
    expect(error).toMatchObject({ code: 'TARGET_GONE' });
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+: the target ended, or closed its inspector$/);
  });

  test('the disk is full', async () => {
    const target = await startInspected();
    const directory = smallDisk('1m');
    const { port } = target;
    const guarded = await rejectionOf(captureFromInspector({ port }).toFile({ directory }));
    expect(guarded).toMatchObject({ code: 'REFUSED', resource: 'disk' });
    const forced = await rejectionOf(captureFromInspector({ port, force: true }).toFile({ directory }));
    expect(forced).toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining('the disk is full') });
    expect(readdirSync(directory)).toEqual([]);
    expect(await target.answers()).toBe(true);
  });

  test('is cancelled: the target goes on', async () => {
    const target = await startInspected({ arguments: ['large'] });
    const directory = outputFolder();
    for (const phase of ['snapshot', 'transfer']) {
      const controller = new AbortController();
      const work = captureFromInspector({
        port: target.port,
        signal: controller.signal,
        onProgress: (progress) => progress.phase === phase && controller.abort(new Error('enough')),
      }).toFile({ directory });
      expect(await rejectionOf(work)).toMatchObject({ code: 'ABORTED', cause: { message: 'enough' } });
      expect(readdirSync(directory)).toEqual([]);
    }
    expect(await target.answers()).toBe(true);
    // and nothing of it is in the way of the next one
    await captureFromInspector({ port: target.port }).toFile({ directory });
  });

  test('a reader that leaves early lets go of the target', async () => {
    const target = await startInspected();
    for await (const chunk of captureFromInspector({ port: target.port })) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(await target.answers()).toBe(true);
    await captureFromInspector({ port: target.port }).toFile({ directory: outputFolder() });
  });
});

describe('an inspector that', () => {
  test.each<[string, Behaviour, string, RegExp]>([
    [
      'sends no JSON',
      ({ socket }) => void socket.send('<html>'),
      'BAD_PROTOCOL',
      /expected a protocol message, got "<html>"/,
    ],
    ['sends JSON that is no message', ({ socket }) => void socket.send('[1]'), 'BAD_PROTOCOL', /got "\[1\]"/],
    [
      'sends bytes',
      ({ socket }) => void socket.send(Buffer.from([1, 2])),
      'BAD_PROTOCOL',
      /expected a protocol message/,
    ],
    [
      'sends chunks that are no text',
      async ({ emit }) => void (await emit('HeapProfiler.addHeapSnapshotChunk', { chunk: 7 })),
      'BAD_PROTOCOL',
      /a chunk of the snapshot that is no text/,
    ],
    ['stalls', () => undefined, 'TIMEOUT', /sent nothing for 2000 ms/],
    [
      'refuses',
      () => ({ error: { code: -32601, message: 'not allowed' } }),
      'TARGET_FAILED',
      /HeapProfiler.takeHeapSnapshot failed: not allowed/,
    ],
    ['sends nothing', () => ({}), 'EMPTY', /expected '\{', got no bytes/],
    [
      'sends garbage for a snapshot',
      sendChunks(['{"snapshot":', 'oops']),
      'BAD_SECTION',
      /snapshot, byte \d+/,
    ],
    ['sends half a snapshot', sendChunks([SMALL.slice(0, -40)]), 'TRUNCATED', /got the end of the input/],
    ['sends more than a snapshot', sendChunks([SMALL, '{}']), 'NOT_JSON', /nothing after the end/],
  ])('%s', async (_, behave, code, message) => {
    const error = await failureOf(behave);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('stalls before it is asked for a snapshot', async () => {
    const server = createServer(() => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const error = await rejectionOf(captureFromInspector({ port, timeout: 300 }).toFile(join(folder, 'x')));
    expect(error).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('no answer within 300 ms'),
    });
  });

  test.each([
    ['no JSON', '<html>', 200, /the answer is no JSON: not an inspector/],
    ['another JSON', '{}', 200, /expected a list of targets: not an inspector/],
    ['an error', '[]', 404, /HTTP status 404: not an inspector/],
    ['no targets', '[]', 200, /no target; there are none/],
  ])('lists %s', async (_, list, status, message) => {
    const { port } = await StandInInspector.start({ list, status });
    const error = await rejectionOf(captureFromInspector({ port }).toFile(join(folder, 'x')));
    expect(['CONNECTION_FAILED', 'NO_TARGET']).toContain(error.code);
    expect(error.message).toMatch(message);
  });

  test('names a socket on another host is asked at its own', async () => {
    const webSocketDebuggerUrl = 'ws://192.0.2.1:1/target-1';
    const list = JSON.stringify([{ id: 'a', type: 'page', title: '', url: '', webSocketDebuggerUrl }]);
    const { port } = await StandInInspector.start({ list, behave: sendChunks([SMALL]) });
    expect((await openSnapshot(captureFromInspector({ port }))).nodeCount).toBe(50);
  });

  test('is not there', async () => {
    const target = await startInspected();
    const { port } = target;
    await target.kill();
    const error = await rejectionOf(captureFromInspector({ port }).toFile(join(folder, 'x')));
    expect(error).toMatchObject({
      code: 'CONNECTION_FAILED',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    for (const url of ['https://localhost', 'nothing']) {
      expect((await rejectionOf(captureFromInspector({ url }).toFile(join(folder, 'x')))).code).toBe(
        'CONNECTION_FAILED',
      );
    }
  });
});

describe('before the target is touched', () => {
  test('the directory is missing, or the path is one', async () => {
    let asked = 0;
    const { port } = await StandInInspector.start({ behave: () => ({ asked: asked++ }) });
    const capture = captureFromInspector({ port });
    const failure = (path: string) => rejectionOf(capture.toFile(path));
    expect((await failure(join(folder, 'no', 'a'))).code).toBe('NO_DIRECTORY');
    expect((await failure(folder)).code).toBe('FILE_FAILED');
    expect(asked).toBe(0);
  });

  test('two captures at once: the second is refused, the first unharmed', async () => {
    const target = await startInspected();
    const { port, pid } = target;
    const session = await CaptureSession.open({ port });
    const second = await rejectionOf(captureFromInspector({ port }).toFile(join(folder, 'second')));
    expect(second).toMatchObject({ code: 'BUSY' });
    expect(second.message).toBe(`another capture of process ${pid} is under way, by this process`);
    const inSession = await Promise.allSettled([
      session.snapshot().toFile(join(folder, 'one')),
      session.snapshot().toFile(join(folder, 'two')),
    ]);
    expect(inSession.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await session.close();
    await captureFromInspector({ port }).toFile(join(folder, 'third'));
  });

  test('the heap may be too large for the memory', async () => {
    const behave: Behaviour = sendChunks([SMALL]);
    const { port } = await StandInInspector.start({ behave, usedSize: 2 ** 50 });
    const capture = (force: boolean) => openSnapshot(captureFromInspector({ port, force }));
    const error = await rejectionOf(capture(false));
    expect(error).toMatchObject({ code: 'REFUSED', resource: 'memory' });
    expect(error.message).toMatch(
      / MB of heap\) takes \d+ MB to \d+ MB more memory, and \d+ MB are available/,
    );
    expect((await capture(true)).nodeCount).toBe(50);
  });
});

test('asks for what the options say', async () => {
  const calls: unknown[] = [];
  const { port } = await StandInInspector.start({
    behave: async (call) => {
      calls.push([call.method, call.parameters]);
      return sendChunks([SMALL])(call);
    },
  });
  const options = { gc: true, exposeInternals: true, exposeNumericValues: true };
  await openSnapshot(captureFromInspector({ port, ...options }));
  expect(calls).toEqual([
    ['HeapProfiler.collectGarbage', {}],
    [
      'HeapProfiler.takeHeapSnapshot',
      { reportProgress: true, captureNumericValue: true, exposeInternals: true },
    ],
  ]);
});

test('a slow reader slows the inspector down, instead of filling memory', async () => {
  let sent = 0;
  const behave: Behaviour = async ({ method, emit }) => {
    if (method !== 'HeapProfiler.takeHeapSnapshot') return {};
    // spaces are legal before the snapshot begins
    const chunk = ' '.repeat(1 << 20);
    for (let i = 0; i < 64; i++) {
      await emit('HeapProfiler.addHeapSnapshotChunk', { chunk });
      sent += chunk.length;
    }
    return sendChunks([SMALL])({ method, emit } as never);
  };
  const { port } = await StandInInspector.start({ behave });
  let read = 0;
  let farthestAhead = 0;
  for await (const chunk of captureFromInspector({ port })) {
    if (read === 0) await new Promise((resolve) => setTimeout(resolve, 1_000));
    read += chunk.length;
    farthestAhead = Math.max(farthestAhead, sent - read);
  }
  expect(read).toBe(64 * (1 << 20) + SMALL.length);
  // what waits here, in the sockets and in the stand-in's own queue
  expect(farthestAhead).toBeLessThan(24 * (1 << 20));
});

test('the error is a SnapshotFormatError that names the target', async () => {
  const { port } = await StandInInspector.start({ behave: sendChunks(['[]']) });
  const error = await rejectionOf(captureFromInspector({ port }).toFile(join(folder, 'x')));
  expect(error).toBeInstanceOf(SnapshotFormatError);
  expect(error.message).toMatch(new RegExp(`^<127\\.0\\.0\\.1:${port}>: `));
});

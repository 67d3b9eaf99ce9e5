import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { openSnapshot } from '@heapstream/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { captureHere, captureNearLimit, captureWorker, createCaptureHandler } from '../../src/index.js';
import { rejectionOf } from '../support/rejection.js';
import { smallDisk } from '../support/small-disk.js';
import { countObjects, expectConforming, expectSoundSnapshot } from '../support/snapshot-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
/** Fewer objects of Node's own. */
const SMALL_HEAP = ['--no-node-snapshot', '--no-warnings'];
const program = (name: string) => fileURLToPath(new URL(`../support/${name}`, import.meta.url));

/** Runs a program that captures itself, in a process with a small heap. */
async function runProgram(name: string, args: readonly string[], nodeArguments: readonly string[] = []) {
  const all = [...SMALL_HEAP, ...nodeArguments, program(name), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, all, { env: {}, cwd: folder });
  return JSON.parse(stdout);
}

function outputFolder(): string {
  return mkdtempSync(join(folder, 'out-'));
}

describe('captureHere', () => {
  test('writes a sound snapshot, also compressed, and goes into openSnapshot', async () => {
    const directory = outputFolder();
    const { plain, packed, streamed } = await runProgram('capture-itself.mjs', [directory]);
    await expectSoundSnapshot(plain, { className: 'OwnItem', count: 40 });
    await expectSoundSnapshot(packed, { className: 'OwnItem', count: 40 });
    expect(packed.fileSize).toBeLessThan(packed.byteLength / 3);
    expect(streamed).toBe(40);
    expect(readdirSync(directory).sort()).toEqual(['packed.heapsnapshot.gz', 'plain.heapsnapshot']);
  });

  test('fails without a trace where the directory is missing or the disk full', async () => {
    expect((await rejectionOf(captureHere().toFile(join(folder, 'no', 'a')))).code).toBe('NO_DIRECTORY');
    const disk = smallDisk('1m');
    const guarded = await rejectionOf(captureHere().toFile({ directory: disk }));
    expect(guarded).toMatchObject({ code: 'REFUSED', resource: 'disk' });
    const errors = await runProgram('capture-itself.mjs', [disk, 'force']);
    expect(errors).toEqual({ code: 'DISK_FULL', left: [] });
  });

  test('is cancelled before it begins', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    expect(await rejectionOf(captureHere({ signal }).toFile({ directory: folder }))).toMatchObject({
      code: 'ABORTED',
    });
  });
});

describe('captureWorker', () => {
  async function startWorker(): Promise<Worker> {
    const worker = new Worker(
      `class WorkerItem {}
      globalThis.held = Array.from({ length: 25 }, () => new WorkerItem());
      const { parentPort } = require('node:worker_threads');
      parentPort.on('message', (text) => parentPort.postMessage(text));
      parentPort.postMessage('ready');`,
      { eval: true, execArgv: [], stderr: true, resourceLimits: { maxOldGenerationSizeMb: 64 } },
    );
    await once(worker, 'message');
    onTestFinished(() => void worker.terminate());
    return worker;
  }

  test('captures a thread that goes on', async () => {
    const worker = await startWorker();
    const saved = await captureWorker(worker, { force: true }).toFile({ directory: outputFolder() });
    await expectSoundSnapshot(saved, { className: 'WorkerItem', count: 25 });
    worker.postMessage('still there');
    expect(await once(worker, 'message')).toEqual(['still there']);
    const two = await Promise.allSettled([
      openSnapshot(captureWorker(worker, { force: true })),
      openSnapshot(captureWorker(worker, { force: true })),
    ]);
    expect(two.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((two[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'BUSY' });
  });

  test('a thread that has ended', async () => {
    const worker = await startWorker();
    await worker.terminate();
    const directory = outputFolder();
    const error = await rejectionOf(captureWorker(worker, { force: true }).toFile({ directory }));
    expect(error).toMatchObject({ code: 'TARGET_GONE' });
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('captureNearLimit', () => {
  test('has V8 write when the heap is nearly full, and moves what is whole', async () => {
    const [work, directory] = [outputFolder(), outputFolder()];
    const { saved, errors } = await runProgram(
      'fill-own-heap.mjs',
      [work, directory],
      ['--max-old-space-size=40', `--diagnostic-dir=${work}`],
    );
    expect(errors).toEqual([]);
    expect(saved).toHaveLength(1);
    const [{ path }] = saved;
    expect(path).toMatch(/\/Heap\.\d{8}\.\d{6}\.\d+\.0\.\d+\.heapsnapshot$/);
    expect(countObjects(await openSnapshot(path), 'Leak')).toBeGreaterThan(1000);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect([readdirSync(work), readdirSync(directory).length]).toEqual([[], 1]);
    await expectConforming(path);
  }, 120_000);

  test('refuses where a full heap is more than the memory allows, or the directory is missing', async () => {
    const missing = await rejectionOf(captureNearLimit({ directory: join(folder, 'no') }));
    expect(missing).toMatchObject({ code: 'NO_DIRECTORY' });
  });
});

describe('createCaptureHandler', () => {
  async function serve(options: Parameters<typeof createCaptureHandler>[0]): Promise<number> {
    const server = createServer(createCaptureHandler(options));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return (server.address() as AddressInfo).port;
  }

  async function ask(port: number, method: string, key?: string): Promise<IncomingMessage> {
    const asking = request({ port, host: '127.0.0.1', method, headers: key ? { 'x-key': key } : {} });
    asking.end();
    const [response] = await once(asking, 'response');
    return response;
  }

  test('must be given an authorize function', () => {
    expect(() => createCaptureHandler({} as never)).toThrow(TypeError);
    expect(() => createCaptureHandler(undefined as never)).toThrow(/needs an authorize function/);
  });

  test('sends nothing to strangers, one at a time, and leaves no file', async () => {
    const directory = outputFolder();
    const port = await serve({
      directory,
      force: true,
      authorize: ({ headers }) => {
        if (headers['x-key'] === 'broken') throw new Error('no keys today');
        return headers['x-key'] === 'open sesame';
      },
    });
    for (const key of [undefined, 'wrong', 'broken']) {
      const response = await ask(port, 'POST', key);
      expect(response.statusCode).toBe(403);
      expect(JSON.parse((await response.toArray()).join(''))).toEqual({ error: 'FORBIDDEN' });
    }
    expect((await ask(port, 'GET', 'open sesame')).statusCode).toBe(405);

    const first = await ask(port, 'POST', 'open sesame');
    expect(first.statusCode).toBe(200);
    expect(first.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json' });
    expect((await ask(port, 'POST', 'open sesame')).statusCode).toBe(409);
    const graph = await openSnapshot(first);
    expect(graph.nodeCount).toBeGreaterThan(10_000);
    expect(readdirSync(directory)).toEqual([]);

    // a client that leaves
    const left = await ask(port, 'POST', 'open sesame');
    left.destroy();
    await once(left, 'close').catch(() => {});
    let status = 409;
    while (status === 409) {
      const again = await ask(port, 'POST', 'open sesame');
      status = again.statusCode!;
      again.destroy();
    }
    expect(status).toBe(200);
    while (readdirSync(directory).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }, 120_000);
});

// Runs in a thread of its own: watches for the snapshots that V8 writes when the heap of another thread is nearly full.
import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { HeapstreamError } from '@heapstream/core';
import { takeCaptureLock } from '../capture-lock.js';
import { requireRoom } from '../file/check-file.js';
import { moveSnapshot } from '../file/move-snapshot.js';
import { SECRET_MODE } from '../file/write-snapshot-file.js';
import { checkGrowingSnapshot } from '../signal/growing-snapshot.js';
import type { WatchOrder, WatchReport } from './capture-near-limit.js';

const POLL_INTERVAL = 100;
/** A full heap may take minutes; the process ends sooner if it cannot. */
const TIMEOUT = 3_600_000;

const order = workerData as WatchOrder;
const ofThread = new RegExp(
  `^Heap\\.\\d{8}\\.\\d{6}\\.${order.pid}\\.${order.threadId}\\.\\d+\\.heapsnapshot$`,
);

const seen = new Set(await findSnapshots());
report({ kind: 'ready' });
for (;;) {
  for (const name of await findSnapshots()) {
    if (seen.has(name)) continue;
    seen.add(name);
    await take(name);
  }
  await sleep(POLL_INTERVAL);
}

async function findSnapshots(): Promise<string[]> {
  return (await readdir(order.watched).catch(() => [])).filter((name) => ofThread.test(name));
}

async function take(name: string): Promise<void> {
  let unlock: () => void;
  try {
    unlock = takeCaptureLock({ pid: order.pid });
  } catch {
    // somebody else asked for this one
    return;
  }
  const path = join(order.watched, name);
  try {
    await chmod(path, SECRET_MODE);
    const checked = await checkGrowingSnapshot(path, {
      name: path,
      timeout: TIMEOUT,
      requireWriter: () => requireRoom(order.watched),
    });
    const filename = order.gzip ? `${name}.gz` : name;
    const destination = {
      path: join(order.directory, filename),
      directory: order.directory,
      gzip: order.gzip,
    };
    report({ kind: 'saved', saved: await moveSnapshot(path, checked, destination, { name: path }) });
  } catch (error) {
    await rm(path, { force: true });
    const code = error instanceof HeapstreamError ? error.code : 'FILE_FAILED';
    report({ kind: 'failed', code, message: (error as Error).message });
  } finally {
    unlock();
  }
}

function report(message: WatchReport): void {
  parentPort?.postMessage(message);
}

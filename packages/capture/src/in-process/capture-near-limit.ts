import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { getHeapStatistics, setHeapSnapshotNearHeapLimit } from 'node:v8';
import { threadId, Worker } from 'node:worker_threads';
import type { SavedSnapshot } from '../capture.js';
import { CaptureError, CaptureRefusedError } from '../errors.js';
import { checkDestination } from '../file/destination.js';
import { readNodeOptions } from '../process/node-options.js';
import { estimateOwnCost } from './own-heap.js';

export interface NearLimitOptions {
  /** How many snapshots at most. Default 1. */
  readonly count?: number;
  /** Where they are moved when they are whole. Default: where the process writes them (see below). */
  readonly directory?: string;
  readonly gzip?: boolean;
  /** Called with each snapshot that was found whole. */
  readonly onCapture?: (saved: SavedSnapshot) => void;
  /** Called where one was not: it is removed then. */
  readonly onError?: (error: Error) => void;
  /** Also where there is too little memory for a snapshot of a full heap. */
  readonly force?: boolean;
}

/** What the watching thread is told. */
export interface WatchOrder {
  readonly pid: number;
  readonly threadId: number;
  /** Where V8 writes. */
  readonly watched: string;
  readonly directory: string;
  readonly gzip: boolean;
}

/** What it tells. */
export type WatchReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'saved'; readonly saved: SavedSnapshot }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/**
 * Has V8 write a snapshot when this thread's heap is nearly full, in `--diagnostic-dir` or the working directory of that
 * moment. A thread of its own watches that directory, because this one stands still while V8 writes and may be out of
 * memory right after: it takes other users' right to read the file away as soon as it appears, checks it while it grows,
 * and moves it. It keeps no process alive, and
 * needs some 30 MB of heap: the limit of the process counts for it, too. A process that ends before that leaves the file as V8 wrote it.
 *
 * Resolves when the watch has begun. Once per process: V8 forgets nothing of it until the end.
 */
export async function captureNearLimit(options: NearLimitOptions = {}): Promise<{ stop(): Promise<void> }> {
  const { count = 1, gzip = false, onCapture, onError, force } = options;
  const nodeOptions = readNodeOptions([process.execPath, ...process.execArgv], process.env.NODE_OPTIONS);
  const watched = resolve(nodeOptions.diagnosticDirectory ?? '.');
  if (!(await stat(watched).catch(() => undefined))?.isDirectory()) {
    throw new CaptureError('NO_DIRECTORY', `${watched}: no such directory`);
  }
  const { directory } = await checkDestination({ directory: options.directory ?? watched }, '');
  await guardFullHeap(force);

  const order: WatchOrder = { pid: process.pid, threadId, watched, directory, gzip };
  const watcher = new Worker(new URL('./near-limit-watcher.js', import.meta.url), {
    workerData: order,
    execArgv: [],
  });
  await new Promise<void>((begun, failed) => {
    watcher.once('error', failed);
    watcher.on('message', (report: WatchReport) => {
      if (report.kind === 'ready') begun();
      else if (report.kind === 'saved') onCapture?.(report.saved);
      else onError?.(new CaptureError(report.code as CaptureError['code'], report.message));
    });
  });
  watcher.on('error', (error) => onError?.(error as Error));
  watcher.unref();
  setHeapSnapshotNearHeapLimit(count);
  return {
    stop: async () => {
      await watcher.terminate();
    },
  };
}

/** V8 itself gives up where there is far too little memory; this says so before, and by what a capture takes. */
async function guardFullHeap(force: boolean | undefined): Promise<void> {
  const limit = getHeapStatistics().heap_size_limit;
  const cost = await estimateOwnCost(limit);
  if (force || cost.available === undefined || cost.likelyMemory <= cost.available.bytes) return;
  throw new CaptureRefusedError(
    `a snapshot of a full heap of ${Math.round(limit / 1e6)} MB takes ${Math.round(cost.likelyMemory / 1e6)} MB more, ` +
      `and ${Math.round(cost.available.bytes / 1e6)} MB are available: lower --max-old-space-size`,
    cost,
    'memory',
  );
}

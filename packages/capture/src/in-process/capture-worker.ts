import type { Readable } from 'node:stream';
import { getHeapStatistics } from 'node:v8';
import type { Worker } from 'node:worker_threads';
import { HeapstreamError } from '@heapstream/core';
import type { Capture, CaptureOptions } from '../capture.js';
import { takeCaptureLock } from '../capture-lock.js';
import type { CaptureCost } from '../cost/capture-cost.js';
import { CaptureError } from '../errors.js';
import { throwIfAborted } from '../file/write-snapshot-file.js';
import type { ContentOptions } from '../inspector/capture-session.js';
import { type ReadyTarget, StreamCapture } from '../stream-capture.js';
import { estimateOwnCost } from './own-heap.js';

/** One snapshot of the heap of a worker thread of this process. The worker stands still meanwhile, this thread does not. */
export function captureWorker(worker: Worker, options: CaptureOptions & ContentOptions = {}): Capture {
  const { threadId } = worker;
  return new StreamCapture(() => prepare(worker, options), {
    ...options,
    name: `<worker ${threadId}>`,
    label: `${process.pid}.${threadId}`,
  });
}

async function prepare(worker: Worker, options: CaptureOptions & ContentOptions): Promise<ReadyTarget> {
  const unlock = takeCaptureLock({ pid: process.pid });
  try {
    return {
      cost: await estimateWorkerCost(worker),
      chunks: () => workerChunks(worker, options),
      close: async () => unlock(),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function* workerChunks(
  worker: Worker,
  { signal, onProgress, exposeInternals, exposeNumericValues }: CaptureOptions & ContentOptions,
): AsyncGenerator<Uint8Array> {
  const name = `the worker ${worker.threadId}`;
  let stream: Readable | undefined;
  const stop = (): void => void stream?.destroy(new Error('aborted'));
  signal?.addEventListener('abort', stop);
  try {
    onProgress?.({ phase: 'snapshot', done: 0, total: undefined });
    stream = await (worker as SnapshotWorker).getHeapSnapshot({ exposeInternals, exposeNumericValues });
    throwIfAborted(signal);
    let done = 0;
    for await (const chunk of stream) {
      throwIfAborted(signal);
      done += chunk.length;
      onProgress?.({ phase: 'transfer', done, total: undefined });
      yield chunk;
    }
  } catch (cause) {
    throwIfAborted(signal);
    if (cause instanceof HeapstreamError) throw cause;
    throw new CaptureError('TARGET_GONE', `${name}: ${(cause as Error).message}`, { cause });
  } finally {
    signal?.removeEventListener('abort', stop);
    stream?.destroy();
  }
}

/** Since Node 22; older ones take no options. */
type SnapshotWorker = { getHeapSnapshot(options: ContentOptions): Promise<Readable> };
type HeapAsking = { getHeapStatistics?: () => Promise<{ used_heap_size: number }> };

/** Newer Node asks the worker; else its heap is at most what is not this thread's. */
async function estimateWorkerCost(worker: Worker): Promise<CaptureCost> {
  const asked = (worker as HeapAsking).getHeapStatistics?.().catch(() => undefined);
  const statistics = await asked;
  if (statistics !== undefined) return estimateOwnCost(statistics.used_heap_size);
  const others = process.memoryUsage.rss() - getHeapStatistics().total_physical_size;
  return { ...(await estimateOwnCost(Math.max(0, others))), isUpperBound: true };
}

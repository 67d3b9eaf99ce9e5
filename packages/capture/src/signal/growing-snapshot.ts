import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CheckedSnapshot, SnapshotChecker } from '@heapstream/core';
import { CaptureError } from '../errors.js';
import { throwIfAborted } from '../file/write-snapshot-file.js';

/** How to follow a file that another process writes. */
export interface GrowingOptions {
  /** What errors call the file. */
  readonly name: string;
  /** Milliseconds for which it may stay as it is. V8 opens it before it walks the heap. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** Throws when the writer has ended, or can write no more. */
  readonly requireWriter: () => Promise<void>;
  readonly onBytes?: (byteLength: number) => void;
}

const POLL_INTERVAL = 50;
const READ_BYTES = 1024 * 1024;

/**
 * Reads a snapshot while it is written, and checks it: resolves when it is whole, which its bytes tell and not how long
 * nothing was added.
 */
export async function checkGrowingSnapshot(path: string, options: GrowingOptions): Promise<CheckedSnapshot> {
  const handle = await open(path);
  try {
    return await follow(handle, options);
  } finally {
    await handle.close();
  }
}

async function follow(handle: FileHandle, options: GrowingOptions): Promise<CheckedSnapshot> {
  const { name, timeout, signal, requireWriter, onBytes } = options;
  const checker = new SnapshotChecker(name);
  const buffer = new Uint8Array(READ_BYTES);
  let lastGrowth = Date.now();
  let isOver = false;
  for (;;) {
    throwIfAborted(signal);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    if (bytesRead > 0) {
      checker.write(buffer.subarray(0, bytesRead));
      onBytes?.(checker.byteLength);
      lastGrowth = Date.now();
      continue;
    }
    if (checker.isComplete) return checker.end();
    // what it wrote last was read by now
    if (isOver) await requireWriter();
    isOver = await requireWriter().then(
      () => false,
      () => true,
    );
    if (isOver) continue;
    if (Date.now() - lastGrowth > timeout) {
      throw new CaptureError('TIMEOUT', `${name}: nothing was written for ${timeout} ms`);
    }
    await sleep(POLL_INTERVAL);
  }
}

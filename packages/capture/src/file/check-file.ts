import { createReadStream } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { type CheckedSnapshot, SnapshotChecker } from '@heapstream/core';
import { CaptureError } from '../errors.js';
import { throwIfAborted } from './write-snapshot-file.js';

/** Reads a file from end to end and tells whether it is a whole, sound snapshot. */
export async function checkFile(
  path: string,
  { name, signal }: { name: string; signal?: AbortSignal | undefined },
): Promise<CheckedSnapshot> {
  const checker = new SnapshotChecker(name);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    throwIfAborted(signal);
    checker.write(chunk);
  }
  return checker.end();
}

/** Throws `DISK_FULL` where nothing more can be written: V8 then stops in the middle, and says nothing. */
export async function requireRoom(directory: string): Promise<void> {
  const { bavail } = await statfs(directory);
  if (bavail > 0) return;
  throw new CaptureError('DISK_FULL', `${directory}: the disk is full`);
}

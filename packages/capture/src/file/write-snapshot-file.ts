import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { HeapstreamError, OperationAbortedError, SnapshotChecker } from '@heapstream/core';
import type { SavedSnapshot } from '../capture.js';
import { type CaptureCode, CaptureError } from '../errors.js';
import { type CheckedDestination, temporaryPath } from './destination.js';

/** Snapshots hold every string of a process, its secrets too. */
export const SECRET_MODE = 0o600;

/**
 * Writes chunks to a file that nobody else may read, checks them as they pass, syncs, and gives the file its name when
 * it is whole. `name` is what errors about the bytes call them.
 */
export async function writeSnapshotFile(
  chunks: AsyncIterable<Uint8Array>,
  destination: CheckedDestination,
  { name, signal }: { name: string; signal?: AbortSignal | undefined },
): Promise<SavedSnapshot> {
  const { path, gzip } = destination;
  const temporary = temporaryPath(destination);
  const checker = new SnapshotChecker(name);
  const handle = await open(temporary, 'wx', SECRET_MODE).catch((error) => {
    throw asFileError(error, temporary);
  });
  // who fails: the one who makes the chunks and the check tell it as it is; all others are the file's
  let failureOfChunks: { readonly error: unknown } | undefined;
  async function* checked(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of chunks) {
        checker.write(chunk);
        yield chunk;
      }
      throwIfAborted(signal);
    } catch (error) {
      failureOfChunks = { error };
      throw error;
    }
  }
  try {
    const write = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
      for await (const chunk of source) await handle.writeFile(chunk);
    };
    if (gzip) await pipeline(checked(), createGzip(), write);
    else await pipeline(checked(), write);
    const snapshot = checker.end();
    await handle.sync();
    const { size } = await handle.stat();
    await handle.close();
    await rename(temporary, path);
    await syncDirectory(destination.directory);
    return { path, fileSize: size, ...snapshot };
  } catch (error) {
    await closeQuietly(handle);
    await rm(temporary, { force: true });
    if (failureOfChunks !== undefined) throw failureOfChunks.error;
    throw asFileError(error as NodeJS.ErrnoException, path);
  }
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new OperationAbortedError('the capture', { cause: signal.reason });
}

const CODES: Readonly<Record<string, CaptureCode>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  EFBIG: 'DISK_FULL',
  EACCES: 'NO_PERMISSION',
  EPERM: 'NO_PERMISSION',
  ENOENT: 'NO_DIRECTORY',
};

/** An error of the file system as a `CaptureError`; all others stay as they are. */
export function asFileError(error: NodeJS.ErrnoException, path: string): Error {
  if (error instanceof HeapstreamError || error.syscall === undefined) return error;
  const code = CODES[error.code ?? ''] ?? 'FILE_FAILED';
  const what = code === 'DISK_FULL' ? 'the disk is full' : error.message;
  return new CaptureError(code, `${path}: ${what}`, { cause: error });
}

/** So that the name survives a power failure, too; not every system can. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory);
    await handle.sync().finally(() => handle.close());
  } catch {
    // the file itself is synced
  }
}

async function closeQuietly(handle: FileHandle): Promise<void> {
  await handle.close().catch(() => {});
}

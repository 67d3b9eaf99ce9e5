import { createReadStream } from 'node:fs';
import { chmod, open, rename, rm, stat } from 'node:fs/promises';
import type { CheckedSnapshot } from '@heapstream/core';
import type { SavedSnapshot } from '../capture.js';
import type { CheckedDestination } from './destination.js';
import { asFileError, SECRET_MODE, syncDirectory, writeSnapshotFile } from './write-snapshot-file.js';

/** Gives a file that was checked where it lies its own place and name; copies it where that is another file system. */
export async function moveSnapshot(
  from: string,
  checked: CheckedSnapshot,
  destination: CheckedDestination,
  { name, signal }: { name: string; signal?: AbortSignal | undefined },
): Promise<SavedSnapshot> {
  const { path, directory, gzip } = destination;
  try {
    if (!gzip && (await renamed(from, path))) {
      await syncDirectory(directory);
      return { path, fileSize: (await stat(path)).size, ...checked };
    }
    const saved = await writeSnapshotFile(createReadStream(from), destination, { name, signal });
    await rm(from, { force: true });
    return saved;
  } catch (error) {
    throw asFileError(error as NodeJS.ErrnoException, path);
  }
}

/** False where the file is on another file system. */
async function renamed(from: string, to: string): Promise<boolean> {
  const handle = await open(from);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(from, SECRET_MODE);
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EXDEV') return false;
    throw error;
  }
}

import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { writeHeapSnapshot } from 'node:v8';
import type { Capture, CaptureOptions, SavedSnapshot } from '../capture.js';
import { takeCaptureLock } from '../capture-lock.js';
import { guardDisk, guardMemory } from '../cost/guard.js';
import { checkFile, requireRoom } from '../file/check-file.js';
import { checkDestination, type FileDestination, temporaryPath } from '../file/destination.js';
import { moveSnapshot } from '../file/move-snapshot.js';
import { asFileError, SECRET_MODE, throwIfAborted } from '../file/write-snapshot-file.js';
import type { ContentOptions } from '../inspector/capture-session.js';
import { estimateOwnCost } from './own-heap.js';

/**
 * With a destination for `toFile()`, if that is given none. Its `directory` is also where the snapshot is written first
 * when it is read as a stream; then the default is the system's folder for temporary files.
 */
export interface OwnCaptureOptions extends CaptureOptions, ContentOptions, FileDestination {}

const NAME = '<this process>';

/**
 * One snapshot of the heap of this thread. V8 writes it while this thread stands still; everything else, the check
 * included, leaves it time for other work. Also where the snapshot is read as a stream it goes by way of a file, which
 * nobody else may read and which is gone afterwards: V8's own stream would hold all of it in memory.
 */
export function captureHere(options: OwnCaptureOptions = {}): Capture {
  return new OwnCapture(options);
}

class OwnCapture implements Capture {
  readonly #options: OwnCaptureOptions;

  constructor(options: OwnCaptureOptions) {
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const { directory = tmpdir() } = this.#options;
    const file = await this.#write({ directory });
    try {
      const bytes = createReadStream(file.temporary, { highWaterMark: 1024 * 1024 });
      for await (const chunk of bytes) {
        throwIfAborted(this.#options.signal);
        yield chunk;
      }
    } finally {
      await file.remove();
    }
  }

  async toFile(to: string | FileDestination = this.#options): Promise<SavedSnapshot> {
    const { signal } = this.#options;
    const { temporary, destination, remove } = await this.#write(to);
    try {
      const checked = await checkFile(temporary, { name: NAME, signal });
      return await moveSnapshot(temporary, checked, destination, { name: NAME, signal });
    } catch (error) {
      throw asFileError(error as NodeJS.ErrnoException, destination.path);
    } finally {
      await remove();
    }
  }

  /** Has V8 write the snapshot under a temporary name. */
  async #write(to: string | FileDestination | undefined) {
    const { signal, force, onProgress, exposeInternals, exposeNumericValues } = this.#options;
    throwIfAborted(signal);
    const destination = await checkDestination(to, String(process.pid));
    const unlock = takeCaptureLock({ pid: process.pid });
    const temporary = temporaryPath(destination);
    const remove = async (): Promise<void> => {
      await rm(temporary, { force: true });
    };
    try {
      const cost = await estimateOwnCost();
      guardMemory(cost, force);
      await guardDisk(cost, destination.directory, { force });
      // V8 would make a file that others may read
      await (await open(temporary, 'wx', SECRET_MODE)).close();
      onProgress?.({ phase: 'snapshot', done: 0, total: undefined });
      writeHeapSnapshot(temporary, { exposeInternals, exposeNumericValues });
      await requireRoom(destination.directory);
      return { temporary, destination, remove };
    } catch (error) {
      await remove();
      throw asFileError(error as NodeJS.ErrnoException, destination.path);
    } finally {
      unlock();
    }
  }
}

import type { Capture, CaptureOptions, SavedSnapshot } from './capture.js';
import type { CaptureCost } from './cost/capture-cost.js';
import { guardDisk, guardMemory } from './cost/guard.js';
import { checkDestination, type FileDestination } from './file/destination.js';
import { throwIfAborted, writeSnapshotFile } from './file/write-snapshot-file.js';

/** A target that is ready to be captured: connected and locked, but not touched yet. */
export interface ReadyTarget {
  readonly cost: CaptureCost;
  /** Takes the snapshot. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Lets go of the target; also after a failure. */
  close(): Promise<void>;
}

interface StreamCaptureOptions extends CaptureOptions {
  /** What errors and file names call the target. */
  readonly name: string;
  readonly label: string;
  readonly extension?: string;
}

/** A capture whose bytes come to us as a stream. */
export class StreamCapture implements Capture {
  readonly #prepare: () => Promise<ReadyTarget>;
  readonly #options: StreamCaptureOptions;

  /** `prepare` begins anew for every reading. */
  constructor(prepare: () => Promise<ReadyTarget>, options: StreamCaptureOptions) {
    this.#prepare = prepare;
    this.#options = options;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    throwIfAborted(this.#options.signal);
    const target = await this.#prepare();
    try {
      guardMemory(target.cost, this.#options.force);
      yield* target.chunks();
    } finally {
      await target.close();
    }
  }

  async toFile(to?: string | FileDestination): Promise<SavedSnapshot> {
    const { name, label, extension, signal, force } = this.#options;
    throwIfAborted(signal);
    const destination = await checkDestination(to, label, extension);
    const target = await this.#prepare();
    try {
      guardMemory(target.cost, force);
      await guardDisk(target.cost, destination.directory, { force, gzip: destination.gzip });
      return await writeSnapshotFile(target.chunks(), destination, { name, signal });
    } finally {
      await target.close();
    }
  }
}

import type { Capture, CaptureOptions } from '../capture.js';
import { takeCaptureLock } from '../capture-lock.js';
import { type CaptureCost, estimateCost } from '../cost/capture-cost.js';
import { CaptureError } from '../errors.js';
import { type ReadyTarget, StreamCapture } from '../stream-capture.js';
import { hostAndPort, type InspectorAddress, type ResolvedAddress, resolveAddress } from './address.js';
import { connectTarget } from './connect-target.js';
import type { InspectorTarget, TargetChoice } from './inspector-target.js';
import type { ProtocolChannel } from './protocol-channel.js';
import { snapshotChunks } from './snapshot-chunks.js';
import { readTargetFacts } from './target-facts.js';
import { untilSettledOrSilent } from './until-settled.js';
import { withDeadline } from './with-deadline.js';

/** Which target to connect to, and how long to wait for it. */
export type SessionOptions = InspectorAddress & {
  /** Which one of several; default: the only one of the kind that usually matters. */
  readonly target?: TargetChoice;
  /** Milliseconds in which an answer, or the next sign of life during a capture, must come. Default: two minutes. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
};

/** What the snapshot holds besides the usual. */
export interface ContentOptions {
  /** Adds the values of numbers. */
  readonly exposeNumericValues?: boolean;
  /** Adds V8's own objects. */
  readonly exposeInternals?: boolean;
}

export interface SnapshotOptions extends ContentOptions, CaptureOptions {
  /** Collects garbage before. Taking a snapshot does so, too, but less thoroughly. */
  readonly gc?: boolean;
}

export const DEFAULT_TIMEOUT = 120_000;

/**
 * A connection to one target that stays open over several captures. Closing it makes V8 forget the numbers of its
 * objects, so that only snapshots of one session can be compared by id.
 *
 * One capture at a time: the process is locked for as long as the session is open.
 */
export class CaptureSession {
  readonly target: InspectorTarget;
  readonly #channel: ProtocolChannel;
  readonly #address: ResolvedAddress;
  readonly #timeout: number;
  readonly #unlock: () => void;
  #isBusy = false;
  #isRecording = false;
  /** Settles when the target has done with the snapshot under way. */
  #running: Promise<unknown> = Promise.resolve();

  private constructor(
    channel: ProtocolChannel,
    target: InspectorTarget,
    address: ResolvedAddress,
    timeout: number,
    unlock: () => void,
  ) {
    this.#channel = channel;
    this.target = target;
    this.#address = address;
    this.#timeout = timeout;
    this.#unlock = unlock;
    channel.onEnd(unlock);
  }

  /** Connects, and locks the process; rejects with a `CaptureError` or an `OperationAbortedError`. */
  static async open(options: SessionOptions = {}): Promise<CaptureSession> {
    const { timeout = DEFAULT_TIMEOUT, signal } = options;
    const address = await resolveAddress(options);
    const { channel, target } = await connectTarget(address, options.target, { timeout, signal });
    try {
      const { localPid } = await withDeadline(readTargetFacts(channel, address), channel.name, {
        timeout,
        signal,
      });
      const unlock = takeCaptureLock(
        localPid === undefined ? { address: `${hostAndPort(address)}-${target.id}` } : { pid: localPid },
      );
      return new CaptureSession(channel, target, address, timeout, unlock);
    } catch (error) {
      channel.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.#channel.isOpen;
  }

  /** What a capture would cost the target. */
  async estimate(signal?: AbortSignal): Promise<CaptureCost> {
    const facts = readTargetFacts(this.#channel, this.#address);
    const { heap, available } = await withDeadline(facts, this.#channel.name, {
      timeout: this.#timeout,
      signal,
    });
    return estimateCost(heap, available);
  }

  /**
   * Evaluates an expression in the target, and waits for it where it is a promise: what a capture is to follow. Resolves
   * to its value, or to `undefined` where that is an object, none of which the target keeps. Rejects with
   * `TARGET_FAILED` where it throws.
   */
  async evaluate(
    expression: string,
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<unknown> {
    const objectGroup = 'heapstream';
    const work = async (): Promise<unknown> => {
      const parameters = { expression, objectGroup, awaitPromise: true };
      const { exceptionDetails, result } = await this.#channel.call('Runtime.evaluate', parameters);
      await this.#channel.call('Runtime.releaseObjectGroup', { objectGroup });
      if (exceptionDetails === undefined) return result?.value;
      const { exception, text } = exceptionDetails;
      const reason = String(exception?.description ?? exception?.value ?? text).split('\n', 1)[0];
      throw new CaptureError('TARGET_FAILED', `${this.#channel.name}: the expression failed: ${reason}`);
    };
    return withDeadline(work(), this.#channel.name, { timeout: this.#timeout, signal });
  }

  /** A snapshot of the heap. Cancelling it while it is taken closes the session, once the target has done with it. */
  snapshot(options: SnapshotOptions = {}): Capture {
    const { gc, exposeInternals, exposeNumericValues, signal, onProgress } = options;
    return this.#capture('heapsnapshot', options, async () => {
      if (gc) {
        onProgress?.({ phase: 'collect', done: 0, total: undefined });
        await withDeadline(this.#channel.call('HeapProfiler.collectGarbage'), this.#channel.name, {
          timeout: this.#timeout,
          signal,
        });
      }
      await this.#channel.call('HeapProfiler.takeHeapSnapshot', {
        reportProgress: true,
        captureNumericValue: exposeNumericValues,
        exposeInternals,
      });
    });
  }

  /** Starts recording allocations; with `allocationStacks`, who allocated each object, which slows the target down. */
  async startTimeline({ allocationStacks = true }: { allocationStacks?: boolean } = {}): Promise<void> {
    if (this.#isRecording) throw this.#busy();
    this.#isRecording = true;
    try {
      const starting = this.#channel.call('HeapProfiler.startTrackingHeapObjects', {
        trackAllocations: allocationStacks,
      });
      await withDeadline(starting, this.#channel.name, { timeout: this.#timeout });
    } catch (error) {
      this.#isRecording = false;
      throw error;
    }
  }

  /** Ends the recording: a snapshot (`.heaptimeline`) with what was allocated since, and when. */
  stopTimeline(options: ContentOptions & CaptureOptions = {}): Capture {
    const { exposeInternals, exposeNumericValues } = options;
    return this.#capture('heaptimeline', options, async () => {
      if (!this.#isRecording) throw new CaptureError('NOT_ENABLED', 'no timeline is being recorded');
      this.#isRecording = false;
      await this.#channel.call('HeapProfiler.stopTrackingHeapObjects', {
        reportProgress: true,
        captureNumericValue: exposeNumericValues,
        exposeInternals,
      });
    });
  }

  /**
   * Lets go of the target. Safe to call twice. Waits until the target has done with a snapshot under way: Node may crash
   * where its inspector is left in the middle of one.
   */
  async close(): Promise<void> {
    await untilSettledOrSilent(this.#running, this.#channel, this.#timeout);
    this.#channel.close();
    this.#unlock();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #capture(extension: string, options: CaptureOptions, start: () => Promise<unknown>): Capture {
    return new StreamCapture(() => this.#prepare(start, options), {
      ...options,
      name: `<${this.#channel.name}>`,
      label: this.target.type || 'target',
      extension,
    });
  }

  async #prepare(start: () => Promise<unknown>, options: CaptureOptions): Promise<ReadyTarget> {
    if (this.#isBusy) throw this.#busy();
    this.#isBusy = true;
    let state: 'ready' | 'started' | 'finished' = 'ready';
    const close = async (): Promise<void> => {
      // what the target still sends would get into the next capture
      if (state === 'started') await this.close();
      this.#isBusy = false;
    };
    try {
      const cost = await this.estimate(options.signal);
      const begin = (): Promise<void> => {
        state = 'started';
        const running = start().then(() => {
          state = 'finished';
        });
        this.#running = running;
        return running;
      };
      const { signal, onProgress } = options;
      const chunks = () =>
        snapshotChunks(this.#channel, begin, { timeout: this.#timeout, signal, onProgress });
      return { cost, chunks, close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  #busy(): CaptureError {
    return new CaptureError('BUSY', `${this.#channel.name}: another capture of this session is under way`);
  }
}

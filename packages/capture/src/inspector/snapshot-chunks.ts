import { OperationAbortedError } from '@heapstream/core';
import type { CaptureProgress } from '../capture.js';
import { CaptureError } from '../errors.js';
import type { ProtocolChannel } from './protocol-channel.js';

/** Bytes that may wait for a slow reader before the connection is paused; chunks have up to 1 MB. */
const PAUSE_ABOVE = 4 * 1024 * 1024;

interface ChunkOptions {
  /** Milliseconds without any message from the target. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CaptureProgress) => void) | undefined;
}

/**
 * The chunks that the target sends while `start` is under way, no faster than they are taken: while the reader is
 * slow, nothing is read from the connection.
 */
export async function* snapshotChunks(
  channel: ProtocolChannel,
  start: () => Promise<unknown>,
  options: ChunkOptions,
): AsyncGenerator<Uint8Array> {
  const inbox = new ChunkInbox(channel, options);
  try {
    start().then(
      () => inbox.finish(),
      (error) => inbox.fail(error),
    );
    for (let chunk = await inbox.next(); chunk !== undefined; chunk = await inbox.next()) yield chunk;
  } finally {
    inbox.close();
  }
}

class ChunkInbox {
  readonly #channel: ProtocolChannel;
  readonly #options: ChunkOptions;
  readonly #chunks: Uint8Array[] = [];
  readonly #undo: (() => void)[] = [];
  #waitingBytes = 0;
  #receivedBytes = 0;
  #isPaused = false;
  #isFinished = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(channel: ProtocolChannel, options: ChunkOptions) {
    this.#channel = channel;
    this.#options = options;
    const { signal } = options;
    const abort = (): void =>
      this.fail(new OperationAbortedError('the capture', { cause: signal?.reason }), { isUrgent: true });
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    this.#undo.push(
      () => signal?.removeEventListener('abort', abort),
      channel.listen((method, parameters) => this.#hear(method, parameters)),
      channel.onEnd((error) => this.fail(error)),
    );
    this.#restartSilence();
  }

  /** The next chunk, or `undefined` after the last; rejects when the capture has failed. */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) {
        this.#waitingBytes -= chunk.length;
        if (this.#chunks.length === 0) this.#resume();
        return chunk;
      }
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#isFinished) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  finish(): void {
    this.#isFinished = true;
    this.#stir();
  }

  /** What has arrived is still handed out, unless it `isUrgent`. */
  fail(error: Error, { isUrgent = false } = {}): void {
    if (this.#isFinished) return;
    this.#failure ??= error;
    if (isUrgent) this.#chunks.length = 0;
    this.#stir();
  }

  close(): void {
    clearTimeout(this.#silence);
    for (const undo of this.#undo) undo();
    this.#resume();
  }

  #hear(method: string, parameters: Readonly<Record<string, unknown>>): void {
    this.#restartSilence();
    if (method === 'HeapProfiler.addHeapSnapshotChunk') this.#take(parameters.chunk);
    else if (method === 'HeapProfiler.reportHeapSnapshotProgress') {
      const { done, total } = parameters;
      if (typeof done !== 'number' || typeof total !== 'number') return;
      this.#options.onProgress?.({ phase: 'snapshot', done, total });
    }
  }

  #take(chunk: unknown): void {
    if (typeof chunk !== 'string') {
      this.fail(
        new CaptureError('BAD_PROTOCOL', `${this.#channel.name}: a chunk of the snapshot that is no text`),
      );
      return;
    }
    const bytes = Buffer.from(chunk, 'utf8');
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#receivedBytes += bytes.length;
    this.#options.onProgress?.({ phase: 'transfer', done: this.#receivedBytes, total: undefined });
    if (this.#waitingBytes > PAUSE_ABOVE && !this.#isPaused) {
      this.#isPaused = true;
      // whoever is made to wait is not silent
      clearTimeout(this.#silence);
      this.#channel.pause();
    }
    this.#stir();
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#channel.resume();
    this.#restartSilence();
  }

  #restartSilence(): void {
    const { timeout } = this.#options;
    clearTimeout(this.#silence);
    if (this.#isPaused || this.#failure !== undefined) return;
    this.#silence = setTimeout(() => {
      const message = `${this.#channel.name}: the target sent nothing for ${timeout} ms`;
      this.fail(new CaptureError('TIMEOUT', message));
    }, timeout);
  }

  #stir(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { OperationAbortedError, SnapshotFormatError } from '../../src/errors.js';
import { readHistogram } from '../../src/histogram/histogram.js';
import type { SnapshotProgress } from '../../src/input/read-document.js';
import type { SnapshotSource } from '../../src/input/snapshot-source.js';
import { openSnapshot } from '../../src/open-snapshot.js';
import { inPieces } from '../support/feed-parser.js';
import { chunksOf, rejectionOf } from '../support/open-bytes.js';
import { exampleHeap } from '../support/snapshot-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const FOLDER = temporaryFolder();
const HEAP = exampleHeap(50);
const BYTES = HEAP.toBytes();
const FILE = join(FOLDER, 'a.heapsnapshot');
writeFileSync(FILE, BYTES);
const PACKED = join(FOLDER, 'a.heapsnapshot.gz');
writeFileSync(PACKED, gzipSync(BYTES));

/** Fails a test that would wait for ever, long before its own time is up. */
function soon<T>(promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('still waiting after five seconds')), 5000).unref();
  });
  return Promise.race([promise, late]);
}

/** Delivers some chunks, and then never answers. */
class StuckSource implements AsyncIterable<Uint8Array> {
  closed = false;
  readonly isWaiting: Promise<void>;
  readonly #chunks: Uint8Array[];
  #wait = (): void => {};

  constructor(chunks: readonly Uint8Array[]) {
    this.#chunks = [...chunks];
    this.isWaiting = new Promise((resolve) => {
      this.#wait = resolve;
    });
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return {
      next: () => {
        const value = this.#chunks.shift();
        if (value !== undefined) return Promise.resolve({ done: false, value });
        this.#wait();
        return new Promise(() => {});
      },
      return: () => {
        this.closed = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}

describe('an AbortSignal', () => {
  const reason = new Error('the user went away');

  test('that has fired keeps the source unread', async () => {
    let wasRead = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      wasRead = true;
      yield BYTES;
    }
    for (const read of [openSnapshot, readHistogram]) {
      const error = await rejectionOf(read(source(), { signal: AbortSignal.abort(reason) }));
      expect(error).toBeInstanceOf(OperationAbortedError);
      expect(error).toMatchObject({
        code: 'ABORTED',
        message: 'reading the snapshot was aborted',
        cause: reason,
      });
    }
    expect(wasRead).toBe(false);
  });

  const packed = gzipSync(BYTES);
  const stuck: [string, Uint8Array[]][] = [
    ['its first bytes', []],
    ['its second byte', [BYTES.subarray(0, 1)]],
    ['the middle of the nodes', [BYTES.subarray(0, 1500)]],
    ['its last byte', inPieces(BYTES.subarray(0, -1), 100)],
    ['anything behind the document', [BYTES]],
    ['the middle of gzip', [packed.subarray(0, 200)]],
    ['the end of gzip', [packed]],
    ['the middle of zlib', [deflateSync(BYTES).subarray(0, 200)]],
    ['the middle of brotli', [brotliCompressSync(BYTES).subarray(0, 200)]],
    ['the middle of zstd', [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58), new Uint8Array(20)]],
  ];

  test.each(stuck)('ends the waiting for %s', async (_, chunks) => {
    const source = new StuckSource(chunks);
    const controller = new AbortController();
    const opening = rejectionOf(openSnapshot(source, { signal: controller.signal }));
    await soon(source.isWaiting);
    controller.abort(reason);
    const error = await soon(opening);
    expect(error).toBeInstanceOf(OperationAbortedError);
    expect(error.cause).toBe(reason);
    expect(source.closed).toBe(true);
  });

  test.each(stuck)('destroys a Readable that is stuck before %s', async (_, chunks) => {
    const readable = new PassThrough();
    for (const chunk of chunks) readable.write(chunk);
    const controller = new AbortController();
    const opening = rejectionOf(openSnapshot(readable, { signal: controller.signal }));
    setTimeout(() => controller.abort(reason), 10);
    expect(await soon(opening)).toBeInstanceOf(OperationAbortedError);
    expect(readable.destroyed).toBe(true);
  });

  test('cancels a web stream that is stuck', async () => {
    let cancelled: unknown;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(BYTES.subarray(0, 1000)),
      pull: () => new Promise(() => {}),
      cancel: () => {
        cancelled = true;
      },
    });
    const opening = rejectionOf(openSnapshot(stream, { signal: AbortSignal.timeout(20) }));
    expect(await soon(opening)).toBeInstanceOf(OperationAbortedError);
    expect(cancelled).toBe(true);
  });

  test('does not wait for a source that never closes', async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => {}),
      cancel: () => new Promise(() => {}),
    });
    const opening = rejectionOf(openSnapshot(stream, { signal: AbortSignal.timeout(20) }));
    expect(await soon(opening)).toBeInstanceOf(OperationAbortedError);
  });

  test('does not wait for a generator that is stuck', async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield BYTES.subarray(0, 1000);
      await new Promise(() => {});
    }
    const opening = rejectionOf(openSnapshot(source(), { signal: AbortSignal.timeout(20) }));
    expect(await soon(opening)).toBeInstanceOf(OperationAbortedError);
  });

  test('that fires between chunks stops there', async () => {
    const controller = new AbortController();
    let delivered = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      for (const piece of inPieces(BYTES, 100)) {
        delivered++;
        yield piece;
      }
    }
    const onProgress = ({ done }: SnapshotProgress) => {
      if (done >= 500) controller.abort(reason);
    };
    const opening = openSnapshot(source(), { signal: controller.signal, onProgress });
    expect(await rejectionOf(opening)).toBeInstanceOf(OperationAbortedError);
    expect(delivered).toBeLessThan(10);
  });

  test('that never fires is left without listeners', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = ((...args: Parameters<typeof addEventListener>) => {
      listeners++;
      addEventListener.apply(signal, args);
    }) as typeof addEventListener;
    signal.removeEventListener = ((...args: Parameters<typeof removeEventListener>) => {
      listeners--;
      removeEventListener.apply(signal, args);
    }) as typeof removeEventListener;
    await openSnapshot(chunksOf(inPieces(BYTES, 100)), { signal });
    expect(listeners).toBe(0);
  });

  test('that fires later does nothing', async () => {
    const controller = new AbortController();
    const graph = await openSnapshot(FILE, { signal: controller.signal });
    controller.abort();
    expect(graph.nodeCount).toBe(HEAP.nodeCount);
  });
});

describe('onProgress', () => {
  async function progressOf(source: SnapshotSource): Promise<SnapshotProgress[]> {
    const seen: SnapshotProgress[] = [];
    await openSnapshot(source, { onProgress: (progress) => seen.push(progress) });
    return seen;
  }

  test.each([
    ['bytes in pieces', () => chunksOf(inPieces(BYTES, 100)), BYTES.length, undefined],
    ['a file', () => FILE, BYTES.length, BYTES.length],
    ['a gzip file', () => PACKED, gzipSync(BYTES).length, gzipSync(BYTES).length],
    ['gzip in pieces', () => chunksOf(inPieces(gzipSync(BYTES), 50)), gzipSync(BYTES).length, undefined],
  ])('of %s only grows, and reaches the end', async (_, source, length, total) => {
    const seen = await progressOf(source());
    expect(seen.length).toBeGreaterThan(0);
    for (const key of ['done', 'nodes', 'edges'] as const) {
      const values = seen.map((progress) => progress[key]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
    for (const progress of seen) expect(progress).toMatchObject({ phase: 'parse', total });
    expect(seen.at(-1)).toEqual({
      phase: 'parse',
      section: 'document',
      done: length,
      total,
      nodes: HEAP.nodeCount,
      edges: HEAP.edgeCount,
    });
  });

  test('tells the sections in the order of the file', async () => {
    const seen = await progressOf(chunksOf(inPieces(BYTES, 20)));
    const sections = seen.map(({ section }) => section).filter((section) => section !== 'document');
    expect([...new Set(sections)]).toEqual(
      expect.arrayContaining(['snapshot', 'nodes', 'edges', 'locations', 'strings']),
    );
    expect(sections.indexOf('snapshot')).toBeLessThan(sections.indexOf('nodes'));
    expect(sections.indexOf('nodes')).toBeLessThan(sections.indexOf('strings'));
  });

  test('that throws ends the reading with its error, and closes the source', async () => {
    const readable = Readable.from(inPieces(BYTES, 100));
    const onProgress = () => {
      throw new RangeError('enough');
    };
    await expect(openSnapshot(readable, { onProgress })).rejects.toThrow(RangeError);
    expect(readable.destroyed).toBe(true);
  });
});

describe('an error in a stream that stays open', () => {
  const bad = new TextEncoder().encode(`{"nodes":[1,x${' '.repeat(100_000)}`);
  // unpacked at one go: the next chunk is asked for before the error is found
  const short = new TextEncoder().encode('{"nodes":[1,x]}');

  test.each([
    ['plain', [bad]],
    ['gzip', [gzipSync(bad)]],
    ['gzip in pieces', inPieces(gzipSync(bad), 20)],
    ['zlib', [deflateSync(bad)]],
    ['short gzip', [gzipSync(short)]],
    ['short brotli', [brotliCompressSync(short)]],
    ['damaged gzip', [gzipSync(bad).fill(0xff, 20)]],
  ])('is told at once: %s', async (_, chunks) => {
    const source = new StuckSource(chunks);
    expect(await soon(rejectionOf(openSnapshot(source)))).toBeInstanceOf(SnapshotFormatError);
    expect(source.closed).toBe(true);

    const readable = new PassThrough();
    for (const chunk of chunks) readable.write(chunk);
    expect(await soon(rejectionOf(openSnapshot(readable)))).toBeInstanceOf(SnapshotFormatError);
    expect(readable.destroyed).toBe(true);

    async function* generator(): AsyncGenerator<Uint8Array> {
      yield* chunks;
      await new Promise(() => {});
    }
    expect(await soon(rejectionOf(openSnapshot(generator())))).toBeInstanceOf(SnapshotFormatError);
  });
});

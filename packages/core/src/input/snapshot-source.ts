import { promises } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SnapshotSourceError } from '../errors.js';
import { FileReader } from './file-reader.js';
import { asSourceError } from './source-error.js';

/**
 * Where the bytes of a snapshot come from: a path or `file:` URL, a Node `Readable`, a web `ReadableStream`, or any
 * other async iterable of bytes (an inspector's chunks, an HTTP body).
 */
export type SnapshotSource = string | URL | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** An opened source. */
export interface ByteStream {
  /** The name for errors and for the choice of decompression. */
  readonly name: string;
  /** Bytes of the file; undefined where nobody knows before the end. */
  readonly size: number | undefined;
  /** A chunk is valid until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The file, where it is one that can be read at any place. */
  readonly file?: FileReader | undefined;
  /** Closes the source, also while a chunk is being waited for; after its end it does nothing. */
  readonly close: () => Promise<void>;
}

/** Bytes read from a pipe at a time. */
const CHUNK_BYTES = 1024 * 1024;

/** Opens a source; fails with a {@link SnapshotSourceError} where it cannot be read. */
export async function openSource(source: SnapshotSource, name: string | undefined): Promise<ByteStream> {
  if (typeof source === 'string' || source instanceof URL) {
    const path = source instanceof URL ? fileURLToPath(source) : source;
    return openFile(path, name ?? path);
  }
  const streamName = name ?? '<stream>';
  if (typeof (source as ReadableStream)?.getReader === 'function') {
    const reader = (source as ReadableStream<Uint8Array>).getReader();
    return {
      name: streamName,
      size: undefined,
      chunks: readWebStream(reader, streamName),
      close: () => reader.cancel().catch(() => {}),
    };
  }
  if (typeof (source as AsyncIterable<Uint8Array>)?.[Symbol.asyncIterator] === 'function') {
    return openIterable(source as DestroyableIterable, streamName);
  }
  throw new TypeError('a snapshot source is a path, a file URL, a stream or an async iterable of bytes');
}

async function openFile(path: string, name: string): Promise<ByteStream> {
  const file = FileReader.open(path, name);
  if (file === undefined) return openPipe(path, name);
  return { name, size: file.size, chunks: file.chunks(), file, close: () => file.close() };
}

/** A named pipe or /dev/stdin, which has no size. */
async function openPipe(path: string, name: string): Promise<ByteStream> {
  let handle: FileHandle | undefined;
  try {
    handle = await promises.open(path);
    if ((await handle.stat()).isDirectory())
      throw new SnapshotSourceError(name, 'is a directory, not a file');
    const pipe = handle;
    return {
      name,
      size: undefined,
      chunks: readPipe(pipe, name),
      // the read under way may wait for ever
      close: async () => {
        pipe.close().catch(() => {});
      },
    };
  } catch (error) {
    await handle?.close();
    throw asSourceError(error, name);
  }
}

/** Reads one chunk ahead, so that whoever writes works while the parser does. */
async function* readPipe(pipe: FileHandle, name: string): AsyncGenerator<Uint8Array> {
  const buffers = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)];
  const read = async (buffer: Uint8Array): Promise<Uint8Array> => {
    const { bytesRead } = await pipe.read(buffer, 0, buffer.length, null);
    return buffer.subarray(0, bytesRead);
  };
  try {
    let pending = read(buffers[0]);
    for (let turn = 1; ; turn ^= 1) {
      const chunk = await pending;
      if (chunk.length === 0) return;
      pending = read(buffers[turn]);
      // a failure is seen when its turn comes, not as an unhandled rejection
      pending.catch(() => {});
      yield chunk;
    }
  } catch (error) {
    throw asSourceError(error, name);
  }
}

type DestroyableIterable = AsyncIterable<Uint8Array> & { destroy?: () => void };

function openIterable(iterable: DestroyableIterable, name: string): ByteStream {
  const iterator = iterable[Symbol.asyncIterator]();
  let isWaiting = false;
  async function* readIterator(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        isWaiting = true;
        const next = await iterator.next();
        isWaiting = false;
        if (next.done) return;
        yield asBytes(next.value, name);
      }
    } catch (error) {
      isWaiting = false;
      throw asSourceError(error, name);
    }
  }
  return {
    name,
    size: undefined,
    chunks: readIterator(),
    close: async () => {
      // a Node stream whose next chunk never comes only stops by being destroyed
      iterable.destroy?.();
      // what a source does when it is told to stop is its own affair
      const closing = iterator.return?.().catch(() => {});
      // a generator that waits for its own source closes when that answers, which may be never
      if (!isWaiting) await closing;
    },
  };
}

async function* readWebStream(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      yield asBytes(next.value, name);
  } catch (error) {
    throw asSourceError(error, name);
  }
}

/** Text chunks (a stream with an encoding set, an inspector's messages) are taken as UTF-8. */
function asBytes(chunk: unknown, name: string): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk === 'string') return new TextEncoder().encode(chunk);
  if (chunk instanceof ArrayBuffer || chunk instanceof SharedArrayBuffer) return new Uint8Array(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new SnapshotSourceError(name, `delivered a chunk that is no bytes but ${typeof chunk}`);
}

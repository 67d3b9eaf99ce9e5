import { execFileSync } from 'node:child_process';
import { createReadStream, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { OperationAbortedError, SnapshotFormatError, SnapshotSourceError } from '../../src/errors.js';
import type { SnapshotSource } from '../../src/input/snapshot-source.js';
import { openSnapshot } from '../../src/open-snapshot.js';
import { inPieces } from '../support/feed-parser.js';
import { rejectionOf } from '../support/open-bytes.js';
import { exampleHeap, joinText, linearChain } from '../support/snapshot-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const FOLDER = temporaryFolder();
const HEAP = exampleHeap(20);
const BYTES = HEAP.toBytes({ escapes: 'minimal' });
const FILE = join(FOLDER, 'a.heapsnapshot');
writeFileSync(FILE, BYTES);

const BAD = new TextEncoder().encode('{"nodes":[1,2,3,4,5,x');

/** Small enough that cuts fall everywhere. */
const PIECES = inPieces(BYTES, 101);

async function* generator(pieces: Iterable<unknown> = PIECES): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield piece as Uint8Array;
}

function webStream(pieces: Iterable<Uint8Array> = PIECES): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const next = iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

describe('reads', () => {
  const text = new TextDecoder().decode(BYTES);
  const sources: [string, () => SnapshotSource][] = [
    ['a path', () => FILE],
    ['a file URL', () => pathToFileURL(FILE)],
    ['a file stream', () => createReadStream(FILE, { highWaterMark: 97 })],
    ['a file stream of text', () => createReadStream(FILE, { highWaterMark: 97, encoding: 'utf8' })],
    ['a Readable', () => Readable.from(PIECES)],
    ['a web ReadableStream', () => webStream()],
    ['the stream of a Blob', () => new Blob([BYTES.slice()]).stream()],
    ['the body of a Response', () => new Response(BYTES.slice()).body!],
    ['an async generator', () => generator()],
    ['chunks of text', () => generator([text.slice(0, 1000), text.slice(1000)])],
    ['ArrayBuffers', () => generator(PIECES.map((piece) => piece.slice().buffer))],
    ['Buffers and views', () => generator(PIECES.map((piece) => new DataView(piece.slice().buffer)))],
    ['empty chunks between others', () => generator(PIECES.flatMap((piece) => [new Uint8Array(0), piece]))],
  ];
  test.each(sources)('%s', async (_, source) => {
    const graph = await openSnapshot(source());
    expect([graph.nodeCount, graph.edgeCount, graph.warnings]).toEqual([HEAP.nodeCount, HEAP.edgeCount, []]);
  });

  test('a source that reads into the same buffer again and again', async () => {
    const buffer = new Uint8Array(64);
    async function* reused(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
      for (const piece of inPieces(bytes, buffer.length)) {
        buffer.fill(0);
        buffer.set(piece);
        yield buffer.subarray(0, piece.length);
      }
    }
    for (const bytes of [BYTES, gzipSync(BYTES)]) {
      expect((await openSnapshot(reused(bytes))).nodeCount).toBe(HEAP.nodeCount);
    }
  });

  test('a source that reads one byte at a time into the same buffer', async () => {
    const buffer = new Uint8Array(1);
    async function* reused(): AsyncGenerator<Uint8Array> {
      for (const byte of BYTES) {
        buffer[0] = byte;
        yield buffer;
      }
    }
    expect((await openSnapshot(reused())).nodeCount).toBe(HEAP.nodeCount);
  });

  test('the body of a response', async () => {
    const server = createServer((_, response) => {
      for (const piece of PIECES) response.write(piece);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const { body } = await fetch(`http://127.0.0.1:${port}/`);
      expect((await openSnapshot(body!)).nodeCount).toBe(HEAP.nodeCount);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('names the source in errors', () => {
  test.each([
    ['<stream>', () => generator([new Uint8Array(0)]), undefined],
    ['page.heapsnapshot', () => generator([new Uint8Array(0)]), 'page.heapsnapshot'],
    ['<stream>', () => webStream([]), undefined],
  ])('%s', async (file, source, name) => {
    const error = await rejectionOf(openSnapshot(source(), { name }));
    expect(error.file).toBe(file);
    expect(error.message).toBe(`${file}: document, byte 0: expected '{', got no bytes`);
  });

  test('by its path', async () => {
    const path = join(FOLDER, 'empty.heapsnapshot');
    writeFileSync(path, '');
    expect((await rejectionOf(openSnapshot(path))).file).toBe(path);
    expect((await rejectionOf(openSnapshot(pathToFileURL(path)))).file).toBe(path);
  });
});

describe('a source that fails', () => {
  test('is a missing file', async () => {
    const path = join(FOLDER, 'missing.heapsnapshot');
    const error = await rejectionOf(openSnapshot(path));
    expect(error).toBeInstanceOf(SnapshotSourceError);
    expect(error).toMatchObject({ code: 'SOURCE_FAILED', file: path });
    expect(error.message).toBe(`${path}: no such file or directory`);
    expect((error.cause as NodeJS.ErrnoException).code).toBe('ENOENT');
  });

  test('is a directory', async () => {
    const path = join(FOLDER, 'folder.heapsnapshot');
    mkdirSync(path);
    const error = await rejectionOf(openSnapshot(path));
    expect(error).toBeInstanceOf(SnapshotSourceError);
    expect(error.message).toBe(`${path}: is a directory, not a file`);
  });

  const broken = new Error('the cable was cut');
  async function* breaking(pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
    yield* pieces;
    throw broken;
  }

  test.each([
    ['at once', []],
    ['in the middle', PIECES.slice(0, 5)],
    ['in the middle of gzip', [gzipSync(BYTES).subarray(0, 100)]],
    ['after two bytes', [BYTES.subarray(0, 2)]],
  ])('breaks %s', async (_, pieces) => {
    const readable = Readable.from(breaking(pieces));
    const iterator = pieces[Symbol.iterator]();
    const web = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = iterator.next();
        if (next.done) controller.error(broken);
        else controller.enqueue(next.value);
      },
    });
    for (const source of [breaking(pieces), readable, web]) {
      const error = await rejectionOf(openSnapshot(source));
      expect(error).toBeInstanceOf(SnapshotSourceError);
      expect(error.message).toBe('<stream>: the cable was cut');
      expect(error.cause).toBe(broken);
    }
    expect(readable.destroyed).toBe(true);
  });

  test('breaks with something that is no Error', async () => {
    async function* rude(): AsyncGenerator<Uint8Array> {
      yield PIECES[0];
      throw 'nope';
    }
    expect((await rejectionOf(openSnapshot(rude()))).message).toBe('<stream>: nope');
  });

  test('delivers what is no bytes', async () => {
    for (const chunk of [1, null, {}, undefined]) {
      const error = await rejectionOf(openSnapshot(generator([PIECES[0], chunk])));
      expect(error).toBeInstanceOf(SnapshotSourceError);
      expect(error.message).toBe(`<stream>: delivered a chunk that is no bytes but ${typeof chunk}`);
    }
  });

  test.each([[undefined], [null], [42], [{}], [BYTES]])('is none at all: %#', async (source) => {
    const opening = openSnapshot(source as unknown as SnapshotSource);
    await expect(opening).rejects.toThrow(TypeError);
    await expect(opening).rejects.toThrow('a snapshot source is a path');
  });
});

describe('closes the source', () => {
  test.each([
    ['after the end', BYTES, false],
    ['after an error', BAD, true],
    ['that has more behind an error', new Uint8Array([...BAD, ...BYTES]), true],
    ['that has more behind the end', new Uint8Array([...BYTES, ...BYTES]), false],
  ])('%s', async (_, bytes, fails) => {
    let wasClosed = false;
    async function* closing(): AsyncGenerator<Uint8Array> {
      try {
        yield* inPieces(bytes, 50);
      } finally {
        wasClosed = true;
      }
    }
    const opening = openSnapshot(closing());
    if (fails) await expect(opening).rejects.toThrow(SnapshotFormatError);
    else await opening;
    expect(wasClosed).toBe(true);

    const readable = Readable.from(inPieces(bytes, 50));
    await openSnapshot(readable).catch(() => {});
    expect(readable.destroyed).toBe(true);

    let wasCancelled = false;
    const pieces = inPieces(bytes, 50)[Symbol.iterator]();
    const web = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: () => {
        wasCancelled = true;
      },
    });
    await openSnapshot(web).catch(() => {});
    const isOver = pieces.next().done === true;
    expect(wasCancelled || isOver).toBe(true);
  });

  test.skipIf(process.platform !== 'linux')('of a file, whatever happens', async () => {
    const bad = join(FOLDER, 'bad.heapsnapshot');
    const twice = join(FOLDER, 'twice.heapsnapshot');
    writeFileSync(bad, Buffer.concat([BAD, Buffer.alloc(5 << 20, 0x20)]));
    writeFileSync(twice, Buffer.concat([BYTES, BYTES, Buffer.alloc(5 << 20, 0x20)]));
    const handle = await open(FILE);
    expect(openFiles()).toContain(FILE);
    await handle.close();
    for (const path of [FILE, bad, twice, FOLDER]) {
      await openSnapshot(path).catch(() => {});
      expect(openFiles()).not.toContain(path);
    }
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    await openSnapshot(twice, { signal: controller.signal, onProgress }).catch(() => {});
    // an abort does not wait for the read under way
    await vi.waitFor(() => expect(openFiles()).not.toContain(twice));
  });
});

/** The paths that this process holds open. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  function makePipe(name: string): string {
    const path = join(FOLDER, name);
    execFileSync('mkfifo', [path]);
    return path;
  }

  test('is read to its end', async () => {
    const path = makePipe('whole');
    const [graph] = await Promise.all([openSnapshot(path), writeFile(path, BYTES)]);
    expect(graph.nodeCount).toBe(HEAP.nodeCount);
  });

  test('that nobody writes to can be given up', async () => {
    const path = makePipe('silent');
    const error = await rejectionOf(openSnapshot(path, { signal: AbortSignal.timeout(20) }));
    expect(error).toBeInstanceOf(OperationAbortedError);
    // the open under way ends, too
    await (await open(path, 'w')).close();
  });

  test('that stays open keeps no error back', async () => {
    const path = makePipe('stuck');
    const opening = rejectionOf(openSnapshot(path));
    const writer = await open(path, 'w');
    await writer.write(BAD);
    expect(await opening).toBeInstanceOf(SnapshotFormatError);
    await writer.close();
  });
});

test('a file longer than two chunks is read whole', async () => {
  const path = join(FOLDER, 'long.heapsnapshot');
  writeFileSync(path, joinText(linearChain(100_000)));
  expect(readFileSync(path).length).toBeGreaterThan(2 << 20);
  const graph = await openSnapshot(path);
  expect([graph.nodeCount, graph.edgeCount]).toEqual([100_000, 99_999]);
});

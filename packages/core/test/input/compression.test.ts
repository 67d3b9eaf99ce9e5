import { readFileSync } from 'node:fs';
import * as zlib from 'node:zlib';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SnapshotFormatError, SnapshotLimitError } from '../../src/errors.js';
import { type Compression, detectCompression } from '../../src/input/compression.js';
import { openSnapshot } from '../../src/open-snapshot.js';
import { inPieces, utf8 } from '../support/feed-parser.js';
import { fixturePath } from '../support/fixtures.js';
import { chunksOf, openBytes, rejectionOf } from '../support/open-bytes.js';
import { exampleHeap, joinText, megabytesOfSpaces } from '../support/snapshot-builder.js';

const HEAP = exampleHeap(30);
const BYTES = HEAP.toBytes();
const ZSTD = readFileSync(fixturePath('real', 'bun-1.4.heapsnapshot.zst'));

describe('detectCompression', () => {
  test.each<[string, Uint8Array, Compression | undefined]>([
    ['gzip', gzipSync(BYTES), 'gzip'],
    ['zlib', deflateSync(BYTES), 'zlib'],
    ['zlib, fast', deflateSync(BYTES, { level: 1 }), 'zlib'],
    ['zlib, small window', deflateSync(BYTES, { windowBits: 9 }), 'zlib'],
    ['zstd', ZSTD, 'zstd'],
    ['brotli', brotliCompressSync(BYTES), undefined],
    ['nothing', new Uint8Array(0), 'none'],
    ['JSON', utf8('{"snapshot":{}}'), 'none'],
    ['JSON behind a mark', utf8('\ufeff{"snapshot":{}}'), 'none'],
    ['JSON behind white space', utf8(' \n\r\t\n {"snapshot"'), 'none'],
    ['JSON with a key beyond ASCII', utf8('{ "Ünkn😀wn":1}'), 'none'],
    ['only white space', utf8('    '), 'none'],
    ['an open brace', utf8('{'), 'none'],
    ['a line of text', utf8('Debugger listen'), 'none'],
    // by its first byte this could be zlib
    ['a warning of Node', utf8('(node:1) Warning'), 'none'],
    ['other JSON', utf8('[1,2,3]'), 'none'],
    ['control characters', Uint8Array.of(0x01, 0x02), undefined],
    ['a brace and rubbish', Uint8Array.of(0x7b, 0x90, 0x01), undefined],
  ])('%s', (_, bytes, compression) => {
    expect(detectCompression(bytes.subarray(0, 16))).toBe(compression);
  });
});

describe('opens', () => {
  const gzip = gzipSync(BYTES);
  const half = BYTES.length >> 1;
  const brotli = brotliCompressSync(BYTES);
  test.each<[string, Uint8Array, { compression?: Compression; name?: string }]>([
    ['gzip', gzip, {}],
    [
      'gzip of two members',
      Buffer.concat([gzipSync(BYTES.subarray(0, half)), gzipSync(BYTES.subarray(half))]),
      {},
    ],
    ['gzip by option', gzip, { compression: 'gzip' }],
    ['gzip whatever its name', gzip, { name: 'x.heapsnapshot' }],
    ['zlib', deflateSync(BYTES), {}],
    ['zlib by option', deflateSync(BYTES), { compression: 'zlib' }],
    ['brotli by trial', brotli, {}],
    ['brotli by name', brotli, { name: 'x.heapsnapshot.br' }],
    ['brotli by name in capitals', brotli, { name: 'X.BR' }],
    ['brotli by option', brotli, { compression: 'brotli' }],
    [
      'brotli of text',
      brotliCompressSync(BYTES, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
      {},
    ],
    ['nothing by option', BYTES, { compression: 'none' }],
    ['JSON named .br', BYTES, { name: 'x.br' }],
    ['JSON named .gz', BYTES, { name: 'x.gz' }],
  ])('%s, in every size of chunks', async (_, bytes, options) => {
    for (const size of [1, 2, 15, 16, 17, 100, 1 << 20]) {
      const graph = await openSnapshot(chunksOf(inPieces(bytes, size)), options);
      expect([graph.nodeCount, graph.edgeCount, graph.warnings]).toEqual([
        HEAP.nodeCount,
        HEAP.edgeCount,
        [],
      ]);
    }
  });

  test('zstd, in every size of chunks', async () => {
    const whole = await openBytes(ZSTD);
    for (const size of [1023]) {
      const graph = await openSnapshot(chunksOf(inPieces(ZSTD, size)));
      expect([graph.nodeCount, graph.edgeCount]).toEqual([whole.nodeCount, whole.edgeCount]);
      expect(graph.columns.stringBytes).toEqual(whole.columns.stringBytes);
    }
    expect((await openBytes(ZSTD, { compression: 'zstd' })).nodeCount).toBe(whole.nodeCount);
  });
});

describe('refuses', () => {
  test.each<[string, Uint8Array, Compression]>([
    ['gzip', gzipSync(BYTES), 'gzip'],
    ['zlib', deflateSync(BYTES), 'zlib'],
    ['brotli', brotliCompressSync(BYTES), 'brotli'],
  ])('%s that is cut short', async (_, packed, compression) => {
    for (const cut of [1, 4, 100]) {
      const error = await rejectionOf(openBytes(packed.subarray(0, packed.length - cut), { compression }));
      expect(error).toBeInstanceOf(SnapshotFormatError);
      expect(error).toMatchObject({ code: 'BAD_COMPRESSION', section: 'compression' });
      expect(error).toMatchObject({
        expected: `a valid ${compression} stream`,
        actual: 'unexpected end of file',
      });
      expect((error.cause as { code: string }).code).toBe('Z_BUF_ERROR');
    }
  });

  test.each<[string, Uint8Array, number]>([
    ['gzip', gzipSync(BYTES), 6],
    ['gzip', gzipSync(BYTES), 1],
    ['zlib', deflateSync(BYTES), 1],
  ])('%s whose checksum or length is wrong', async (_, packed, fromEnd) => {
    const damaged = Uint8Array.from(packed);
    damaged[damaged.length - fromEnd] ^= 1;
    expect(await rejectionOf(openBytes(damaged))).toMatchObject({ code: 'BAD_COMPRESSION' });
  });

  test('zstd that is cut short or damaged', async () => {
    for (const end of [5, 18, 100, 5000]) {
      expect(await rejectionOf(openBytes(ZSTD.subarray(0, end)))).toMatchObject({ code: 'BAD_COMPRESSION' });
    }
    const damaged = Uint8Array.from(ZSTD);
    damaged.fill(0xff, 1000, 1100);
    expect(await rejectionOf(openBytes(damaged))).toBeInstanceOf(SnapshotFormatError);
  });

  test('one compression given, another found', async () => {
    for (const compression of ['gzip', 'zlib', 'zstd', 'brotli'] as const) {
      expect(await rejectionOf(openBytes(BYTES, { compression }))).toMatchObject({
        code: 'BAD_COMPRESSION',
        expected: `a valid ${compression} stream`,
      });
    }
    expect(await rejectionOf(openBytes(gzipSync(BYTES), { compression: 'none' }))).toMatchObject({
      code: 'NOT_JSON',
    });
  });

  test('rubbish, which was tried as brotli', async () => {
    const error = await rejectionOf(
      openBytes(Uint8Array.from({ length: 1000 }, (_, i) => (i * 37 + 129) & 0xff)),
    );
    expect(error).toMatchObject({ code: 'BAD_COMPRESSION', expected: 'a valid brotli stream' });
  });

  test('a document that is cut short inside whole compression', async () => {
    for (const compress of [gzipSync, deflateSync, brotliCompressSync]) {
      const error = await rejectionOf(openBytes(compress(BYTES.subarray(0, 1500))));
      expect(error).toMatchObject({ code: 'TRUNCATED', byteOffset: 1500 });
    }
  });
});

test('white space behind the document is read to the checksum', async () => {
  const packed = gzipSync(Buffer.concat([BYTES, utf8('\n\n')]));
  expect((await openBytes(packed)).warnings).toEqual([]);
  packed[packed.length - 6] ^= 1;
  expect(await rejectionOf(openBytes(packed))).toMatchObject({ code: 'BAD_COMPRESSION' });
});

test('text behind a compressed document warns', async () => {
  const graph = await openBytes(gzipSync(Buffer.concat([BYTES, utf8('more')])));
  expect(graph.warnings).toEqual([
    {
      code: 'TRAILING_BYTES',
      message: `bytes after the end of the document, from byte ${BYTES.length} on, were not read`,
    },
  ]);
});

test('text behind a compressed document is read to the checksum', async () => {
  const packed = gzipSync(Buffer.concat([BYTES, utf8('more '.repeat(100_000))]));
  expect((await openBytes(packed)).warnings.map(({ code }) => code)).toEqual(['TRAILING_BYTES']);
  packed[packed.length - 6] ^= 1;
  expect(await rejectionOf(openBytes(packed))).toMatchObject({ code: 'BAD_COMPRESSION' });
});

describe('a compression bomb', () => {
  // 80 MB of spaces, more than is let through whatever the ratio
  const bomb = utf8(joinText(megabytesOfSpaces(80 << 20, 'before')));
  const fast = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 2 } };

  test('ends with an error, long before memory does', async () => {
    for (const packed of [gzipSync(bomb), brotliCompressSync(bomb, fast)]) {
      expect(packed.length).toBeLessThan(bomb.length / 500);
      const error = await rejectionOf(openBytes(packed));
      expect(error).toBeInstanceOf(SnapshotLimitError);
      expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'maxExpansionRatio', allowed: 500 });
    }
  });

  test('opens where the limit allows', async () => {
    const graph = await openBytes(gzipSync(bomb), { limits: { maxExpansionRatio: 5000 } });
    expect(graph.nodeCount).toBe(exampleHeap().nodeCount);
  });

  test('below 64 MiB is none', async () => {
    const small = utf8(joinText(megabytesOfSpaces(30 << 20, 'before')));
    const graph = await openBytes(gzipSync(small), { limits: { maxExpansionRatio: 2 } });
    expect(graph.nodeCount).toBe(exampleHeap().nodeCount);
  });
});

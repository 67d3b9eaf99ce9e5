import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SNIFF_BYTES } from '../../src/input/compression.js';
import { sniff } from '../../src/input/sniff.js';
import { arbitraryChunking } from '../support/arbitrary-chunking.js';
import { chunksOf } from '../support/open-bytes.js';

test('looks at the first bytes and puts them back, however the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), arbitraryChunking(), async (bytes, chunk) => {
      const { start, chunks } = await sniff(chunksOf(chunk(bytes)));
      expect([...start]).toEqual([...bytes.subarray(0, SNIFF_BYTES)]);
      const replayed: number[] = [];
      for await (const each of chunks) replayed.push(...each);
      expect(replayed).toEqual([...bytes]);
    }),
  );
});

test('reads no further than it must', async () => {
  let delivered = 0;
  async function* source(): AsyncGenerator<Uint8Array> {
    for (;;) {
      delivered++;
      yield new Uint8Array(5);
    }
  }
  await sniff(source());
  expect(delivered).toBe(4);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Histogram } from '../../src/histogram/histogram.js';
import { parseHistogram } from '../../src/histogram/parse-histogram.js';
import type { ParallelTuning } from '../../src/parse/parallel/row-reader.js';
import type { HeapPool } from '../../src/pool/heap-pool.js';
import { applyDamage, arbitraryDamage } from '../support/arbitrary-damage.js';
import { arbitraryWrittenSnapshot } from '../support/arbitrary-written-snapshot.js';
import { chunksOf, outcomeOf } from '../support/open-bytes.js';

/** A pool whose threads never come: the calling thread does all the work of a phase. */
const NO_THREADS = { threads: 2, run: () => new Promise(() => {}) } as unknown as HeapPool;
const OPTIONS = { name: 'test.heapsnapshot', compression: 'none' } as const;

let folder = '';
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heapstream-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** In order; and in chunks from a file and from a stream, some rows at a time: all three must end the same. */
async function expectSame(
  bytes: Uint8Array,
  pieces: Uint8Array[],
  chunkBytes: number,
  rowsAtOnce: number,
): Promise<Histogram | string> {
  const path = join(folder, String(files++));
  writeFileSync(path, bytes);
  const tuning: ParallelTuning = { chunkBytes, minFileBytes: 0, minSectionBytes: 0, minStreamRows: 0 };
  const sequential = await outcomeOf(parseHistogram(path, { ...OPTIONS, parallel: false }, tuning));
  const parallel = { ...OPTIONS, pool: NO_THREADS };
  for (const source of [path, chunksOf(pieces)]) {
    expect(await outcomeOf(parseHistogram(source, parallel, tuning, rowsAtOnce))).toEqual(sequential);
  }
  rmSync(path);
  return sequential;
}

const arbitraryChunkBytes = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.constant(4096));
const arbitraryRowsAtOnce = fc.integer({ min: 1, max: 40 });

test('what is summed up in chunks is what is summed up in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryWrittenSnapshot(),
      arbitraryChunkBytes,
      arbitraryRowsAtOnce,
      async ({ bytes, chunks }, chunkBytes, rowsAtOnce) => {
        expect(typeof (await expectSame(bytes, chunks, chunkBytes, rowsAtOnce))).toBe('object');
      },
    ),
    { numRuns: 80 },
  );
});

test('damaged snapshots end in the same error at the same byte, or the same histogram', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryWrittenSnapshot(),
      arbitraryDamage(),
      arbitraryChunkBytes,
      arbitraryRowsAtOnce,
      async ({ bytes }, damage, chunkBytes, rowsAtOnce) => {
        const damaged = applyDamage(bytes, damage);
        await expectSame(damaged, [damaged], chunkBytes, rowsAtOnce);
      },
    ),
    { numRuns: 120 },
  );
});

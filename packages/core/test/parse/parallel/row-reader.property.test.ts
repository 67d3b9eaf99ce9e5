import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ParallelTuning } from '../../../src/parse/parallel/row-reader.js';
import { parseGraph } from '../../../src/parse/parse-graph.js';
import type { HeapPool } from '../../../src/pool/heap-pool.js';
import { arbitraryChunking } from '../../support/arbitrary-chunking.js';
import { applyDamage, arbitraryDamage } from '../../support/arbitrary-damage.js';
import { arbitraryFormatting } from '../../support/arbitrary-formatting.js';
import { arbitrarySnapshot } from '../../support/arbitrary-snapshot.js';
import { arbitraryWrittenSnapshot } from '../../support/arbitrary-written-snapshot.js';
import type { JsonObject } from '../../support/json-value.js';
import { chunksOf, outcomeOf } from '../../support/open-bytes.js';

/** A pool whose threads never come: the calling thread does all the work of a phase. */
const NO_THREADS = { threads: 2, run: () => new Promise(() => {}) } as unknown as HeapPool;

const NAME = 'test.heapsnapshot';
let folder = '';
let files = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heapstream-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function tuning(chunkBytes: number): ParallelTuning {
  return { chunkBytes, minFileBytes: 0, minSectionBytes: 0, minStreamRows: 0 };
}

/** All that can be compared: columns and warnings, or the error. */
async function describeOutcome(opening: ReturnType<typeof parseGraph>) {
  const outcome = await outcomeOf(opening);
  if (typeof outcome === 'string') return outcome;
  return { columns: outcome.columns, warnings: outcome.warnings };
}

/** Opens the bytes in order, and in chunks from a file and from a stream; all three must end the same. */
async function expectSame(bytes: Uint8Array, pieces: Uint8Array[], chunkBytes: number): Promise<unknown> {
  const options = { name: NAME, compression: 'none' } as const;
  // a file of its own for each run
  const path = join(folder, String(files++));
  writeFileSync(path, bytes);
  const sequential = await describeOutcome(
    parseGraph(path, { ...options, parallel: false }, tuning(chunkBytes)),
  );
  const parallel = { ...options, pool: NO_THREADS };
  expect(await describeOutcome(parseGraph(path, parallel, tuning(chunkBytes)))).toEqual(sequential);
  expect(await describeOutcome(parseGraph(chunksOf(pieces), parallel, tuning(chunkBytes)))).toEqual(
    sequential,
  );
  rmSync(path);
  return sequential;
}

const arbitraryChunkBytes = fc.oneof(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 10, max: 200 }),
  fc.constant(4096),
);

describe('rows parsed in chunks are those that are parsed in order', () => {
  test('for every snapshot, writing and size of chunks', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWrittenSnapshot(), arbitraryChunkBytes, async ({ bytes, chunks }, size) => {
        expect(typeof (await expectSame(bytes, chunks, size))).toBe('object');
      }),
      { numRuns: 80 },
    );
  });

  test('for damaged snapshots: the same error at the same byte, or the same graph', async () => {
    let opened = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryWrittenSnapshot(),
        fc.array(arbitraryDamage(), { minLength: 1, maxLength: 3 }),
        arbitraryChunking(),
        arbitraryChunkBytes,
        async ({ bytes }, damages, chunk, size) => {
          const damaged = damages.reduce(applyDamage, bytes);
          if (typeof (await expectSame(damaged, chunk(damaged), size)) === 'string') refused++;
          else opened++;
        },
      ),
      { numRuns: 150 },
    );
    expect(opened).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(20);
  });

  test('for snapshots that end anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryWrittenSnapshot(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        arbitraryChunkBytes,
        async ({ bytes }, share, size) => {
          const cut = bytes.subarray(0, Math.floor(share * bytes.length));
          await expectSame(cut, [cut], size);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('for one wrong number anywhere in nodes or edges', async () => {
    const wrong = fc.oneof(fc.maxSafeNat(), fc.nat(300), fc.integer({ min: -(2 ** 31) - 2, max: -1 }));
    await fc.assert(
      fc.asyncProperty(
        arbitrarySnapshot(),
        arbitraryFormatting(),
        fc.array(fc.tuple(fc.constantFrom('nodes', 'edges'), fc.nat(), wrong), {
          minLength: 1,
          maxLength: 3,
        }),
        arbitraryChunkBytes,
        async (document, format, changes, size) => {
          const changed: JsonObject = structuredClone(document);
          for (const [key, at, value] of changes) {
            const numbers = changed[key] as number[];
            if (numbers.length > 0) numbers[at % numbers.length] = value;
          }
          const bytes = new TextEncoder().encode(format(changed));
          await expectSame(bytes, [bytes], size);
        },
      ),
      { numRuns: 120 },
    );
  });
});

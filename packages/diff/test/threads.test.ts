import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPool, HeapPool, OperationAbortedError } from '@heapstream/core';
import {
  type CompareProgress,
  compareMany,
  compareManySync,
  diffSnapshots,
  diffSnapshotsSync,
  digestSnapshot,
  digestSnapshotSync,
  openComparables,
} from '@heapstream/diff';
import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphOf } from '../../dominators/test/support/drawn-heap.js';
import { arbitraryPair } from './support/arbitrary-moment.js';

/*
 * The built package, not its sources: worker threads load what users install.
 */

const pool = createPool({ threads: 2 });
afterAll(() => pool.close());

const PAIRS = fileURLToPath(new URL('../../conformance/test/fixtures/pairs', import.meta.url));
const files = ['before', 'after'].map((moment) => join(PAIRS, `node-24-${moment}.heapsnapshot.br`));

let base: HeapAnalysis;
let current: HeapAnalysis;
beforeAll(async () => {
  const opened = await openComparables(files, { threadsFrom: Number.POSITIVE_INFINITY });
  [base, current] = opened.map(({ snapshot }) => snapshot as HeapAnalysis);
});

describe('threads say the same as the caller’s own', () => {
  test('of a real pair', async () => {
    const diff = await diffSnapshots(base, current, { pool });
    const expected = diffSnapshotsSync(base, current);
    expect(diff.matchedBy).toBe('id');
    expect([diff.rows, diff.totals, diff.grown]).toEqual([expected.rows, expected.totals, expected.grown]);
    const row = diff.rows.find(({ name }) => name === 'Promise')!;
    expect(diff.addedObjects(row)).toEqual(expected.addedObjects(row));
    expect(diff.removedObjects()).toEqual(expected.removedObjects());
    expect(await compareMany([base, current, base], { pool })).toEqual(
      compareManySync([base, current, base]),
    );
    expect(await digestSnapshot(base, { pool })).toEqual(digestSnapshotSync(base));
  });

  test('of drawn pairs', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryPair,
        fc.constantFrom('id' as const, 'class' as const),
        async ([first, second], match) => {
          const [a, b] = [analyzeSync(graphOf(first)), analyzeSync(graphOf(second))];
          const expected = diffSnapshotsSync(a, b, { match, allowMixed: true });
          const diff = await diffSnapshots(a, b, { match, allowMixed: true, pool });
          expect([diff.rows, diff.totals, diff.grown]).toEqual([
            expected.rows,
            expected.totals,
            expected.grown,
          ]);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('progress tells the steps, and ends with the last', async () => {
  const told: CompareProgress[] = [];
  await diffSnapshots(base, current, { pool, onProgress: (progress) => told.push(progress) });
  expect(told.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(told.every(({ phase, total }) => phase === 'compare' && total === 6)).toBe(true);
  expect(told.at(-1)?.step).toBe('growth');
});

describe('a comparison that is given up', () => {
  test('rejects at once where the signal has fired before', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const rejection = diffSnapshots(base, current, { pool, signal });
    await expect(rejection).rejects.toThrow(OperationAbortedError);
    await expect(rejection).rejects.toMatchObject({
      message: 'the comparison was aborted',
      cause: signal.reason,
    });
  });

  test.each([1, 3, 5])('rejects after step %i, and the pool goes on', async (steps) => {
    const controller = new AbortController();
    const rejection = diffSnapshots(base, current, {
      pool,
      signal: controller.signal,
      onProgress: ({ done }) => done === steps && controller.abort(),
    });
    await expect(rejection).rejects.toThrow(OperationAbortedError);
    expect((await diffSnapshots(base, base, { pool })).rows).toEqual([]);
  });

  test('rejects with what a step throws', async () => {
    class BrokenPool extends HeapPool {
      override run<T>(): Promise<T> {
        return Promise.reject(new Error('no such step'));
      }
    }
    const broken = new BrokenPool({ threads: 1 });
    await expect(diffSnapshots(base, current, { pool: broken })).rejects.toThrow('no such step');
    await broken.close();
  });
});

describe('snapshots opened leanly', () => {
  test('compare alike, but deleted objects have no names', async () => {
    const opened = await openComparables(files, { lean: true, pool });
    const [kept, analysis] = opened.map(({ snapshot }) => snapshot);
    expect('groups' in kept && kept.objects !== undefined && 'graph' in analysis).toBe(true);
    const diff = await diffSnapshots(kept, analysis, { pool });
    const expected = diffSnapshotsSync(base, current);
    expect([diff.rows, diff.totals, diff.grown, diff.matching]).toEqual([
      expected.rows,
      expected.totals,
      expected.grown,
      expected.matching,
    ]);
    const removed = (objects: typeof expected) =>
      objects
        .removedObjects()
        .objects.map(({ class: name, id, retainedSize }) => `${id} ${name} ${retainedSize}`);
    expect(removed(diff).sort()).toEqual(removed(expected).sort());
    expect(diff.removedObjects(undefined, { limit: 1 }).objects[0].name).toBeNull();
    expect(diff.addedObjects()).toEqual(expected.addedObjects());
  });
});

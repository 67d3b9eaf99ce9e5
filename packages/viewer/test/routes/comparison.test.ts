import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { openSnapshot } from '@heapstream/core';
import { compareManySync, diffSnapshotsSync, type SnapshotDiff } from '@heapstream/diff';
import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import { findLeaks } from '@heapstream/leaks';
import { ViewerClient } from '@heapstream/viewer';
import { beforeAll, describe, expect, test } from 'vitest';
import { viewerOf } from '../support/viewer-of.js';

/* Real snapshots of one process, large enough that threads are asked: the built package, as users install it. */

const FILES = ['chromium-before', 'chromium-after'].map((name) =>
  fileURLToPath(new URL(`../../../conformance/test/fixtures/pairs/${name}.heapsnapshot.br`, import.meta.url)),
);
const PAIR = { base: 0, current: 1 };

const running = viewerOf(...FILES.map((file) => brotliDecompressSync(readFileSync(file)).toString()));
let client: ViewerClient;
let analyses: readonly HeapAnalysis[];
let diff: SnapshotDiff;

beforeAll(async () => {
  client = new ViewerClient({ url: running.viewer.url });
  analyses = await Promise.all(FILES.map(async (file) => analyzeSync(await openSnapshot(file))));
  diff = diffSnapshotsSync(analyses[0], analyses[1]);
});

describe('a comparison', () => {
  test('has the rows and totals of the diff, by any column', async () => {
    for (const sort of ['sizeDelta', 'addedCount', 'removedSize', 'retainedDelta'] as const) {
      const answer = await client.get('comparison', { ...PAIR, sort, limit: 1000 });
      expect(answer).toMatchObject({
        total: diff.rows.length,
        matchedBy: diff.matchedBy,
        explanation: diff.matching.explanation,
        totals: diff.totals,
      });
      for (const { row, ...shown } of answer.rows) {
        const { key: _, name, ...expected } = diff.rows[row];
        const isNameCut = name.length > 300;
        expect(shown).toEqual({ ...expected, name: name.slice(0, 300), isNameCut });
      }
      const values = answer.rows.map((row) => row[sort]!);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      expect(new Set(answer.rows.map(({ row }) => row)).size).toBe(diff.rows.length);
    }
  });

  test('the other way round is another one', async () => {
    const { totals } = await client.get('comparison', { base: 1, current: 0 });
    expect(totals.delta).toBe(-diff.totals.delta);
  });

  test('lists new and deleted objects of a row and of all, as the diff does', async () => {
    const row = diff.rows.findIndex(({ addedCount, removedCount }) => addedCount! > 0 && removedCount! > 0);
    for (const wanted of [row, undefined]) {
      const key = wanted === undefined ? undefined : diff.rows[wanted];
      for (const change of ['added', 'removed'] as const) {
        const expected = change === 'added' ? diff.addedObjects(key) : diff.removedObjects(key);
        const request = { ...PAIR, change, limit: 50, ...(wanted !== undefined && { row: wanted }) };
        const answer = await client.get('comparison-objects', request);
        expect(answer.total).toBe(expected.total);
        expect(answer.rows.map(({ id }) => id)).toEqual(expected.objects.slice(0, 50).map(({ id }) => id));
        const snapshot = change === 'added' ? 1 : 0;
        for (const object of answer.rows) {
          expect(object).toMatchObject({ change, snapshot });
          expect(analyses[snapshot].graph.node(object.ordinal).id).toBe(object.id);
        }
      }
    }
  });

  test('names what grew', async () => {
    const answer = await client.get('grown', { ...PAIR, limit: 1000 });
    expect(answer.grownCount).toBe(diff.grownCount);
    expect(answer.rows.map(({ directDelta, id }) => [id, directDelta])).toEqual(
      diff.grown.map(({ directDelta, id }) => [id, directDelta]),
    );
  });

  test('of a snapshot with itself, or with one that is not there, is refused', async () => {
    const self = client.get('comparison', { base: 1, current: 1 });
    await expect(self).rejects.toMatchObject({ status: 400, parameter: 'current' });
    const none = client.get('comparison', { base: 0, current: 7 });
    await expect(none).rejects.toMatchObject({ status: 400, parameter: 'current' });
  });
});

test('a trend has the rows of the comparison of all', async () => {
  const expected = compareManySync(analyses);
  const answer = await client.get('trend', { limit: 1000, sort: 'name' });
  expect(answer).toMatchObject({
    total: expected.rows.length,
    snapshots: [0, 1],
    totalSizes: expected.totalSizes,
    matchedBy: expected.matchedBy,
  });
  for (const { isNameCut: _, name, row, ...figures } of answer.rows) {
    const { key: __, name: fullName, ...others } = expected.rows[row];
    expect(figures).toEqual(others);
    expect(fullName.startsWith(name)).toBe(true);
  }
  const growing = await client.get('trend', { growing: true });
  expect(growing.total).toBe(expected.rows.filter(({ growsSteadily }) => growsSteadily.count).length);
  await expect(client.get('trend', { snapshots: '1' })).rejects.toMatchObject({ parameter: 'snapshots' });
});

test('leaks of both are those that grow', async () => {
  const expected = await findLeaks(analyses);
  const { findings, kind } = await client.get('leaks', { snapshots: '0,1' });
  expect(kind).toBe('growth');
  expect(findings.map(({ fingerprint }) => fingerprint)).toEqual(
    expected.map(({ fingerprint }) => fingerprint),
  );
  expect(findings.length).toBeGreaterThan(0);
});

test('the Summary of a real snapshot is its class table, and searches find what the analysis finds', async () => {
  const { rows, total } = await client.get('classes', { snapshot: 1, limit: 1000 });
  const expected = analyses[1].classes();
  expect(total).toBe(expected.length);
  expect(rows.map(({ count, retainedSize }) => [count, retainedSize])).toEqual(
    expected.slice(0, 1000).map(({ count, retainedSize }) => [count, retainedSize]),
  );
  const largest = rows.find(({ count }) => count > 20_000) ?? rows[0];
  const ordinals = expected.find(({ name }) => name === largest.name)!.ordinals();
  const byName = await client.get('objects', {
    snapshot: 1,
    class: largest.ordinal,
    sort: 'name',
    offset: 500,
    limit: 20,
  });
  expect(byName.total).toBe(ordinals.length);
  const names = byName.rows.map(({ name }) => name);
  expect(names).toEqual(names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
});

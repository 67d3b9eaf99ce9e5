import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import { describe, expect, test } from 'vitest';
import { type DrawnNode, graphOf } from '../../dominators/test/support/drawn-heap.js';
import { compareManySync } from '../src/compare-many.js';
import { diffSnapshotsSync } from '../src/diff-snapshots.js';
import { decodeDigest, encodeDigest } from '../src/digest/digest-file.js';
import { digestSnapshotSync } from '../src/digest-snapshot.js';
import { IncomparableSnapshotsError } from '../src/incomparable-snapshots-error.js';

/** A root that holds everything, by a user root or only by a synthetic node. */
function heap(objects: readonly DrawnNode[], { exposesInternals = false } = {}): HeapAnalysis {
  const holder: DrawnNode = exposesInternals
    ? { type: 'synthetic', key: 'holder', id: 3 }
    : { type: 'object', name: 'Holder', key: 'holder', id: 3, size: 8 };
  return analyzeSync(
    graphOf({
      rootOrdinal: 0,
      nodes: [
        { type: 'synthetic', key: 'root', id: 1, edges: [['shortcut', 'global', 'holder']] },
        { ...holder, edges: objects.map((_, i) => ['internal', `${i}`, i + 2]) },
        ...objects,
      ],
    }),
  );
}

function things(count: number, of: (i: number) => Partial<DrawnNode>): DrawnNode[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `Thing${i % 7}`,
    size: 16,
    id: 5 + 2 * i,
    ...of(i),
  }));
}

const first = heap(things(100, () => ({})));

describe('how objects find each other', () => {
  test('by id, where ids name the same objects', () => {
    const diff = diffSnapshotsSync(first, heap(things(120, () => ({}))));
    expect(diff.matching).toEqual({
      matchedBy: 'id',
      reason: 'ids-agree',
      explanation: 'matched by id: 0.0 % of the common ids name another type or name',
      evidence: { compared: 101, changed: 0 },
    });
    expect(diff.totals).toMatchObject({ addedCount: 20, removedCount: 0, delta: 320 });
  });

  test('by class, where ids were given out anew', () => {
    const diff = diffSnapshotsSync(first, heap(things(120, (i) => ({ id: 5 + 2 * (i + 1) }))));
    expect(diff.matching).toMatchObject({
      matchedBy: 'class',
      reason: 'ids-renumbered',
      evidence: { compared: 100, changed: 99 },
    });
    expect(diff.matching.explanation).toMatch(
      /^99\.0 % of the common object ids name an object of another type/,
    );
    expect(diff.totals).toMatchObject({ addedCount: null, addedSize: null, countDelta: 20, delta: 320 });
    expect(diff.addedObjects()).toEqual({ total: 0, objects: [] });
  });

  test('by class, where no id stands in both', () => {
    const holderToo = things(3, (i) => ({ id: 1000 + i }));
    const lonely = analyzeSync(
      graphOf({
        rootOrdinal: 0,
        nodes: [
          { type: 'synthetic', key: 'root', id: 1, edges: [['shortcut', 'g', 1]] },
          { name: 'Holder', id: 999, size: 8, edges: [['element', 0, 2]] },
          ...holderToo,
        ],
      }),
    );
    expect(diffSnapshotsSync(first, lonely).matching.reason).toBe('no-common-ids');
  });

  test('by id, if that was asked for', () => {
    const renumbered = heap(things(100, (i) => ({ id: 5 + 2 * (i + 1) })));
    const diff = diffSnapshotsSync(first, renumbered, { match: 'id' });
    expect(diff.matching).toMatchObject({ matchedBy: 'id', reason: 'requested' });
    expect(diff.totals.addedCount).toBe(100);
  });

  test('by class, if that was asked for', () => {
    const diff = diffSnapshotsSync(first, first, { match: 'class' });
    expect(diff.matching).toMatchObject({ matchedBy: 'class', reason: 'requested', evidence: null });
  });

  test('a stored digest has no ids', () => {
    const stored = decodeDigest(encodeDigest(digestSnapshotSync(first)));
    expect(diffSnapshotsSync(stored, first).matching).toMatchObject({
      matchedBy: 'class',
      reason: 'digest',
      explanation: 'the first snapshot is a stored digest, which has no object ids',
    });
    expect(() => diffSnapshotsSync(first, stored, { match: 'id', names: ['a', 'b'] })).toThrow(
      new IncomparableSnapshotsError('cannot match by id: b is a stored digest, which has no object ids'),
    );
  });

  test('a trend matches by class as soon as one step renumbers', () => {
    const second = heap(things(110, () => ({})));
    const third = heap(things(120, (i) => ({ id: 5 + 2 * (i + 1) })));
    expect(compareManySync([first, second, second]).matchedBy).toBe('id');
    const trend = compareManySync([first, second, third]);
    expect(trend.matching.reason).toBe('ids-renumbered');
    expect(trend.rows.every(({ bornCounts, keptCount }) => bornCounts === null && keptCount === null)).toBe(
      true,
    );
  });
});

describe('snapshots that were taken in different ways', () => {
  const internals = heap(
    things(100, () => ({})),
    { exposesInternals: true },
  );
  const numbers = heap([
    ...things(100, () => ({})),
    { type: 'number', name: 'smi number', id: 901, size: 8, edges: [['internal', 'value', 103]] },
    { type: 'string', name: '42', id: 903, size: 16 },
  ]);

  test('internals in one of them only are refused, with the reason', () => {
    expect(() => diffSnapshotsSync(first, internals)).toThrow(
      new IncomparableSnapshotsError(
        "the second snapshot exposes V8's internals (exposeInternals), the first snapshot does not: " +
          'sizes and counts do not compare',
      ),
    );
    expect(() => compareManySync([internals, first, internals], { names: ['a', 'b', 'c'] })).toThrow(
      /^a and c expose V8's internals \(exposeInternals\), b does not/,
    );
  });

  test('values of numbers in one of them only are refused, in a digest too', () => {
    expect(() => diffSnapshotsSync(digestSnapshotSync(numbers), first, { names: ['x', 'y'] })).toThrow(
      /^x exposes the values of numbers \(exposeNumericValues\), y does not/,
    );
  });

  test('both are compared, and mixed ones where the caller insists', () => {
    expect(diffSnapshotsSync(internals, internals).rows).toEqual([]);
    expect(diffSnapshotsSync(numbers, numbers).rows).toEqual([]);
    expect(diffSnapshotsSync(first, internals, { allowMixed: true }).totals.delta).toBe(-8);
    expect(diffSnapshotsSync(first, numbers, { allowMixed: true }).totals.addedCount).toBe(2);
  });
});

describe('a trend', () => {
  const moments = [100, 120, 150].map((count) => heap(things(count, () => ({}))));
  const trend = compareManySync(moments);

  test('tells what was allocated in between and stayed', () => {
    const sum = (read: (row: (typeof trend.rows)[number]) => number) =>
      trend.rows.reduce((total, row) => total + read(row), 0);
    expect(sum(({ keptCount }) => keptCount ?? 0)).toBe(20);
    expect(sum(({ keptSize }) => keptSize ?? 0)).toBe(320);
    expect([0, 1, 2].map((point) => sum(({ bornCounts }) => bornCounts?.[point] ?? 0))).toEqual([
      101, 20, 30,
    ]);
  });

  test('tells which classes grow each time', () => {
    const [holder] = trend.rows.filter(({ name }) => name === 'Holder');
    expect(holder).toMatchObject({ counts: [1, 1, 1], growsSteadily: { count: false, retainedSize: true } });
    const growing = trend.rows.filter(({ growsSteadily }) => growsSteadily.count);
    expect(growing.map(({ name }) => name).sort()).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `Thing${i}`));
    expect(
      compareManySync([...moments, moments[0]]).rows.some(({ growsSteadily }) => growsSteadily.count),
    ).toBe(false);
  });

  test('an object that was gone in between is as old as its return', () => {
    const gap = compareManySync([moments[1], moments[0], moments[1]]);
    expect(gap.rows.reduce((total, { bornCounts }) => total + bornCounts![2], 0)).toBe(20);
  });

  test('needs two snapshots', () => {
    expect(() => compareManySync([first])).toThrow('a trend needs two snapshots or more, got 1');
  });
});

test('ids of 2³² and more are told apart', () => {
  const wide = (ids: readonly number[]) => heap(ids.map((id) => ({ name: 'Thing', size: 16, id })));
  const diff = diffSnapshotsSync(
    wide([2 ** 33 + 5, 2 ** 32 + 5, 2 ** 40 + 1]),
    wide([5, 2 ** 33 + 5, 2 ** 40 + 1, 2 ** 40 + 3]),
    { match: 'id' },
  );
  expect(diff.addedObjects().objects.map(({ id }) => id)).toEqual([5, 2 ** 40 + 3]);
  expect(diff.removedObjects().objects.map(({ id }) => id)).toEqual([2 ** 32 + 5]);
});

import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bruteForceInterfaces } from '../../core/test/support/brute-force-classes.js';
import { type DrawnHeap, graphOf, idOf, shallowSizesOf } from '../../dominators/test/support/drawn-heap.js';
import { compareManySync } from '../src/compare-many.js';
import { diffSnapshotsSync } from '../src/diff-snapshots.js';
import { decodeDigest, encodeDigest } from '../src/digest/digest-file.js';
import { digestSnapshotSync } from '../src/digest-snapshot.js';
import type { InterfacesOf } from '../src/prepare-sides.js';
import type { DiffRow, SnapshotDiff } from '../src/snapshot-diff.js';
import { arbitraryMoment, arbitraryPair } from './support/arbitrary-moment.js';
import { bruteForceDiff, bruteForcePlaces } from './support/brute-force-diff.js';

const INTERFACES: readonly InterfacesOf[] = ['current', 'base', 'none'];
const options = fc.record({ interfaces: fc.constantFrom(...INTERFACES) });
const pair = fc
  .tuple(arbitraryPair, options)
  .map(([[base, current], chosen]) => [base, current, chosen] as const);

/** Objects with or without user roots are compared here as they come. */
const BY_ID = { match: 'id', allowMixed: true } as const;
const BY_CLASS = { match: 'class', allowMixed: true } as const;

function analysisOf(heap: DrawnHeap): HeapAnalysis {
  return analyzeSync(graphOf(heap));
}

function definitions(base: DrawnHeap, current: DrawnHeap, interfaces: InterfacesOf) {
  if (interfaces === 'none') return [];
  return bruteForceInterfaces((interfaces === 'base' ? base : current).nodes);
}

function figures({ key, addedCount, removedCount, countDelta, ...row }: DiffRow) {
  const { addedSize, removedSize, sizeDelta, survivorsSizeDelta, retainedDelta } = row;
  return {
    key,
    addedCount,
    removedCount,
    countDelta,
    addedSize,
    removedSize,
    sizeDelta,
    survivorsSizeDelta,
    retainedDelta,
  };
}

function byKey<T extends { key: string }>(rows: Iterable<T>): Map<string, T> {
  return new Map(Array.from(rows, (row) => [row.key, row]));
}

test('by id, every row is what is left when equal ids of a class are crossed out', () => {
  fc.assert(
    fc.property(pair, ([base, current, { interfaces }]) => {
      const diff = diffSnapshotsSync(analysisOf(base), analysisOf(current), { ...BY_ID, interfaces });
      const expected = bruteForceDiff(base, current, definitions(base, current, interfaces));
      expect(byKey(diff.rows.map(figures))).toEqual(expected.rows);
      expect(diff.totals.survivorsSizeDelta).toBe(expected.survivorsSizeDelta);
    }),
    { numRuns: 600 },
  );
});

test('by id, the new and the deleted objects of each row add up to its figures', () => {
  fc.assert(
    fc.property(pair, fc.nat(3), ([base, current, { interfaces }], limit) => {
      const diff = diffSnapshotsSync(analysisOf(base), analysisOf(current), { ...BY_ID, interfaces });
      for (const row of diff.rows) {
        const added = diff.addedObjects(row);
        const removed = diff.removedObjects(row, { order: 'shallowSize' });
        expect([added.total, removed.total]).toEqual([row.addedCount, row.removedCount]);
        expect(sum(added.objects.map(({ shallowSize }) => shallowSize))).toBe(row.addedSize);
        expect(sum(removed.objects.map(({ shallowSize }) => shallowSize))).toBe(row.removedSize);
        expect(added.objects.every((object) => object.class === row.name)).toBe(true);
        expect(diff.addedObjects(row, { limit, offset: 1 }).objects).toEqual(
          added.objects.slice(1, 1 + limit),
        );
      }
      expect(diff.addedObjects().total).toBe(diff.totals.addedCount);
      expect(diff.removedObjects().total).toBe(diff.totals.removedCount);
    }),
    { numRuns: 500 },
  );
});

test('what grew is a survivor with a larger size, and direct growth leaves out that of grown children', () => {
  fc.assert(
    fc.property(pair, ([first, second, { interfaces }]) => {
      // a repeated id may be crossed out against either
      const [base, current] = [withUniqueIds(first), withUniqueIds(second)];
      const diff = diffSnapshotsSync(analysisOf(base), analysisOf(current), {
        ...BY_ID,
        interfaces,
        grown: 100,
      });
      const { after, before, survivors } = bruteForceDiff(
        base,
        current,
        definitions(base, current, interfaces),
      );
      const [sizesBefore, sizesAfter] = [shallowSizesOf(base), shallowSizesOf(current)];
      const grown = survivors.map(({ base: old, current: now }) => ({
        now,
        shallowDelta: sizesAfter[now] - sizesBefore[old],
        retainedDelta: after.retainedSizeByNode[now] - before.retainedSizeByNode[old],
      }));
      const expected = grown
        .filter(({ retainedDelta, shallowDelta }) => retainedDelta > 0 || shallowDelta > 0)
        .map(({ now, retainedDelta, shallowDelta }) => {
          const below = grown.filter(
            (other) => other.now !== now && sizedDominator(current, after.dominatorByNode, other.now) === now,
          );
          const directDelta = retainedDelta - sum(below.map((other) => Math.max(0, other.retainedDelta)));
          return { id: idOf(current, now), shallowDelta, retainedDelta, directDelta };
        });
      expect(
        diff.grown.map(({ class: _, name: __, ...deltas }) => deltas).sort((a, b) => a.id - b.id),
      ).toEqual(expected.sort((a, b) => a.id - b.id));
      expect(diff.grownCount).toBe(expected.length);
      const order = diff.grown.map(({ directDelta }) => directDelta);
      expect(order).toEqual([...order].sort((a, b) => b - a));
    }),
    { numRuns: 400 },
  );
});

test('by class, every row is the difference of two summaries', () => {
  fc.assert(
    fc.property(pair, ([base, current, { interfaces }]) => {
      const diff = diffSnapshotsSync(analysisOf(base), analysisOf(current), { ...BY_CLASS, interfaces });
      const shapes = definitions(base, current, interfaces);
      const [before, after] = [base, current].map((heap) => bruteForcePlaces(heap, shapes));
      const nothing = { count: 0, shallowSize: 0, retainedSize: 0 };
      const expected = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
        const [a, b] = [before.get(key) ?? nothing, after.get(key) ?? nothing];
        const deltas = [b.count - a.count, b.shallowSize - a.shallowSize, b.retainedSize - a.retainedSize];
        return deltas.some((delta) => delta !== 0) ? [{ key, deltas, base: a, current: b }] : [];
      });
      expect(
        byKey(
          diff.rows.map((row) => ({
            key: row.key,
            deltas: [row.countDelta, row.sizeDelta, row.retainedDelta],
            base: row.base,
            current: row.current,
          })),
        ),
      ).toEqual(byKey(expected));
      expect(
        diff.rows.every(({ addedCount, removedSize }) => addedCount === null && removedSize === null),
      ).toBe(true);
    }),
    { numRuns: 600 },
  );
});

test('a snapshot does not differ from itself', () => {
  fc.assert(
    fc.property(arbitraryMoment, options, fc.constantFrom(BY_ID, BY_CLASS), (heap, { interfaces }, by) => {
      const diff = diffSnapshotsSync(analysisOf(heap), analysisOf(heap), { ...by, interfaces });
      expect(diff.rows).toEqual([]);
      expect(diff.grown).toEqual([]);
      expect(diff.totals.delta).toBe(0);
    }),
  );
});

test('the comparison the other way round is its mirror, for one set of interfaces', () => {
  fc.assert(
    fc.property(pair, fc.constantFrom(BY_ID, BY_CLASS), ([base, current, { interfaces }], by) => {
      const shapes = definitions(base, current, interfaces);
      const [a, b] = [analysisOf(base), analysisOf(current)];
      const there = diffSnapshotsSync(a, b, { ...by, interfaces: shapes });
      const back = diffSnapshotsSync(b, a, { ...by, interfaces: shapes });
      const mirrored = back.rows.map((row) => ({
        ...figures(row),
        addedCount: row.removedCount,
        removedCount: row.addedCount,
        addedSize: row.removedSize,
        removedSize: row.addedSize,
        countDelta: minus(row.countDelta),
        sizeDelta: minus(row.sizeDelta),
        survivorsSizeDelta: row.survivorsSizeDelta === null ? null : minus(row.survivorsSizeDelta),
        retainedDelta: minus(row.retainedDelta!),
      }));
      expect(byKey(mirrored)).toEqual(byKey(there.rows.map(figures)));
      expect(minus(back.totals.delta)).toBe(there.totals.delta);
      expect(back.addedObjects().total).toBe(there.removedObjects().total);
    }),
    { numRuns: 400 },
  );
});

test('totals reconcile with both summaries', () => {
  fc.assert(
    fc.property(pair, ([base, current, { interfaces }]) => {
      const [a, b] = [analysisOf(base), analysisOf(current)];
      const { totals } = diffSnapshotsSync(a, b, { ...BY_ID, interfaces });
      const { addedSize, delta, extraNativeDelta, removedSize, survivorsSizeDelta } = totals;
      expect([totals.base, totals.current]).toEqual([a.totalSize, b.totalSize]);
      expect(delta).toBe(b.totalSize - a.totalSize);
      expect(addedSize! - removedSize! + survivorsSizeDelta! + extraNativeDelta).toBe(delta);
      const counted = (analysis: HeapAnalysis) => sum(analysis.classes().map(({ count }) => count));
      expect(totals.addedCount! - totals.removedCount!).toBe(counted(b) - counted(a));
      expect(totals.countDelta).toBe(counted(b) - counted(a));
    }),
    { numRuns: 400 },
  );
});

test('a trend over two snapshots says what their comparison says', () => {
  fc.assert(
    fc.property(pair, fc.constantFrom(BY_ID, BY_CLASS), ([base, current, { interfaces }], by) => {
      const [a, b] = [analysisOf(base), analysisOf(current)];
      const diff = diffSnapshotsSync(a, b, { ...by, interfaces });
      const trend = compareManySync([a, b], { ...by, interfaces });
      expect(trend.totalSizes).toEqual([diff.totals.base, diff.totals.current]);
      const rows = byKey(trend.rows);
      for (const row of diff.rows) {
        const followed = rows.get(row.key)!;
        expect(followed).toMatchObject({
          counts: [row.base.count, row.current.count],
          shallowSizes: [row.base.shallowSize, row.current.shallowSize],
          retainedSizes: [row.base.retainedSize, row.current.retainedSize],
          countDelta: row.countDelta,
          shallowDelta: row.sizeDelta + (row.survivorsSizeDelta ?? 0),
          retainedDelta: row.retainedDelta,
        });
        expect(followed.bornCounts?.[1] ?? null).toBe(row.addedCount);
        expect(followed.bornSizes?.[1] ?? null).toBe(row.addedSize);
        rows.delete(row.key);
      }
      // rows that the comparison leaves out have nothing new or deleted
      for (const { bornCounts, countDelta } of rows.values()) {
        expect([countDelta, bornCounts?.[1] ?? 0]).toEqual([0, 0]);
      }
    }),
    { numRuns: 400 },
  );
});

/** Rows without V8's numbers of the scripts, which of two scripts of one place either may give. */
function withoutScripts(diff: SnapshotDiff) {
  return byKey(
    diff.rows.map((row) => ({ ...row, location: row.location && { ...row.location, scriptId: 0 } })),
  );
}

test('stored digests compare as the snapshots do by class', () => {
  fc.assert(
    fc.property(pair, fc.integer({ min: 0, max: 2 }), ([base, current, { interfaces }], which) => {
      const [a, b] = [analysisOf(base), analysisOf(current)];
      const [stored, storedToo] = [a, b].map((analysis) =>
        decodeDigest(encodeDigest(digestSnapshotSync(analysis))),
      );
      const [before, after] = [
        [stored, b],
        [a, storedToo],
        [stored, storedToo],
      ][which];
      const expected = diffSnapshotsSync(a, b, { ...BY_CLASS, interfaces });
      const diff = diffSnapshotsSync(before, after, { allowMixed: true, interfaces });
      expect(diff.matchedBy).toBe('class');
      expect(withoutScripts(diff)).toEqual(withoutScripts(expected));
      expect(diff.totals).toEqual(expected.totals);
    }),
    { numRuns: 600 },
  );
});

test('a digest in memory with its objects compares as the snapshot does by id', () => {
  fc.assert(
    fc.property(pair, ([base, current, { interfaces }]) => {
      const [a, b] = [analysisOf(base), analysisOf(current)];
      const kept = digestSnapshotSync(a, { withObjects: true });
      const expected = diffSnapshotsSync(a, b, { ...BY_ID, interfaces });
      const diff = diffSnapshotsSync(kept, b, { ...BY_ID, interfaces });
      expect(byKey(diff.rows)).toEqual(byKey(expected.rows));
      expect([diff.totals, diff.grown]).toEqual([expected.totals, expected.grown]);
      const unnamed = expected.removedObjects().objects.map((object) => ({ ...object, name: null }));
      const byId = (x: { id: number; shallowSize: number }, y: { id: number; shallowSize: number }) =>
        x.id - y.id || x.shallowSize - y.shallowSize;
      expect([...diff.removedObjects().objects].sort(byId)).toEqual(unnamed.sort(byId));
    }),
    { numRuns: 400 },
  );
});

/** Ids that stand for another node already get others, the same ones in all heaps. */
function withUniqueIds(heap: DrawnHeap): DrawnHeap {
  const seen = new Set<number>();
  const nodes = heap.nodes.map((node, ordinal) => {
    const id = seen.has(idOf(heap, ordinal)) ? 100 + ordinal : idOf(heap, ordinal);
    seen.add(id);
    return { ...node, id };
  });
  return { ...heap, nodes };
}

/** The closest dominator that has a shallow size, or the root. */
function sizedDominator(heap: DrawnHeap, dominatorByNode: readonly number[], node: number): number {
  const sizes = shallowSizesOf(heap);
  let holder = dominatorByNode[node];
  while (sizes[holder] === 0 && holder !== heap.rootOrdinal) holder = dominatorByNode[holder];
  return holder;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Without a negative zero. */
function minus(value: number): number {
  return value === 0 ? 0 : -value;
}

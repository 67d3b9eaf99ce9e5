import { compareText } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { type Comparable, isDigest } from './comparability.js';
import type { Growth } from './kernels/find-growth.js';
import { type MatchOptions, prepareSides, type Side } from './prepare-sides.js';
import { figuresOf, type RowTable, tabulateRows } from './rows-of-classes.js';
import {
  type DiffParts,
  type DiffRow,
  type DiffTotals,
  type GrownObject,
  SnapshotDiff,
} from './snapshot-diff.js';
import { call, oneStep, type Plan, runHere, runInPool, type ThreadOptions } from './task-plan.js';

export interface DiffOptions extends MatchOptions {
  /** How many of the survivors that grew to name. Default 100. */
  readonly grown?: number | undefined;
}

const DEFAULT_GROWN = 100;
/** Order, class table (of both), match, growth. */
const STEPS = 6;

/**
 * Compares two snapshots as the Comparison view of DevTools does, and says what that does not: retained sizes, survivors
 * that grew, totals that add up. Works in threads; the caller's stays free.
 *
 * Memory beside the two analyses: 4 bytes an object of each for the order of ids, 5 for the matches, 12 to 20 meanwhile;
 * 4 more for the classes of a snapshot whose plain objects are sorted by the other's interfaces.
 *
 * Rejects with `IncomparableSnapshotsError`, `OperationAbortedError`, `WorkerFailedError` or `OutOfMemoryError`.
 */
export function diffSnapshots(
  base: Comparable,
  current: Comparable,
  options: DiffOptions & ThreadOptions = {},
): Promise<SnapshotDiff> {
  return runInPool(diffPlan(base, current, options), STEPS, options);
}

/** The same in the caller's thread: for small heaps, and where threads cannot be had. */
export function diffSnapshotsSync(
  base: Comparable,
  current: Comparable,
  options: DiffOptions = {},
): SnapshotDiff {
  return runHere(diffPlan(base, current, options));
}

function* diffPlan(base: Comparable, current: Comparable, options: DiffOptions): Plan<SnapshotDiff> {
  const { interfaces, matching, sides } = yield* prepareSides([base, current], options);
  const table = tabulateRows(sides);
  const keyByGroup = table.rowByGroup.map((rows) => Array.from(rows, (row) => table.identities[row].key));
  const parts = { matching, interfaces, sides, keyByGroup };
  const [before, after] = sides;
  if (before.objects === null || after.objects === null) {
    const rows = sortRows(classRows(table, sides));
    const totals = totalsOf(base, current, table, sides, null);
    return new SnapshotDiff({ ...parts, rows, totals, grown: [], grownCount: 0, matches: null });
  }

  const matches = yield* oneStep(
    call('matchObjects', {
      base: before.objects,
      current: after.objects,
      rowByBaseClass: table.rowByGroup[0],
      rowByCurrentClass: table.rowByGroup[1],
      rowCount: table.identities.length,
    }),
  );
  const grown = isDigest(current)
    ? undefined
    : yield* oneStep(
        call('growth', {
          baseByObject: matches.baseByObject,
          baseShallowSizes: before.objects.shallowSizeByObject,
          baseRetainedSizes: before.objects.retainedSizeByObject,
          shallowSizeByNode: current.columns.shallowSizeByNode,
          retainedSizeByNode: current.columns.retainedSizeByNode,
          dominatorByNode: current.columns.dominatorByNode,
          rootOrdinal: current.graph.rootOrdinal,
          limit: options.grown ?? DEFAULT_GROWN,
        }),
      );
  return new SnapshotDiff({
    ...parts,
    rows: sortRows(objectRows(table, sides, matches)),
    totals: totalsOf(base, current, table, sides, matches),
    grown: grown === undefined || isDigest(current) ? [] : grownObjects(grown, current, after),
    grownCount: grown?.total ?? 0,
    matches,
  });
}

type Matches = NonNullable<DiffParts['matches']>;

/** Rows of classes that have new or deleted objects. */
function objectRows(table: RowTable, sides: readonly Side[], matches: Matches): DiffRow[] {
  const rows: DiffRow[] = [];
  table.identities.forEach((_identity, row) => {
    const addedCount = matches.addedCountByRow[row];
    const removedCount = matches.removedCountByRow[row];
    if (addedCount === 0 && removedCount === 0) return;
    const addedSize = matches.addedSizeByRow[row];
    const removedSize = matches.removedSizeByRow[row];
    rows.push({
      ...bothOf(table, sides, row),
      addedCount,
      removedCount,
      countDelta: addedCount - removedCount,
      addedSize,
      removedSize,
      sizeDelta: addedSize - removedSize,
      survivorsSizeDelta: matches.survivorsSizeDeltaByRow[row],
    });
  });
  return rows;
}

/** Rows of classes of which any figure differs. */
function classRows(table: RowTable, sides: readonly Side[]): DiffRow[] {
  const rows: DiffRow[] = [];
  table.identities.forEach((_, row) => {
    const both = bothOf(table, sides, row);
    const countDelta = both.current.count - both.base.count;
    const sizeDelta = both.current.shallowSize - both.base.shallowSize;
    if (countDelta === 0 && sizeDelta === 0 && both.retainedDelta === 0) return;
    rows.push({
      ...both,
      addedCount: null,
      removedCount: null,
      countDelta,
      addedSize: null,
      removedSize: null,
      sizeDelta,
      survivorsSizeDelta: null,
    });
  });
  return rows;
}

function bothOf(table: RowTable, sides: readonly Side[], row: number) {
  const { key, location, name } = table.identities[row];
  const base = figuresOf(table, sides, 0, row);
  const current = figuresOf(table, sides, 1, row);
  const isKnown = base.retainedSize !== null && current.retainedSize !== null;
  const retainedDelta = isKnown ? current.retainedSize! - base.retainedSize! : null;
  return { key, name, location, retainedDelta, base, current };
}

function sortRows(rows: DiffRow[]): DiffRow[] {
  return rows.sort(
    (a, b) => b.sizeDelta - a.sizeDelta || compareText(a.name, b.name) || compareText(a.key, b.key),
  );
}

function totalsOf(
  base: Comparable,
  current: Comparable,
  table: RowTable,
  sides: readonly Side[],
  matches: Matches | null,
): DiffTotals {
  let countDelta = 0;
  for (let row = 0; row < table.identities.length; row++) {
    countDelta += figuresOf(table, sides, 1, row).count - figuresOf(table, sides, 0, row).count;
  }
  const of = (column: (matches: Matches) => ArrayLike<number>): number | null =>
    matches === null ? null : sum(column(matches));
  return {
    base: base.totalSize,
    current: current.totalSize,
    delta: current.totalSize - base.totalSize,
    addedSize: of(({ addedSizeByRow }) => addedSizeByRow),
    removedSize: of(({ removedSizeByRow }) => removedSizeByRow),
    survivorsSizeDelta: of(({ survivorsSizeDeltaByRow }) => survivorsSizeDeltaByRow),
    extraNativeDelta: extraNativeBytesOf(current) - extraNativeBytesOf(base),
    addedCount: of(({ addedCountByRow }) => addedCountByRow),
    removedCount: of(({ removedCountByRow }) => removedCountByRow),
    countDelta,
  };
}

function extraNativeBytesOf(snapshot: Comparable): number {
  return isDigest(snapshot) ? snapshot.extraNativeBytes : snapshot.graph.extraNativeBytes;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

function grownObjects(grown: Growth, { graph }: HeapAnalysis, side: Side): GrownObject[] {
  return Array.from(grown.nodes, (ordinal, i) => {
    const { id, name } = graph.node(ordinal);
    return {
      id,
      name,
      class: side.classes[side.objects!.classByObject[ordinal]].name,
      shallowDelta: grown.shallowDeltas[i],
      retainedDelta: grown.retainedDeltas[i],
      directDelta: grown.directDeltas[i],
    };
  });
}

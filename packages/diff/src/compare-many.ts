import { compareText, type InterfaceDefinition, type SourceLocation } from '@heapstream/core';
import type { Comparable } from './comparability.js';
import { type Matching, type MatchOptions, prepareSides, type Side } from './prepare-sides.js';
import { figuresOf, type RowTable, tabulateRows } from './rows-of-classes.js';
import { call, oneStep, type Plan, runHere, runInPool, sideBySide, type ThreadOptions } from './task-plan.js';

/** A class over several snapshots: one entry a snapshot in every array. Sizes in bytes. */
export interface TrendRow {
  readonly key: string;
  readonly name: string;
  readonly location: SourceLocation | null;
  readonly counts: readonly number[];
  readonly shallowSizes: readonly number[];
  /** `null` where a stored digest cannot tell. */
  readonly retainedSizes: readonly (number | null)[];
  /** From the first snapshot to the last. */
  readonly countDelta: number;
  readonly shallowDelta: number;
  readonly retainedDelta: number | null;
  /** Whether the figure rises from each snapshot to the next. */
  readonly growsSteadily: {
    readonly count: boolean;
    readonly shallowSize: boolean;
    readonly retainedSize: boolean;
  };
  /**
   * The objects that the last snapshot has, by the snapshot that had them first; `null` where classes were matched.
   * `bornCounts[0]` are as old as the first snapshot.
   */
  readonly bornCounts: readonly number[] | null;
  /** Their shallow sizes. */
  readonly bornSizes: readonly number[] | null;
  /**
   * The three-snapshot technique: objects allocated after the first snapshot, up to the last but one, that are still
   * there in the last. `null` where classes were matched, or with fewer than three snapshots.
   */
  readonly keptCount: number | null;
  readonly keptSize: number | null;
}

/** Several snapshots side by side, in the order given. */
export interface SnapshotTrend {
  readonly matchedBy: Matching['matchedBy'];
  readonly matching: Matching;
  /** The definitions that the plain objects of all were sorted by. */
  readonly interfaces: readonly InterfaceDefinition[];
  /** Total sizes as in the summaries, one a snapshot. */
  readonly totalSizes: readonly number[];
  /** All classes that any of them has objects of: the largest shallow delta from first to last first, then by name and key. */
  readonly rows: readonly TrendRow[];
}

/**
 * Follows every class over two or more snapshots, given from the oldest to the newest. Interfaces are those of the last
 * one unless asked otherwise; in threads. Rejects as `diffSnapshots` does.
 */
export function compareMany(
  snapshots: readonly Comparable[],
  options: MatchOptions & ThreadOptions = {},
): Promise<SnapshotTrend> {
  return runInPool(trendPlan(snapshots, options), 3 * snapshots.length, options);
}

/** The same in the caller's thread. */
export function compareManySync(snapshots: readonly Comparable[], options: MatchOptions = {}): SnapshotTrend {
  return runHere(trendPlan(snapshots, options));
}

function* trendPlan(snapshots: readonly Comparable[], options: MatchOptions): Plan<SnapshotTrend> {
  if (snapshots.length < 2)
    throw new RangeError(`a trend needs two snapshots or more, got ${snapshots.length}`);
  const { interfaces, matching, sides } = yield* prepareSides(snapshots, options);
  const table = tabulateRows(sides);
  const ages = yield* agesOf(table, sides);
  const rows = table.identities
    .map((_, row) => trendRow(table, sides, ages, row))
    .filter(({ counts }) => counts.some((count) => count > 0));
  rows.sort(
    (a, b) => b.shallowDelta - a.shallowDelta || compareText(a.name, b.name) || compareText(a.key, b.key),
  );
  return {
    matchedBy: matching.matchedBy,
    matching,
    interfaces,
    totalSizes: snapshots.map(({ totalSize }) => totalSize),
    rows,
  };
}

interface Ages {
  readonly countByRowAndPoint: Float64Array;
  readonly sizeByRowAndPoint: Float64Array;
}

function* agesOf(table: RowTable, sides: readonly Side[]): Plan<Ages | null> {
  const last = sides.length - 1;
  const current = sides[last].objects;
  if (current === null) return null;
  const matches = yield* sideBySide(
    sides.slice(0, last).map(({ objects }, i) =>
      call('matchObjects', {
        base: objects!,
        current,
        rowByBaseClass: table.rowByGroup[i],
        rowByCurrentClass: table.rowByGroup[last],
        rowCount: table.identities.length,
      }),
    ),
  );
  return yield* oneStep(
    call('ages', {
      objectsById: current.objectsById,
      classByObject: current.classByObject,
      shallowSizeByObject: current.shallowSizeByObject,
      rowByClass: table.rowByGroup[last],
      rowCount: table.identities.length,
      matchesByPoint: matches.map(({ baseByObject }) => baseByObject),
    }),
  );
}

function trendRow(table: RowTable, sides: readonly Side[], ages: Ages | null, row: number): TrendRow {
  const { key, location, name } = table.identities[row];
  const figures = sides.map((_, snapshot) => figuresOf(table, sides, snapshot, row));
  const counts = figures.map(({ count }) => count);
  const shallowSizes = figures.map(({ shallowSize }) => shallowSize);
  const retainedSizes = figures.map(({ retainedSize }) => retainedSize);
  const points = sides.length;
  const at = (values: Float64Array): number[] => [...values.subarray(row * points, (row + 1) * points)];
  const bornCounts = ages && at(ages.countByRowAndPoint);
  const bornSizes = ages && at(ages.sizeByRowAndPoint);
  return {
    key,
    name,
    location,
    counts,
    shallowSizes,
    retainedSizes,
    countDelta: deltaOf(counts)!,
    shallowDelta: deltaOf(shallowSizes)!,
    retainedDelta: deltaOf(retainedSizes),
    growsSteadily: {
      count: rises(counts),
      shallowSize: rises(shallowSizes),
      retainedSize: rises(retainedSizes),
    },
    bornCounts,
    bornSizes,
    keptCount: bornCounts && points > 2 ? sumBetween(bornCounts) : null,
    keptSize: bornSizes && points > 2 ? sumBetween(bornSizes) : null,
  };
}

function deltaOf(values: readonly (number | null)[]): number | null {
  const first = values[0];
  const last = values[values.length - 1];
  return first === null || last === null ? null : last - first;
}

function rises(values: readonly (number | null)[]): boolean {
  return values.every((value, i) => {
    if (value === null) return false;
    const before = i === 0 ? undefined : values[i - 1];
    return before === undefined || (before !== null && value > before);
  });
}

/** Without the first snapshot and the last. */
function sumBetween(values: readonly number[]): number {
  return values.slice(1, -1).reduce((total, value) => total + value, 0);
}

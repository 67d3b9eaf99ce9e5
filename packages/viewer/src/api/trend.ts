import type { Location } from './objects.js';
import type { FilterRequest, Page, PageRequest, SortRequest } from './page.js';

export type TrendColumn =
  | 'name'
  | 'countDelta'
  | 'shallowDelta'
  | 'retainedDelta'
  | 'keptCount'
  | 'keptSize'
  | 'count'
  | 'shallowSize'
  | 'retainedSize';

/** Route `trend`: classes over several snapshots. Default sort: `shallowDelta`; `count`, … are those of the last snapshot. */
export interface TrendRequest extends PageRequest, SortRequest<TrendColumn>, FilterRequest {
  /** Positions with commas between them, the oldest first, two at least. Default: all. */
  readonly snapshots?: string;
  /** Only classes whose count rises from each to the next. */
  readonly growing?: boolean;
}

/** A class over the snapshots: one entry a snapshot in every array. Bytes. */
export interface TrendRow {
  readonly row: number;
  /** Cut after 300 UTF-16 units. */
  readonly name: string;
  readonly isNameCut: boolean;
  readonly location: Location | null;
  readonly counts: readonly number[];
  readonly shallowSizes: readonly number[];
  readonly retainedSizes: readonly (number | null)[];
  readonly countDelta: number;
  readonly shallowDelta: number;
  readonly retainedDelta: number | null;
  readonly growsSteadily: {
    readonly count: boolean;
    readonly shallowSize: boolean;
    readonly retainedSize: boolean;
  };
  /** Objects of the last snapshot by the snapshot that had them first; `null` where classes were matched. */
  readonly bornCounts: readonly number[] | null;
  readonly bornSizes: readonly number[] | null;
  /** Allocated after the first snapshot, up to the last but one, and still there; `null` with fewer than three. */
  readonly keptCount: number | null;
  readonly keptSize: number | null;
}

export interface TrendPage extends Page<TrendRow> {
  readonly matchedBy: 'id' | 'class';
  readonly explanation: string;
  /** The snapshots compared, in the order of the arrays. */
  readonly snapshots: readonly number[];
  /** One a snapshot. */
  readonly totalSizes: readonly number[];
}

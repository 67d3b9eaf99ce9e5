import type { DiffTotals } from '@heapstream/diff';
import type { Location, ObjectRow } from './objects.js';
import type { FilterRequest, Page, PageRequest, SortRequest } from './page.js';

/** Two snapshots: which is compared with which. The first request for a pair computes it; others wait or have it at once. */
export interface PairRequest {
  /** Position of the earlier snapshot, and of the later one. */
  readonly base: number;
  readonly current: number;
}

export type ComparisonColumn =
  | 'name'
  | 'addedCount'
  | 'removedCount'
  | 'countDelta'
  | 'addedSize'
  | 'removedSize'
  | 'sizeDelta'
  | 'retainedDelta'
  | 'survivorsSizeDelta';

/** Route `comparison`. Default sort: `sizeDelta`. `filter` looks at names and locations. */
export interface ComparisonRequest
  extends PairRequest,
    PageRequest,
    SortRequest<ComparisonColumn>,
    FilterRequest {}

/**
 * What changed in a class. Bytes. New and deleted figures are `null` where classes were matched, not ids; then deltas are
 * those of the whole class.
 */
export interface ComparisonRow {
  /** What `comparison-objects` takes as `row`. */
  readonly row: number;
  /** Cut after 300 UTF-16 units. */
  readonly name: string;
  readonly isNameCut: boolean;
  readonly location: Location | null;
  readonly addedCount: number | null;
  readonly removedCount: number | null;
  readonly countDelta: number;
  readonly addedSize: number | null;
  readonly removedSize: number | null;
  readonly sizeDelta: number;
  /** By how much objects of both changed: in no other figure here. */
  readonly survivorsSizeDelta: number | null;
  readonly retainedDelta: number | null;
  /** The class in each of the two. */
  readonly base: ClassFigures;
  readonly current: ClassFigures;
}

export interface ClassFigures {
  readonly count: number;
  readonly shallowSize: number;
  readonly retainedSize: number | null;
}

export interface ComparisonPage extends Page<ComparisonRow> {
  /** How objects found each other, and why so in a sentence. */
  readonly matchedBy: 'id' | 'class';
  readonly explanation: string;
  /** Bytes, over all classes. */
  readonly totals: DiffTotals;
}

/** Route `comparison-objects`: objects under a row; none where classes were matched. Default sort: `retainedSize`. */
export interface ComparisonObjectsRequest
  extends PairRequest,
    PageRequest,
    SortRequest<'retainedSize' | 'shallowSize'> {
  /** `ComparisonRow.row`; all rows where left out. */
  readonly row?: number;
  /** Default `added`. */
  readonly change?: 'added' | 'removed';
}

export interface ChangedObjectRow extends ObjectRow {
  readonly change: 'added' | 'removed';
  /** The snapshot that has it: `current` or `base` of the request. */
  readonly snapshot: number;
}

export type ChangedObjectPage = Page<ChangedObjectRow>;

/** Route `grown`: objects of both snapshots that grew, containers that leak first: by `directDelta`. At most 100. */
export interface GrownRequest extends PairRequest, PageRequest {}

export interface GrownRow extends ObjectRow {
  readonly shallowDelta: number;
  readonly retainedDelta: number;
  /** `retainedDelta` without that of grown objects right below it. */
  readonly directDelta: number;
  /** The snapshot that `ordinal` is of: the later one. */
  readonly snapshot: number;
}

export interface GrownPage extends Page<GrownRow> {
  /** All objects that grew. */
  readonly grownCount: number;
}

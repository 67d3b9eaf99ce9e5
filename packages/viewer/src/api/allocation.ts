import type { Frame, ObjectColumn, SnapshotRequest } from './objects.js';
import type { FilterRequest, Page, PageRequest, SortRequest } from './page.js';

/** Route `allocation-timeline`: what is still alive of each interval of a recording. Empty where the snapshot is no timeline. */
export interface AllocationTimeline {
  readonly intervals: readonly AllocationInterval[];
}

export interface AllocationInterval {
  /** Microseconds since the recording began: the interval ends here. */
  readonly timestampMicroseconds: number;
  /** Ids of its objects, for `fromId` and `toId` of `classes`: from the first up to the last, both included. */
  readonly fromId: number;
  readonly toId: number;
  readonly liveCount: number;
  /** Bytes of shallow size. */
  readonly liveSize: number;
}

export type AllocationColumn = 'name' | 'allocationCount' | 'allocationSize' | 'liveCount' | 'liveSize';

/** Route `allocation-sites`: functions that allocated. Default sort: `liveSize`. Empty where stacks were not recorded. */
export interface AllocationSitesRequest
  extends SnapshotRequest,
    PageRequest,
    SortRequest<AllocationColumn>,
    FilterRequest {}

export interface AllocationSiteRow extends Frame {
  /** What `allocation-objects` takes. */
  readonly site: number;
  readonly allocationCount: number;
  readonly allocationSize: number;
  /** Still in the heap, and their bytes. */
  readonly liveCount: number;
  readonly liveSize: number;
}

export type AllocationSitePage = Page<AllocationSiteRow>;

/** Route `allocation-objects`: what a function allocated and is still alive. Default sort: `retainedSize`. */
export interface AllocationObjectsRequest
  extends SnapshotRequest,
    PageRequest,
    SortRequest<Exclude<ObjectColumn, 'name'>> {
  readonly site: number;
}

/** Route `allocation-tree`: who called whom. Children of a place on the stack, the most live bytes first; the roots where it is left out. */
export interface AllocationTreeRequest extends SnapshotRequest, PageRequest {
  /** `AllocationTreeRow.node`. */
  readonly node?: number;
}

export interface AllocationTreeRow extends Frame {
  readonly node: number;
  readonly childCount: number;
  /** Of this place and of all that it called. */
  readonly allocationCount: number;
  readonly allocationSize: number;
  readonly liveCount: number;
  readonly liveSize: number;
}

export type AllocationTreePage = Page<AllocationTreeRow>;

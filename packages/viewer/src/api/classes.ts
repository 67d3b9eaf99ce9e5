import type { Location, RetainedBy, SnapshotRequest } from './objects.js';
import type { FilterRequest, Page, PageRequest, SortRequest } from './page.js';

export type ClassColumn = 'name' | 'count' | 'distance' | 'shallowSize' | 'retainedSize';

/** Route `classes`: the Summary. Default sort: `retainedSize`. `filter` looks at names and locations. */
export interface ClassesRequest
  extends SnapshotRequest,
    PageRequest,
    SortRequest<ClassColumn>,
    FilterRequest {
  /** Node type that at least one of its objects must have; the figures stay those of the whole class. */
  readonly type?: string;
  /** Bytes that the class must retain at least. */
  readonly minSize?: number;
  /** Objects that it must have at least, of those that the figures are of. */
  readonly minCount?: number;
  /** Only objects that are held by nothing else: figures are of these, retained sizes those in the whole heap. */
  readonly retainedBy?: RetainedBy;
  /** Only objects whose ids lie between these two (both included), as the intervals of a timeline tell them. */
  readonly fromId?: number;
  readonly toId?: number;
}

/** A class, and the figures over its objects that take memory. Sizes in bytes. */
export interface ClassRow {
  /** What `objects` takes as `class`; the same whenever the file is opened. */
  readonly ordinal: number;
  /** Cut after 300 UTF-16 units. */
  readonly name: string;
  readonly isNameCut: boolean;
  /** Where the constructor was written: two classes of one name are two rows. */
  readonly location: Location | null;
  readonly count: number;
  /** The smallest of its objects'; `null` if any of them is reached by nothing. */
  readonly distance: number | null;
  readonly shallowSize: number;
  /** What would be freed with all of them. */
  readonly retainedSize: number;
  /** Node types of its objects. */
  readonly types: readonly string[];
}

export interface ClassPage extends Page<ClassRow> {
  /** Of the snapshot, for bars: rows show shares of it. */
  readonly totalSize: number;
  /** Over all rows of the list, filters applied. */
  readonly count: number;
  readonly shallowSize: number;
}

import type { ObjectColumn, SnapshotRequest } from './objects.js';
import type { FilterRequest, Page, PageRequest, SortRequest } from './page.js';

export type DuplicateColumn = 'text' | 'count' | 'shallowSize' | 'retainedSize' | 'wastedSize';

/** Route `duplicate-strings`: texts that several objects hold. Default sort: `wastedSize`. */
export interface DuplicateStringsRequest
  extends SnapshotRequest,
    PageRequest,
    SortRequest<DuplicateColumn>,
    FilterRequest {}

/** Several strings with one text. Bytes. */
export interface DuplicateStringsRow {
  /** What `duplicate-string-objects` takes. */
  readonly group: number;
  /** Cut after 300 UTF-16 units. */
  readonly text: string;
  readonly isTextCut: boolean;
  readonly count: number;
  readonly shallowSize: number;
  readonly retainedSize: number;
  /** What would be saved if only the largest were kept. */
  readonly wastedSize: number;
  /** Length of the whole text, where the producer cut it off and tells. */
  readonly fullLength: number | null;
}

export interface DuplicateStringsPage extends Page<DuplicateStringsRow> {
  /** Over all rows of the list, filters applied. */
  readonly count: number;
  readonly wastedSize: number;
}

/** Route `duplicate-string-objects`: the objects of a group. Default sort: `retainedSize`. */
export interface DuplicateStringObjectsRequest
  extends SnapshotRequest,
    PageRequest,
    SortRequest<Exclude<ObjectColumn, 'name'>> {
  readonly group: number;
}

/** Route `largest-strings`: all strings. Default sort: `retainedSize`. */
export interface LargestStringsRequest
  extends SnapshotRequest,
    PageRequest,
    SortRequest<ObjectColumn>,
    FilterRequest {
  readonly minSize?: number;
}

import type { FilterRequest, Page, PageRequest, SortRequest } from './page.js';

/** A request about one snapshot. */
export interface SnapshotRequest {
  /** Its position in the list. */
  readonly snapshot: number;
}

/** A request about one object. */
export interface ObjectRequest extends SnapshotRequest {
  /** Its ordinal (`123`), or `@` and its id (`@4711`; the first of that id where a producer repeats one). */
  readonly object: number | string;
}

/** Where code was written, as in the file: lines and columns count from 0; people read them from 1. */
export interface Location {
  /** The script's file or URL; `null` where the snapshot does not tell. */
  readonly scriptName: string | null;
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** An object as all lists show it. Sizes in bytes. */
export interface ObjectRow {
  /** Row of the snapshot's nodes: unique in it, the same whenever the file is opened. */
  readonly ordinal: number;
  /** V8's `@id`. */
  readonly id: number;
  /** What people read, cut after 300 UTF-16 units. Text of a program, never markup. */
  readonly name: string;
  /** Whether the name was cut off. */
  readonly isNameCut: boolean;
  readonly className: string;
  /** What `objects` takes as `class`. */
  readonly classOrdinal: number;
  /** `object`, `closure`, `string`, … as the file spells it. */
  readonly type: string;
  readonly shallowSize: number;
  readonly retainedSize: number;
  /** Edges from the nearest root of the program, which has 1; 100,000,000 and more where only the system holds it; `null` where nothing does. */
  readonly distance: number | null;
  readonly detachedness: 'unknown' | 'attached' | 'detached';
  /** Edges that leave it: whether `children` has rows. */
  readonly edgeCount: number;
  /** Edges that lead to it: whether `retainers` has rows. */
  readonly retainerCount: number;
  /** Objects that it immediately dominates: whether `dominated` has rows. */
  readonly dominatedCount: number;
}

/** An edge, and the object at its other end. */
export interface EdgeRow extends ObjectRow {
  /** Row of the snapshot's edges: unique in it. */
  readonly edge: number;
  /** `property`, `element`, `context`, `internal`, `hidden`, `shortcut`, `weak`, … */
  readonly edgeType: string;
  /** A number for `element` and `hidden` edges; cut like `name`. */
  readonly edgeName: string | number;
  /** Whether it keeps the object alive: weak edges and a few others do not. */
  readonly isEssential: boolean;
  /** What the edge means where its name alone would not tell (`value of key Foo @5 in WeakMap @9`). */
  readonly explanation: string | null;
}

export type ObjectColumn = 'name' | 'id' | 'shallowSize' | 'retainedSize' | 'distance' | 'file';

/** Route `objects`: the objects of a class that have a shallow size. Default sort: `retainedSize`. */
export interface ObjectsRequest
  extends SnapshotRequest,
    PageRequest,
    SortRequest<ObjectColumn>,
    FilterRequest,
    FindRequest {
  /** `ClassRow.ordinal`. */
  readonly class: number;
  /** Node type that they must have. */
  readonly type?: string;
  /** Bytes that they must retain at least. */
  readonly minSize?: number;
  /** As in `ClassesRequest`. */
  readonly retainedBy?: RetainedBy;
  readonly fromId?: number;
  readonly toId?: number;
}

export type RetainedBy = 'contexts' | 'console' | 'detached-dom' | 'event-handlers';

export type EdgeColumn = ObjectColumn | 'edgeName' | 'edgeType';

/** Route `children`: what an object points to. Default sort: `file`, as V8 wrote the edges. */
export interface ChildrenRequest extends ObjectRequest, PageRequest, SortRequest<EdgeColumn>, FilterRequest {}

/** Route `retainers`: what points to an object. Default sort: `distance`, essential edges first. */
export interface RetainersRequest extends ObjectRequest, PageRequest, SortRequest<ObjectColumn> {}

/** Route `object`. */
export interface ObjectDetails extends ObjectRow {
  /** Bytes of the object itself, as in the file, before hidden parts were counted with their owners. */
  readonly selfSize: number;
  /** Where the function was written, or the constructor of the object. */
  readonly location: Location | null;
  /** The immediate dominator: freeing it frees this object. `null` of the root. */
  readonly dominator: ObjectRow | null;
  /** Share of the whole heap that it retains, from 0 to 1. */
  readonly retainedShare: number;
  /** Of a string: its text, up to 10,000 UTF-16 units; route `text` has the rest. `null` of other objects. */
  readonly text: string | null;
  readonly isTextCut: boolean;
  /** Who allocated it, the innermost function first; `null` where the snapshot does not tell. */
  readonly allocationStack: readonly Frame[] | null;
}

/** A function on a stack. Lines and columns count from 1; 0 where unknown. */
export interface Frame {
  readonly functionName: string;
  readonly scriptName: string;
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** Route `text`: a part of a string's text. */
export interface TextRequest extends ObjectRequest {
  /** UTF-16 units to skip. Default 0. */
  readonly offset?: number;
  /** Units at most, up to 1,000,000. Default 100,000. */
  readonly limit?: number;
}

export interface TextPart {
  readonly text: string;
  readonly offset: number;
  /** UTF-16 units that the file has of it: V8 cuts long ones off. */
  readonly length: number;
}

/** Route `search`: objects by name. Default sort: `retainedSize`. A `query` of `@` and digits finds the object of that id. */
export interface SearchRequest extends SnapshotRequest, PageRequest, SortRequest<ObjectColumn>, FindRequest {
  readonly query: string;
  readonly mode?: FilterRequest['mode'];
  readonly type?: string;
  readonly minSize?: number;
  /** `ClassRow.ordinal` that they must be of. */
  readonly class?: number;
}

/** Where to look for an object in a list. */
export interface FindRequest {
  /** Its ordinal, or `@` and its id: the answer says where in the list it stands. */
  readonly find?: number | string;
}

export interface ObjectPage extends Page<ObjectRow> {
  /** Of the object that `find` names, in the list as it is sorted; `null` where it is not in it. Left out without `find`. */
  readonly position?: number | null;
}
export type EdgePage = Page<EdgeRow>;

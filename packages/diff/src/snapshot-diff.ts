import type { InterfaceDefinition, SourceLocation } from '@heapstream/core';
import { largestNodes, type PageOptions } from '@heapstream/dominators';
import { isDigest } from './comparability.js';
import { NO_OBJECT, type ObjectMatches } from './kernels/match-by-id.js';
import type { ObjectColumns } from './kernels/object-columns.js';
import type { Matching, Side } from './prepare-sides.js';
import type { RowFigures } from './rows-of-classes.js';

/**
 * A row of the comparison: what changed in a class. New and deleted figures are `null` where classes were matched, not
 * ids; then the deltas are those of the whole class. Sizes in bytes, objects without a shallow size are not counted.
 */
export interface DiffRow {
  readonly key: string;
  readonly name: string;
  readonly location: SourceLocation | null;
  /** Objects that only the second snapshot has, and only the first. */
  readonly addedCount: number | null;
  readonly removedCount: number | null;
  readonly countDelta: number;
  /** Shallow sizes of these. */
  readonly addedSize: number | null;
  readonly removedSize: number | null;
  /** `addedSize − removedSize`: what objects of both grew by is not in it, as in DevTools. */
  readonly sizeDelta: number;
  /** By how much the shallow sizes of objects of both changed. */
  readonly survivorsSizeDelta: number | null;
  /** What the class retains in the second snapshot but not in the first; `null` where a stored digest cannot tell. */
  readonly retainedDelta: number | null;
  /** The class in each of the two. */
  readonly base: RowFigures;
  readonly current: RowFigures;
}

/** Bytes. `delta = addedSize − removedSize + survivorsSizeDelta + extraNativeDelta`, exactly. */
export interface DiffTotals {
  /** Total sizes of the two snapshots, as in their summaries. */
  readonly base: number;
  readonly current: number;
  readonly delta: number;
  /** `null` where classes were matched. */
  readonly addedSize: number | null;
  readonly removedSize: number | null;
  readonly survivorsSizeDelta: number | null;
  /** Memory outside the heap that the producers add. */
  readonly extraNativeDelta: number;
  readonly addedCount: number | null;
  readonly removedCount: number | null;
  readonly countDelta: number;
}

/** An object of both snapshots that grew. Bytes. */
export interface GrownObject {
  readonly id: number;
  readonly name: string;
  readonly class: string;
  readonly shallowDelta: number;
  readonly retainedDelta: number;
  /** `retainedDelta` without that of grown survivors right below in the dominator tree: large in a leaking container. */
  readonly directDelta: number;
}

/** A new or a deleted object. Bytes. */
export interface ChangedObject {
  readonly id: number;
  /** `null` where the graph was given up for less memory. */
  readonly name: string | null;
  readonly class: string;
  readonly shallowSize: number;
  readonly retainedSize: number;
}

export interface ChangedObjectPage {
  /** Length of the whole list. */
  readonly total: number;
  readonly objects: readonly ChangedObject[];
}

export interface ChangedObjectOptions extends PageOptions {
  /** Which objects come first. Default `retainedSize`. */
  readonly order?: 'retainedSize' | 'shallowSize';
}

/** What {@link SnapshotDiff} is made from. */
export interface DiffParts {
  readonly matching: Matching;
  readonly interfaces: readonly InterfaceDefinition[];
  readonly rows: readonly DiffRow[];
  readonly totals: DiffTotals;
  readonly grown: readonly GrownObject[];
  readonly grownCount: number;
  /** The first snapshot, and the second. */
  readonly sides: readonly Side[];
  /** `null` where classes were matched. */
  readonly matches: ObjectMatches | null;
  /** snapshot → what `objects.classByObject` stands for → key of the row */
  readonly keyByGroup: readonly (readonly string[])[];
}

/**
 * What changed from one snapshot to another. Rows hold figures; the lists of objects are read when asked for, from the
 * graphs that were compared.
 */
export class SnapshotDiff {
  readonly matchedBy: Matching['matchedBy'];
  /** How the objects found each other, and why so. */
  readonly matching: Matching;
  /** The definitions that the plain objects of both were sorted by. */
  readonly interfaces: readonly InterfaceDefinition[];
  /** Classes with new or deleted objects, the largest size delta first, then by name and key. */
  readonly rows: readonly DiffRow[];
  readonly totals: DiffTotals;
  /** Survivors that grew, the largest direct growth first: at most as many as were asked for. Empty where classes were matched. */
  readonly grown: readonly GrownObject[];
  /** All survivors that grew. */
  readonly grownCount: number;
  readonly #parts: DiffParts;

  constructor(parts: DiffParts) {
    this.matchedBy = parts.matching.matchedBy;
    this.matching = parts.matching;
    this.interfaces = parts.interfaces;
    this.rows = parts.rows;
    this.totals = parts.totals;
    this.grown = parts.grown;
    this.grownCount = parts.grownCount;
    this.#parts = parts;
  }

  /**
   * Objects that only the second snapshot has: of one row, or of all. A pass over the objects; nothing is copied but the
   * page. None where classes were matched.
   */
  addedObjects(row?: Pick<DiffRow, 'key'>, options: ChangedObjectOptions = {}): ChangedObjectPage {
    return this.#page(1, row, options);
  }

  /** The same for objects that only the first snapshot has. */
  removedObjects(row?: Pick<DiffRow, 'key'>, options: ChangedObjectOptions = {}): ChangedObjectPage {
    return this.#page(0, row, options);
  }

  /**
   * Node ordinals of the objects that only the second snapshot has, in file order: of one row, or of all. 4 bytes an
   * object. Empty where classes were matched or the graph was given up for less memory.
   */
  addedOrdinals(row?: Pick<DiffRow, 'key'>): Uint32Array {
    return this.#ordinals(1, row);
  }

  /** The same for objects that only the first snapshot has. */
  removedOrdinals(row?: Pick<DiffRow, 'key'>): Uint32Array {
    return this.#ordinals(0, row);
  }

  #ordinals(snapshot: 0 | 1, row: Pick<DiffRow, 'key'> | undefined): Uint32Array {
    const { objects, snapshot: source } = this.#parts.sides[snapshot];
    if (objects === null || this.#parts.matches === null || isDigest(source)) return new Uint32Array();
    return Uint32Array.from(changed(objects, this.#isChanged(snapshot), this.#wantedGroups(snapshot, row)));
  }

  /** Whether only this snapshot has an object. */
  #isChanged(snapshot: 0 | 1): (object: number) => boolean {
    const { matches } = this.#parts;
    return snapshot === 1
      ? (object) => matches?.baseByObject[object] === NO_OBJECT
      : (object) => matches?.isRemovedByObject[object] === 1;
  }

  /** What `objects.classByObject` stands for → 1 where it belongs to the row. */
  #wantedGroups(snapshot: 0 | 1, row: Pick<DiffRow, 'key'> | undefined): Uint8Array {
    const keys = this.#parts.keyByGroup[snapshot];
    return Uint8Array.from(keys, (key) => (row === undefined || key === row.key ? 1 : 0));
  }

  #page(
    snapshot: 0 | 1,
    row: Pick<DiffRow, 'key'> | undefined,
    { order = 'retainedSize', ...page }: ChangedObjectOptions,
  ): ChangedObjectPage {
    const side = this.#parts.sides[snapshot];
    const { objects } = side;
    if (objects === null || this.#parts.matches === null) return { total: 0, objects: [] };
    const isChanged = this.#isChanged(snapshot);
    const isWanted = this.#wantedGroups(snapshot, row);
    const sizes = order === 'retainedSize' ? objects.retainedSizeByObject : objects.shallowSizeByObject;
    const listed = largestNodes(changed(objects, isChanged, isWanted), sizes, page);
    return {
      total: listed.total,
      objects: Array.from(listed.ordinals, (object) => ({
        id: objects.idByObject[object],
        name: isDigest(side.snapshot) ? null : side.snapshot.graph.node(object).name,
        class: side.classes[side.classByGroup[objects.classByObject[object]]].name,
        shallowSize: objects.shallowSizeByObject[object],
        retainedSize: objects.retainedSizeByObject[object],
      })),
    };
  }
}

/** In the order of the columns, as `largestNodes` wants them. */
function* changed(
  { classByObject, shallowSizeByObject }: ObjectColumns,
  isChanged: (object: number) => boolean,
  isWanted: Uint8Array,
): Generator<number> {
  for (let object = 0; object < classByObject.length; object++) {
    if (shallowSizeByObject[object] > 0 && isWanted[classByObject[object]] === 1 && isChanged(object)) {
      yield object;
    }
  }
}

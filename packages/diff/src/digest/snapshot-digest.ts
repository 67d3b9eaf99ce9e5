import type { InterfaceDefinition, SourceLocation } from '@heapstream/core';
import type { IdSample } from '../kernels/id-sample.js';
import type { ObjectColumns } from '../kernels/object-columns.js';

/**
 * What is kept of a snapshot to compare it later: its classes with their figures, the plain objects by their lists of
 * properties, so that the interfaces of any other snapshot can be applied. Kilobytes, and no object of the heap, but
 * with `objects`.
 */
export interface SnapshotDigest {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Bytes; what the producer adds for memory outside the heap is in it. */
  readonly totalSize: number;
  readonly extraNativeBytes: number;
  /** False where the producer exposed V8's internals. */
  readonly hasUserRoots: boolean;
  readonly hasNumericValues: boolean;
  /** The definitions that were inferred from the snapshot itself. */
  readonly interfaces: readonly InterfaceDefinition[];
  readonly groups: readonly DigestGroup[];
  /** Names that {@link shapes} refer to. */
  readonly propertyNames: readonly string[];
  /** Positions in {@link propertyNames}, ascending; one that repeats stands as often as objects have it. */
  readonly shapes: readonly (readonly number[])[];
  /** `null` where it was too large to be kept: retained sizes of classes of several groups are then unknown. */
  readonly nesting: GroupNesting | null;
  /** Plain objects of shapes too rare to be kept. They stay in the classes of the snapshot's own interfaces. */
  readonly unshapedObjects: number;
  /** What a comparison by id needs: in memory only, never stored. */
  readonly objects?: DigestObjects;
}

/** Objects that are of one class by whatever interfaces. Sizes in bytes, over those whose shallow size is above 0. */
export interface DigestGroup {
  /** The class; of plain objects, `Object`. */
  readonly name: string;
  readonly location: SourceLocation | null;
  /** Position in `shapes`, of plain objects; else `null`. */
  readonly shape: number | null;
  readonly count: number;
  readonly shallowSize: number;
  /** What one object of the group holds of another is counted once. */
  readonly retainedSize: number;
}

/**
 * Who holds whom among groups that may become one class: a tree, flattened, parents first. Each entry stands for the
 * objects of a group that lie, in the dominator tree, below objects of just the groups that the entries above it name,
 * in that order; those below an object of their own group have none.
 */
export interface GroupNesting {
  /** entry → the entry above it, -1 where there is none */
  readonly parentByEntry: readonly number[];
  /** entry → group */
  readonly groupByEntry: readonly number[];
  /** entry → bytes that its objects retain */
  readonly retainedSizeByEntry: readonly number[];
}

export interface DigestObjects {
  /** `classByObject` is the group. */
  readonly columns: ObjectColumns;
  readonly sample: IdSample;
}

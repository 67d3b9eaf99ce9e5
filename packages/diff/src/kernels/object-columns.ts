import type { WideColumn } from '@heapstream/core';

/**
 * The objects of one snapshot as a comparison reads them: arrays by object, on shared memory. Of a graph, objects are
 * its nodes; a snapshot of which only a digest is left keeps those that take memory, and no more.
 */
export interface ObjectColumns {
  readonly idByObject: WideColumn;
  /** object → position in the snapshot's list of classes */
  readonly classByObject: Uint32Array;
  /** Bytes. */
  readonly shallowSizeByObject: WideColumn;
  /** Bytes. */
  readonly retainedSizeByObject: Float64Array;
  /** The objects whose shallow size is above 0, by id; those of one id in file order. */
  readonly objectsById: Uint32Array;
}

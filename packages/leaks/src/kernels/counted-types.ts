import { NODE_TYPE, type SnapshotMeta } from '@heapstream/core';

/** How a node of a type counts in the growth of a heap. */
export const COUNTS_AS = {
  /** Code, shapes and other things that the engine makes for itself: its size counts with nobody. */
  nothing: 0,
  /** A backing store or another part of the object that holds it. */
  part: 1,
  /** A value without edges of interest: text, a number. */
  value: 2,
  /** What programs make. */
  object: 3,
} as const;

const BY_TYPE: Readonly<Record<string, number>> = {
  [NODE_TYPE.hidden]: COUNTS_AS.part,
  [NODE_TYPE.array]: COUNTS_AS.part,
  [NODE_TYPE.string]: COUNTS_AS.value,
  [NODE_TYPE.concatenatedString]: COUNTS_AS.value,
  [NODE_TYPE.slicedString]: COUNTS_AS.value,
  [NODE_TYPE.number]: COUNTS_AS.value,
  [NODE_TYPE.symbol]: COUNTS_AS.value,
  [NODE_TYPE.bigint]: COUNTS_AS.value,
  [NODE_TYPE.object]: COUNTS_AS.object,
  [NODE_TYPE.closure]: COUNTS_AS.object,
  [NODE_TYPE.regexp]: COUNTS_AS.object,
  [NODE_TYPE.native]: COUNTS_AS.object,
};

/** node type → how its nodes count; types that are not known count as nothing. */
export function countingByType(meta: SnapshotMeta): Uint8Array {
  return Uint8Array.from(meta.nodeTypes, (name) => BY_TYPE[name] ?? COUNTS_AS.nothing);
}

import { sharedUint32, type WideColumn } from '@heapstream/core';

export interface ClassMembersInput {
  readonly typeByNode: Uint8Array;
  readonly classByNode: Uint32Array;
  readonly shallowSizeByNode: WideColumn;
  /** class ordinal → objects that have a shallow size */
  readonly countByClass: Uint32Array;
  readonly typeCount: number;
}

/** The objects of every class, and what types they have: of those that have a shallow size. */
export interface ClassMembers {
  /** Nodes by class, each class in file order; shared memory */
  readonly members: Uint32Array;
  /** class ordinal → its first entry of `members`; one more than there are classes */
  readonly firstByClass: Uint32Array;
  /** class ordinal → bit t where an object of it has type t; bit 31 stands for all types from 31 on */
  readonly typesByClass: Uint32Array;
  readonly countByType: Float64Array;
  /** Bytes. */
  readonly shallowSizeByType: Float64Array;
}

const LAST_BIT = 31;

/** One pass over the nodes; 4 bytes a node. */
export function groupByClass(input: ClassMembersInput): ClassMembers {
  const { classByNode, countByClass, shallowSizeByNode, typeByNode, typeCount } = input;
  const classCount = countByClass.length;
  const firstByClass = new Uint32Array(classCount + 1);
  for (let of = 0; of < classCount; of++) firstByClass[of + 1] = firstByClass[of] + countByClass[of];
  const next = firstByClass.slice(0, classCount);
  const members = sharedUint32(firstByClass[classCount]);
  const countByType = new Float64Array(typeCount);
  const shallowSizeByType = new Float64Array(typeCount);
  const typesByClass = new Uint32Array(classCount);
  for (let node = 0; node < typeByNode.length; node++) {
    const size = shallowSizeByNode[node];
    if (size === 0) continue;
    const type = typeByNode[node];
    const classOrdinal = classByNode[node];
    members[next[classOrdinal]++] = node;
    countByType[type]++;
    shallowSizeByType[type] += size;
    typesByClass[classOrdinal] |= bitOfType(type);
  }
  return { members, firstByClass, typesByClass, countByType, shallowSizeByType };
}

export function bitOfType(type: number): number {
  return 1 << Math.min(type, LAST_BIT);
}

import type { WideColumn } from '@heapstream/core';

export interface TypeTallyInput {
  readonly typeByNode: Uint8Array;
  readonly classByNode: Uint32Array;
  readonly shallowSizeByNode: WideColumn;
  readonly classCount: number;
  readonly typeCount: number;
}

/** Objects that have a shallow size, by type. */
export interface TypeTally {
  readonly countByType: Float64Array;
  /** Bytes. */
  readonly shallowSizeByType: Float64Array;
  /** class ordinal → bit t where an object of it has type t; bit 31 stands for all types from 31 on */
  readonly typesByClass: Uint32Array;
}

const LAST_BIT = 31;

/** One pass over the nodes. */
export function tallyTypes(input: TypeTallyInput): TypeTally {
  const { classByNode, classCount, shallowSizeByNode, typeByNode, typeCount } = input;
  const countByType = new Float64Array(typeCount);
  const shallowSizeByType = new Float64Array(typeCount);
  const typesByClass = new Uint32Array(classCount);
  for (let node = 0; node < typeByNode.length; node++) {
    const size = shallowSizeByNode[node];
    if (size === 0) continue;
    const type = typeByNode[node];
    countByType[type]++;
    shallowSizeByType[type] += size;
    typesByClass[classByNode[node]] |= bitOfType(type);
  }
  return { countByType, shallowSizeByType, typesByClass };
}

export function bitOfType(type: number): number {
  return 1 << Math.min(type, LAST_BIT);
}

import type { HeapStatistics } from '@heapstream/core';

/** Route `statistics`: what fills the heap by kind, in bytes of shallow size. */
export interface Statistics {
  readonly total: number;
  /** Parts that add up to `total`, in the order in which to show them; those of 0 bytes too. */
  readonly parts: readonly StatisticsPart[];
  /** Every node type that has objects, the largest first. */
  readonly types: readonly TypeRow[];
  readonly v8heap: HeapStatistics['v8heap'];
  readonly native: HeapStatistics['native'];
}

export interface StatisticsPart {
  readonly kind: 'code' | 'strings' | 'jsArrays' | 'typedArrays' | 'otherNative' | 'system' | 'otherJs';
  readonly size: number;
}

export interface TypeRow {
  readonly type: string;
  /** Objects that have a shallow size. */
  readonly count: number;
  readonly shallowSize: number;
}

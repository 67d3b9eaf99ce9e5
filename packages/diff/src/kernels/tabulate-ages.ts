import type { WideColumn } from '@heapstream/core';
import { NO_OBJECT } from './match-by-id.js';

export interface AgeInput {
  readonly objectsById: Uint32Array;
  readonly classByObject: Uint32Array;
  readonly shallowSizeByObject: WideColumn;
  readonly rowByClass: Uint32Array;
  readonly rowCount: number;
  /** For each earlier snapshot, the first one first: object of the last snapshot → the same in that one, or `NO_OBJECT`. */
  readonly matchesByPoint: readonly Uint32Array[];
}

/** Objects of the last snapshot by the snapshot that has them first: arrays by row × snapshots + snapshot. */
export interface AgeTable {
  readonly countByRowAndPoint: Float64Array;
  /** Bytes, in the last snapshot. */
  readonly sizeByRowAndPoint: Float64Array;
}

/** An object is as old as the first snapshot of those, up to the last, that have it without a gap. */
export function tabulateAges(input: AgeInput): AgeTable {
  const { classByObject, matchesByPoint, objectsById, rowByClass, rowCount, shallowSizeByObject } = input;
  const points = matchesByPoint.length + 1;
  const countByRowAndPoint = new Float64Array(rowCount * points);
  const sizeByRowAndPoint = new Float64Array(rowCount * points);
  for (const object of objectsById) {
    let point = points - 1;
    while (point > 0 && matchesByPoint[point - 1][object] !== NO_OBJECT) point--;
    const cell = rowByClass[classByObject[object]] * points + point;
    countByRowAndPoint[cell]++;
    sizeByRowAndPoint[cell] += shallowSizeByObject[object];
  }
  return { countByRowAndPoint, sizeByRowAndPoint };
}

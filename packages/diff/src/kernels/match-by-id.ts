import { NO_NODE, sharedFloat64, sharedUint8, sharedUint32 } from '@heapstream/core';
import type { ObjectColumns } from './object-columns.js';

/** No object: of a new one, in {@link ObjectMatches.baseByObject}. */
export const NO_OBJECT = NO_NODE;

export interface MatchInput {
  readonly base: ObjectColumns;
  readonly current: ObjectColumns;
  /** class of the first snapshot → row */
  readonly rowByBaseClass: Uint32Array;
  /** class of the second snapshot → row */
  readonly rowByCurrentClass: Uint32Array;
  readonly rowCount: number;
}

/** What became of the objects. Sizes in bytes. */
export interface ObjectMatches {
  readonly addedCountByRow: Uint32Array;
  readonly removedCountByRow: Uint32Array;
  readonly addedSizeByRow: Float64Array;
  readonly removedSizeByRow: Float64Array;
  /** By how much the objects of both snapshots grew. */
  readonly survivorsSizeDeltaByRow: Float64Array;
  /** object of the second snapshot → the same object in the first, or {@link NO_OBJECT} where it is new */
  readonly baseByObject: Uint32Array;
  /** object of the first snapshot → 1 where the second lacks it */
  readonly isRemovedByObject: Uint8Array;
}

/**
 * Matches objects by id within a row, as DevTools does: an object that is of another class in the second snapshot is
 * deleted from one row and new in the other. Where an id repeats, as many objects of a row survive as both have.
 *
 * One walk down both lists of ids. 4 bytes an object of the second snapshot, 1 of the first.
 */
export function matchById(input: MatchInput): ObjectMatches {
  const { base, current, rowByBaseClass, rowByCurrentClass, rowCount } = input;
  const matches: ObjectMatches = {
    addedCountByRow: new Uint32Array(rowCount),
    removedCountByRow: new Uint32Array(rowCount),
    addedSizeByRow: sharedFloat64(rowCount),
    removedSizeByRow: sharedFloat64(rowCount),
    survivorsSizeDeltaByRow: sharedFloat64(rowCount),
    baseByObject: sharedUint32(current.idByObject.length).fill(NO_OBJECT),
    isRemovedByObject: sharedUint8(base.idByObject.length),
  };
  const rowOfBase = (object: number): number => rowByBaseClass[base.classByObject[object]];
  const rowOfCurrent = (object: number): number => rowByCurrentClass[current.classByObject[object]];
  const remove = (object: number): void => {
    const row = rowOfBase(object);
    matches.removedCountByRow[row]++;
    matches.removedSizeByRow[row] += base.shallowSizeByObject[object];
    matches.isRemovedByObject[object] = 1;
  };
  const add = (object: number): void => {
    const row = rowOfCurrent(object);
    matches.addedCountByRow[row]++;
    matches.addedSizeByRow[row] += current.shallowSizeByObject[object];
  };
  const survive = (before: number, after: number): void => {
    matches.baseByObject[after] = before;
    matches.survivorsSizeDeltaByRow[rowOfCurrent(after)] +=
      current.shallowSizeByObject[after] - base.shallowSizeByObject[before];
  };
  const matchLists = (removed: ArrayLike<number>, added: ArrayLike<number>): void => {
    let i = 0;
    let j = 0;
    while (i < removed.length && j < added.length) {
      const difference = rowOfBase(removed[i]) - rowOfCurrent(added[j]);
      if (difference < 0) remove(removed[i++]);
      else if (difference > 0) add(added[j++]);
      else survive(removed[i++], added[j++]);
    }
    while (i < removed.length) remove(removed[i++]);
    while (j < added.length) add(added[j++]);
  };

  const before = base.objectsById;
  const after = current.objectsById;
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    const baseId = base.idByObject[before[i]];
    const id = current.idByObject[after[j]];
    if (baseId < id) remove(before[i++]);
    else if (baseId > id) add(after[j++]);
    else {
      const baseEnd = endOfId(base, i);
      const end = endOfId(current, j);
      if (baseEnd === i + 1 && end === j + 1) {
        if (rowOfBase(before[i]) === rowOfCurrent(after[j])) survive(before[i], after[j]);
        else {
          remove(before[i]);
          add(after[j]);
        }
      } else {
        matchLists(
          sortedBy(before.subarray(i, baseEnd), rowOfBase),
          sortedBy(after.subarray(j, end), rowOfCurrent),
        );
      }
      i = baseEnd;
      j = end;
    }
  }
  while (i < before.length) remove(before[i++]);
  while (j < after.length) add(after[j++]);
  return matches;
}

/** Where the run of objects with one id ends that starts at `start`. */
function endOfId({ idByObject, objectsById }: ObjectColumns, start: number): number {
  const id = idByObject[objectsById[start]];
  let end = start + 1;
  while (end < objectsById.length && idByObject[objectsById[end]] === id) end++;
  return end;
}

function sortedBy(objects: Uint32Array, rowOf: (object: number) => number): Uint32Array {
  return objects.slice().sort((a, b) => rowOf(a) - rowOf(b) || a - b);
}

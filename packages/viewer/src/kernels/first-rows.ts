import { sharedUint32 } from '@heapstream/core';
import type { SortOrder } from '../api/index.js';

/** Keys that are looked at first, to learn which ones may be among the first. */
const SAMPLE = 32_768;
/** How many more keys than wanted are let through: a sample is not exact. */
const ROOM = 1.5;
const LEAST_ROOM = 64;
/** Where so many times more come through, the sample told nothing. */
const MOST_ROOM = 16;

/** Rows whose keys are read at a time: a loop without a call for each. */
const BLOCK = 4096;

/** Fills in the keys of the rows `[first, first + into.length)`. */
export type KeyBlocks = (first: number, into: Float64Array) => void;

/** The keys of rows one by one. */
export function blocksOf(keyAt: (position: number) => number): KeyBlocks {
  return (first, into) => {
    for (let i = 0; i < into.length; i++) into[i] = keyAt(first + i);
  };
}

/**
 * The first positions of a sorted list, found in one pass: for the first page of a list that is too long to be sorted. A
 * sample of the keys tells where the page may end; what lies before is collected and sorted. Equal keys keep their order.
 * `null` where the sample was misleading: the list must be sorted then.
 */
export function firstRows(
  rowCount: number,
  keyAt: (position: number) => number,
  order: SortOrder,
  wanted: number,
  readKeys: KeyBlocks = blocksOf(keyAt),
): Uint32Array | null {
  const count = Math.min(wanted, rowCount);
  if (count === 0) return sharedUint32(0);
  const sign = order === 'asc' ? 1 : -1;
  const end = likelyEnd(rowCount, (position) => sign * keyAt(position), count);
  const before: number[] = [];
  const atEnd: number[] = [];
  const keys = new Float64Array(BLOCK);
  for (let start = 0; start < rowCount; start += BLOCK) {
    const block = rowCount - start < BLOCK ? keys.subarray(0, rowCount - start) : keys;
    readKeys(start, block);
    for (let i = 0; i < block.length; i++) {
      const key = sign * block[i];
      if (key > end) continue;
      if (key < end) before.push(start + i);
      else if (atEnd.length < count) atEnd.push(start + i);
    }
    if (before.length > MOST_ROOM * count + LEAST_ROOM) return null;
  }
  if (before.length + atEnd.length < count) return null;
  before.sort((a, b) => sign * (keyAt(a) - keyAt(b)) || a - b);
  const first = sharedUint32(count);
  first.set(before.slice(0, count));
  if (before.length < count) first.set(atEnd.slice(0, count - before.length), before.length);
  return first;
}

/** A key that most likely as many are before as are wanted, and not many more. */
function likelyEnd(rowCount: number, keyAt: (position: number) => number, wanted: number): number {
  const size = Math.min(SAMPLE, rowCount);
  const keys = new Float64Array(size);
  // at steps that are not all alike, since lists are often regular
  for (let i = 0; i < size; i++) keys[i] = keyAt(Math.floor(((i + ((i * GOLDEN) % 1)) * rowCount) / size));
  keys.sort();
  const place = Math.ceil((wanted / rowCount) * size * ROOM) + LEAST_ROOM;
  return keys[Math.min(place, size - 1)];
}

const GOLDEN = 0.618_033_988_749_895;

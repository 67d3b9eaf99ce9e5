import { sharedUint32 } from '@heapstream/core';
import type { SortOrder } from '../api/index.js';

/** Position → what it is sorted by. Numbers from 0; doubles may be of any size. */
export type Keys = Uint32Array | Float64Array;

/** Bits that one pass of a radix sort looks at. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const MAX_UINT32 = 0xffffffff;

/**
 * Positions `[offset, end)` of the sorted list; equal keys keep their order, descending too. Long lists are not sorted:
 * digits are counted from the top down, and only what has those that the part begins and ends with is looked at further. A
 * few passes over the keys; 4 to 16 bytes a key meanwhile. The result is on shared memory.
 */
export function sortPart(keys: Keys, order: SortOrder, offset: number, end: number): Uint32Array {
  const first = Math.min(offset, keys.length);
  const last = Math.min(end, keys.length);
  const words = keys instanceof Uint32Array ? [keys] : wordsOf(keys);
  const ascending = order === 'asc' ? words : words.map(complementOf);
  if (ascending.length === 1 && last - first < keys.length) {
    return selectPart(ascending[0], first, last);
  }
  const positions = sharedUint32(keys.length);
  for (let i = 0; i < keys.length; i++) positions[i] = i;
  return sortPasses(positions, ascending).subarray(first, last);
}

/** Sorts the other way round. */
function complementOf(word: Uint32Array): Uint32Array {
  const complement = new Uint32Array(word.length);
  for (let i = 0; i < word.length; i++) complement[i] = ~word[i];
  return complement;
}

/** Doubles as whole numbers of one or two words, the low one first; of others the bits, which sort alike from 0 up. */
function wordsOf(keys: Float64Array): Uint32Array[] {
  let isWhole = true;
  for (let i = 0; i < keys.length && isWhole; i++) {
    isWhole = keys[i] <= MAX_UINT32 && Math.floor(keys[i]) === keys[i];
  }
  if (isWhole) return [new Uint32Array(keys)];
  const bits = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const low = new Uint32Array(keys.length);
  const high = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    low[i] = bits[2 * i];
    high[i] = bits[2 * i + 1];
  }
  return [low, high];
}

function selectPart(keys: Uint32Array, first: number, end: number): Uint32Array {
  const part = sharedUint32(end - first);
  if (part.length === 0) return part;
  const low = keyAtPlace(keys, first);
  const high = keyAtPlace(keys, end - 1);
  // of keys equal to those at both ends some may stand outside the part
  let lowToSkip = first - low.smaller;
  let highToTake = end - high.smaller;
  let count = 0;
  for (let position = 0; position < keys.length; position++) {
    const key = keys[position];
    if (key < low.key || key > high.key) continue;
    if (key === low.key && lowToSkip-- > 0) {
      if (key === high.key) highToTake--;
      continue;
    }
    if (key === high.key && highToTake-- <= 0) continue;
    part[count++] = position;
  }
  return part.sort((a, b) => keys[a] - keys[b] || a - b);
}

/**
 * The key that stands at a place of the sorted list, and how many are smaller: by its digits from the top, each time among
 * the keys that have the same ones so far.
 */
function keyAtPlace(all: Uint32Array, place: number): { readonly key: number; readonly smaller: number } {
  let keys = all;
  let smaller = 0;
  for (let shift = TOP_SHIFT; ; shift = Math.max(0, shift - DIGIT_BITS)) {
    const counts = new Uint32Array(DIGITS);
    for (let i = 0; i < keys.length; i++) counts[(keys[i] >>> shift) & (DIGITS - 1)]++;
    let digit = 0;
    while (smaller + counts[digit] <= place) smaller += counts[digit++];
    const alike: Uint32Array = new Uint32Array(counts[digit]);
    let count = 0;
    for (let i = 0; i < keys.length; i++) {
      if (((keys[i] >>> shift) & (DIGITS - 1)) === digit) alike[count++] = keys[i];
    }
    keys = alike;
    if (shift === 0) return { key: keys[0], smaller };
  }
}

const TOP_SHIFT = 32 - DIGIT_BITS;

/** Sorts positions in place by several words, the one that counts least first; a radix sort from the lowest digit up. */
export function sortPasses(positions: Uint32Array, words: readonly Uint32Array[]): Uint32Array {
  let from = positions;
  let to: Uint32Array = new Uint32Array(positions.length);
  for (const word of words) {
    const varying = varyingBits(word);
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      // a digit that all have in common sorts nothing
      if (((varying >>> shift) & (DIGITS - 1)) === 0) continue;
      sortPass(from, to, word, shift);
      [from, to] = [to, from];
    }
  }
  if (from !== positions) positions.set(from);
  return positions;
}

function varyingBits(word: Uint32Array): number {
  let bits = 0;
  for (let i = 1; i < word.length; i++) bits |= word[i] ^ word[0];
  return bits;
}

function sortPass(from: Uint32Array, to: Uint32Array, word: Uint32Array, shift: number): void {
  const next = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < word.length; i++) next[((word[i] >>> shift) & (DIGITS - 1)) + 1]++;
  for (let digit = 0; digit < DIGITS; digit++) next[digit + 1] += next[digit];
  for (let i = 0; i < from.length; i++) {
    const position = from[i];
    to[next[(word[position] >>> shift) & (DIGITS - 1)]++] = position;
  }
}

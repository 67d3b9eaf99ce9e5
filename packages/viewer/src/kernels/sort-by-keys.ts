import { sharedUint32 } from '@heapstream/core';
import type { SortOrder } from '../api/index.js';

/** Position → what it is sorted by. Numbers from 0; doubles may be of any size. */
export type Keys = Uint32Array | Float64Array;

/** Bits that one pass of the radix sort looks at. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
/** Keys up to which comparing is faster than passes over tables of digits. */
const FEW = 512;

/**
 * The positions of the keys, sorted: equal keys keep their order, descending too. A radix sort from the lowest digit
 * up, as many passes as the largest key has digits of 11 bits; 8 bytes a key meanwhile, 16 of doubles. The result is on
 * shared memory.
 */
export function sortByKeys(keys: Keys, order: SortOrder): Uint32Array {
  const positions = sharedUint32(keys.length);
  for (let i = 0; i < keys.length; i++) positions[i] = i;
  if (keys.length <= FEW) {
    const sign = order === 'asc' ? 1 : -1;
    return positions.sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
  }
  if (keys instanceof Uint32Array) return sortPasses(positions, [keys], order);
  const words = wordsOf(keys);
  return sortPasses(positions, words, order);
}

/** Doubles as whole numbers of one or two words, the low one first; of others the bits, which sort alike from 0 up. */
function wordsOf(keys: Float64Array): Uint32Array[] {
  let max = 0;
  let isWhole = true;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key > max) max = key;
    if (isWhole && Math.floor(key) !== key) isWhole = false;
  }
  if (isWhole && max <= 0xffffffff) return [Uint32Array.from(keys)];
  const bits = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const low = new Uint32Array(keys.length);
  const high = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    low[i] = bits[2 * i];
    high[i] = bits[2 * i + 1];
  }
  return [low, high];
}

/** Sorts in place by several words, the one that counts least first. Returns `positions`. */
export function sortPasses(
  positions: Uint32Array,
  words: readonly Uint32Array[],
  order: SortOrder,
): Uint32Array {
  let from = positions;
  let to: Uint32Array = new Uint32Array(positions.length);
  for (const word of words) {
    const varying = varyingBits(word);
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      // a digit that all have in common sorts nothing
      if (((varying >>> shift) & (DIGITS - 1)) === 0) continue;
      sortPass(from, to, word, shift, order);
      [from, to] = [to, from];
    }
  }
  if (from !== positions) positions.set(from);
  return positions;
}

function varyingBits(word: Uint32Array): number {
  let bits = 0;
  for (let i = 1; i < word.length; i++) bits |= word[i] ^ word[0];
  return bits >>> 0;
}

function sortPass(
  from: Uint32Array,
  to: Uint32Array,
  word: Uint32Array,
  shift: number,
  order: SortOrder,
): void {
  const flip = order === 'asc' ? 0 : DIGITS - 1;
  const next = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < word.length; i++) next[(((word[i] >>> shift) & (DIGITS - 1)) ^ flip) + 1]++;
  for (let digit = 0; digit < DIGITS; digit++) next[digit + 1] += next[digit];
  for (let i = 0; i < from.length; i++) {
    const position = from[i];
    to[next[((word[position] >>> shift) & (DIGITS - 1)) ^ flip]++] = position;
  }
}

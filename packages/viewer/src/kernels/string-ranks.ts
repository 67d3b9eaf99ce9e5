import { type GraphColumns, sharedUint32 } from '@heapstream/core';
import { sortPasses } from './sort-by-keys.js';

/** The columns of a graph that hold its strings. */
export type StringColumns = Pick<
  GraphColumns,
  'moreStringBytes' | 'stringBytes' | 'stringCount' | 'stringStart'
>;

/**
 * string ordinal → its place among all strings, sorted by code points; equal strings have one place. By their first 8
 * bytes in passes over the table, then by comparison those that have these in common. 4 bytes a string, 20 meanwhile.
 */
export function rankStrings(columns: StringColumns): Uint32Array {
  const strings = new StringReader(columns);
  const { stringCount } = columns;
  const order = new Uint32Array(stringCount);
  const high = new Uint32Array(stringCount);
  const low = new Uint32Array(stringCount);
  for (let string = 0; string < stringCount; string++) {
    order[string] = string;
    high[string] = strings.wordAt(string, 0);
    low[string] = strings.wordAt(string, 4);
  }
  const sorted = sortPasses(order, [low, high], 'asc');
  const isAlike = (a: number, b: number): boolean => high[a] === high[b] && low[a] === low[b];
  const rankByString = sharedUint32(stringCount);
  let rank = 0;
  for (let first = 0, end = 0; first < stringCount; first = end) {
    end = first + 1;
    while (end < stringCount && isAlike(sorted[first], sorted[end])) end++;
    const group = sorted.subarray(first, end);
    if (group.length > 1) group.sort((a, b) => strings.compare(a, b));
    for (let i = 0; i < group.length; i++) {
      if (i > 0 && strings.compare(group[i - 1], group[i]) !== 0) rank++;
      rankByString[group[i]] = rank;
    }
    rank++;
  }
  return rankByString;
}

/** Bytes of strings by their place, across segments, without views. */
class StringReader {
  readonly #first: Uint8Array;
  readonly #more: readonly Uint8Array[];
  readonly #start: StringColumns['stringStart'];

  constructor({ moreStringBytes, stringBytes, stringStart }: StringColumns) {
    this.#first = stringBytes;
    this.#more = moreStringBytes;
    this.#start = stringStart;
  }

  /** Four bytes of a string as a number that sorts as they do; 0 for those behind its end. */
  wordAt(string: number, offset: number): number {
    const start = this.#start[string] + offset;
    const length = this.#start[string + 1] - start;
    let word = 0;
    for (let i = 0; i < 4; i++) word = (word << 8) | (i < length ? this.#byteAt(start + i) : 0);
    return word >>> 0;
  }

  /** By bytes, then by length. */
  compare(a: number, b: number): number {
    const startA = this.#start[a];
    const startB = this.#start[b];
    const lengthA = this.#start[a + 1] - startA;
    const lengthB = this.#start[b + 1] - startB;
    const length = Math.min(lengthA, lengthB);
    for (let i = 0; i < length; i++) {
      const difference = this.#byteAt(startA + i) - this.#byteAt(startB + i);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  #byteAt(place: number): number {
    const { length } = this.#first;
    if (place < length) return this.#first[place];
    return this.#more[Math.floor(place / length) - 1][place % length];
  }
}

import { type GraphColumns, sharedUint32 } from '@heapstream/core';
import { sortPasses } from './sort-by-keys.js';

/** Columns that hold strings: those of a graph, or names that were made up. */
export type StringColumns = Pick<
  GraphColumns,
  'hasLoneSurrogates' | 'moreStringBytes' | 'stringBytes' | 'stringCount' | 'stringStart'
>;

/**
 * The place of every string among all of the tables, sorted by code points; equal strings have one place. The second
 * table's strings are numbered behind those of the first. By their first 8 bytes in passes over the tables, then by
 * comparison those that have these in common. 4 bytes a string, 20 meanwhile; the result is on shared memory.
 */
export function rankStrings(tables: readonly [StringColumns, StringColumns]): Uint32Array {
  const strings = new StringReader(tables);
  const { count } = strings;
  const order = new Uint32Array(count);
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  for (let string = 0; string < count; string++) {
    order[string] = string;
    high[string] = strings.wordAt(string, 0);
    low[string] = strings.wordAt(string, 4);
  }
  const sorted = sortPasses(order, [low, high]);
  const isAlike = (a: number, b: number): boolean => high[a] === high[b] && low[a] === low[b];
  const rankByString = sharedUint32(count);
  let rank = 0;
  for (let first = 0, end = 0; first < count; first = end) {
    end = first + 1;
    while (end < count && isAlike(sorted[first], sorted[end])) end++;
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

/** Bytes of strings by their place in two tables, across segments, without views. */
class StringReader {
  readonly count: number;
  readonly #first: StringBytes;
  readonly #second: StringBytes;
  readonly #firstCount: number;

  constructor([first, second]: readonly [StringColumns, StringColumns]) {
    this.#first = new StringBytes(first);
    this.#second = new StringBytes(second);
    this.#firstCount = first.stringCount;
    this.count = first.stringCount + second.stringCount;
  }

  /** Four bytes of a string as a number that sorts as they do; 0 for those behind its end. */
  wordAt(string: number, offset: number): number {
    const bytes = this.#tableOf(string);
    const start = bytes.startOf(this.#ordinalOf(string)) + offset;
    const end = bytes.startOf(this.#ordinalOf(string) + 1);
    let word = 0;
    for (let at = start; at < start + 4; at++) word = (word << 8) | (at < end ? bytes.at(at) : 0);
    return word >>> 0;
  }

  /** By bytes, then by length. */
  compare(a: number, b: number): number {
    const bytesA = this.#tableOf(a);
    const bytesB = this.#tableOf(b);
    const startA = bytesA.startOf(this.#ordinalOf(a));
    const startB = bytesB.startOf(this.#ordinalOf(b));
    const lengthA = bytesA.startOf(this.#ordinalOf(a) + 1) - startA;
    const lengthB = bytesB.startOf(this.#ordinalOf(b) + 1) - startB;
    const length = Math.min(lengthA, lengthB);
    for (let i = 0; i < length; i++) {
      const difference = bytesA.at(startA + i) - bytesB.at(startB + i);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  #tableOf(string: number): StringBytes {
    return string < this.#firstCount ? this.#first : this.#second;
  }

  #ordinalOf(string: number): number {
    return string < this.#firstCount ? string : string - this.#firstCount;
  }
}

class StringBytes {
  readonly #first: Uint8Array;
  readonly #more: readonly Uint8Array[];
  readonly #start: StringColumns['stringStart'];

  constructor({ moreStringBytes, stringBytes, stringStart }: StringColumns) {
    this.#first = stringBytes;
    this.#more = moreStringBytes;
    this.#start = stringStart;
  }

  startOf(ordinal: number): number {
    return this.#start[ordinal];
  }

  at(place: number): number {
    const { length } = this.#first;
    if (place < length) return this.#first[place];
    return this.#more[Math.floor(place / length) - 1][place % length];
  }
}

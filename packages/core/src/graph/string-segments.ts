import type { GraphColumns } from './graph-columns.js';

/**
 * Bytes of strings in one array. Node 20 ends a typed array at 2³² elements, and half of that still fits the 31 bits
 * in which V8 adds fastest; a table that is smaller, as nearly all are, has one array and is read without a division.
 */
export const STRING_SEGMENT_BYTES = 2 ** 30;

type StringBytesColumns = Pick<GraphColumns, 'stringBytes' | 'moreStringBytes'>;

/**
 * The bytes of all strings by their place in the whole, which may be more than one array holds: every segment but the
 * last is as long as the first.
 */
export class StringSegments {
  readonly #first: Uint8Array;
  readonly #others: readonly Uint8Array[];

  constructor({ stringBytes, moreStringBytes }: StringBytesColumns) {
    this.#first = stringBytes;
    this.#others = moreStringBytes;
  }

  byteAt(position: number): number {
    const first = this.#first;
    if (position < first.length) return first[position];
    const segment = Math.floor(position / first.length);
    return this.#segment(segment)[position - segment * first.length];
  }

  /** Bytes from `start` up to `end`: a view, or a copy where they lie in two segments. */
  slice(start: number, end: number): Uint8Array {
    const first = this.#first;
    if (end <= first.length || start === end) return first.subarray(start, end);
    const { length } = first;
    const segment = Math.floor(start / length);
    const base = segment * length;
    if (end - base <= length) return this.#segment(segment).subarray(start - base, end - base);
    const copy = new Uint8Array(end - start);
    for (let at = start; at < end; ) {
      const number = Math.floor(at / length);
      const segmentEnd = Math.min(end, (number + 1) * length);
      const part = this.#segment(number).subarray(at - number * length, segmentEnd - number * length);
      copy.set(part, at - start);
      at = segmentEnd;
    }
    return copy;
  }

  #segment(number: number): Uint8Array {
    return number === 0 ? this.#first : this.#others[number - 1];
  }
}

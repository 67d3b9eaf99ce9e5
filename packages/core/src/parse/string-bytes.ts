import { STRING_SEGMENT_BYTES } from '../graph/string-segments.js';
import { copyBytes } from '../memory/copy-bytes.js';
import {
  type ColumnAllocator,
  grownUint8,
  nextCapacity,
  SHARED_COLUMNS,
  sharedUint8,
} from './allocate-columns.js';

/** A write of so many bytes may cross the end of a segment: they land behind it and move on with {@link StringBytes.turn}. */
const SLACK = 4;
/** A call of set() costs as much as copying some 40 bytes one by one. */
const LOOP_BYTES = 64;

/**
 * Bytes that grow at their end, in segments of equal length on shared memory. There is room for the `expected` bytes from
 * the beginning, since pages that nobody writes take no memory; a segment that is larger grows by copying, a full one is
 * never copied again.
 *
 * Whoever writes byte by byte calls `reserve`, stores to `bytes[length++]`, and calls `turn`.
 */
export class StringBytes {
  /** The segment being written. */
  bytes: Uint8Array = sharedUint8(0);
  /** Bytes in that segment. */
  length = 0;
  /** Bytes in the segments before it. */
  base = 0;
  readonly #segmentBytes: number;
  readonly #expected: number;
  readonly #memory: ColumnAllocator;
  readonly #segments: Uint8Array[] = [this.bytes];
  #at = 0;

  /** `expected`: bytes that the rest of a file has; it may be a little more. `memory`: where as many go, at once. */
  constructor(expected = 0, segmentBytes = STRING_SEGMENT_BYTES, memory = SHARED_COLUMNS) {
    this.#expected = expected;
    this.#memory = memory;
    this.#segmentBytes = segmentBytes;
  }

  /** Bytes in all segments. */
  get total(): number {
    return this.base + this.length;
  }

  /** The segments, all full but the last; the first alone may be empty. */
  get segments(): Uint8Array[] {
    const used = this.length === 0 && this.#at > 0 ? this.#at : this.#at + 1;
    return this.#segments
      .slice(0, used)
      .map((segment, at) => segment.subarray(0, at === this.#at ? this.length : this.#segmentBytes));
  }

  /** Makes room for a write of up to 4 bytes. */
  reserve(size: number): void {
    if (this.length + size > this.bytes.length) this.#grow(this.length + size);
  }

  /** After a write of up to 4 bytes: goes on to the next segment where this one is full. */
  turn(): void {
    if (this.length >= this.#segmentBytes) this.#next();
  }

  append(chunk: Uint8Array, from: number, to: number): void {
    if (this.length + to - from > this.bytes.length) {
      this.#appendInParts(chunk, from, to);
      return;
    }
    this.#copy(chunk, from, to);
    if (this.length >= this.#segmentBytes) this.#next();
  }

  /** Takes back what was written from byte `total` on. */
  truncate(total: number): void {
    while (total < this.base) {
      this.bytes = this.#segments[--this.#at];
      this.base -= this.#segmentBytes;
    }
    this.length = total - this.base;
  }

  #copy(chunk: Uint8Array, from: number, to: number): void {
    const { bytes } = this;
    let { length } = this;
    if (to - from > LOOP_BYTES) {
      copyBytes(chunk.subarray(from, to), bytes, length);
      length += to - from;
    } else {
      for (let i = from; i < to; i++) bytes[length++] = chunk[i];
    }
    this.length = length;
  }

  #appendInParts(chunk: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + this.#segmentBytes - this.length);
      if (this.length + end - at > this.bytes.length) this.#grow(this.length + end - at);
      this.#copy(chunk, at, end);
      this.turn();
      at = end;
    }
  }

  #grow(needed: number): void {
    const capacity = Math.max(this.#expected, nextCapacity(this.bytes.length, needed, 0));
    // memory that is not given back is no place to grow in
    const memory = capacity === this.#expected ? this.#memory : SHARED_COLUMNS;
    const bytes = grownUint8(this.bytes, Math.min(capacity, this.#segmentBytes) + SLACK, memory);
    this.#segments[this.#at] = bytes;
    this.bytes = bytes;
  }

  /** What was written behind the end of the segment begins the next one. */
  #next(): void {
    const full = this.bytes;
    const spilt = full.subarray(this.#segmentBytes, this.length);
    this.base += this.#segmentBytes;
    this.#at++;
    this.#segments[this.#at] ??= sharedUint8(this.#segmentBytes + SLACK);
    this.bytes = this.#segments[this.#at];
    this.bytes.set(spilt);
    this.length = spilt.length;
    this.turn();
  }
}

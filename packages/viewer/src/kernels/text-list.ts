import { sharedUint8, sharedUint32 } from '@heapstream/core';
import type { StringColumns } from './string-ranks.js';

/** The number of a text for which there was no room; above those of all others. */
export const NO_TEXT = 0xffffffff;

/** Texts one after the other, as a graph has its strings. */
export class TextList {
  readonly #maxBytes: number;
  readonly #starts: number[] = [0];
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  /** `maxBytes`: how many there is room for; texts that would come behind are not taken. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isFull(): boolean {
    return this.#length >= this.#maxBytes;
  }

  /** The text's number, or {@link NO_TEXT}. */
  add(text: string): number {
    const needed = text.length * MAX_BYTES_PER_UNIT;
    // a single text may be far too long
    if (this.#length + needed > this.#maxBytes + FIRST_BYTES && !this.#hasRoom(Buffer.byteLength(text))) {
      return NO_TEXT;
    }
    this.#grow(needed);
    this.#length += ENCODER.encodeInto(text, this.#bytes.subarray(this.#length)).written;
    return this.#end();
  }

  /** A text in parts, each some bytes of an array. */
  addParts(parts: readonly TextPart[]): number {
    const needed = parts.reduce((sum, { end, start }) => sum + end - start, 0);
    if (!this.#hasRoom(needed)) return NO_TEXT;
    this.#grow(needed);
    for (const { bytes, end, start } of parts) {
      // parts are short: a view of each would take longer than its bytes
      for (let at = start; at < end; at++) this.#bytes[this.#length++] = bytes[at];
    }
    return this.#end();
  }

  /** The bytes of a text, until another one is added. */
  partOf(text: number): TextPart {
    return { bytes: this.#bytes, start: this.#starts[text], end: this.#starts[text + 1] };
  }

  /** On shared memory. */
  columns(): StringColumns {
    const stringBytes = sharedUint8(this.#length);
    stringBytes.set(this.#bytes.subarray(0, this.#length));
    const stringStart = sharedUint32(this.#starts.length);
    stringStart.set(this.#starts);
    return {
      stringBytes,
      moreStringBytes: [],
      stringStart,
      stringCount: this.#starts.length - 1,
      hasLoneSurrogates: false,
    };
  }

  #hasRoom(bytes: number): boolean {
    return !this.isFull && this.#length + bytes <= this.#maxBytes;
  }

  #grow(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  #end(): number {
    return this.#starts.push(this.#length) - 2;
  }
}

/** UTF-8, `[start, end)` of an array. */
export interface TextPart {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

const ENCODER = new TextEncoder();
const FIRST_BYTES = 64 * 1024;
const MAX_BYTES_PER_UNIT = 3;

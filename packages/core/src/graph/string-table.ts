import type { GraphColumns } from './graph-columns.js';
import { StringSegments } from './string-segments.js';

/** Lead byte of U+D000…U+DFFF; followed by a byte ≥ 0xa0 it is a surrogate. */
const SURROGATE_LEAD = 0xed;

/** Columns that make a {@link StringTable}. */
export type StringColumns = Pick<
  GraphColumns,
  'stringBytes' | 'moreStringBytes' | 'stringCount' | 'stringStart' | 'hasLoneSurrogates'
>;

/**
 * The strings of a snapshot: UTF-8 bytes that are decoded when asked for, never all at once.
 *
 * Equal strings have equal bytes, so comparing and searching need no decoding. Cost: the bytes, plus 4 bytes a string.
 */
export class StringTable {
  readonly count: number;
  readonly #bytes: Uint8Array;
  readonly #start: GraphColumns['stringStart'];
  readonly #hasLoneSurrogates: boolean;
  readonly #view: Buffer;
  /** Of a table that is too long for one array; `null` of nearly all. */
  readonly #segments: StringSegments | null;

  constructor(columns: StringColumns) {
    this.count = columns.stringCount;
    this.#bytes = columns.stringBytes;
    this.#start = columns.stringStart;
    this.#hasLoneSurrogates = columns.hasLoneSurrogates;
    this.#view = asBuffer(this.#bytes);
    this.#segments = columns.moreStringBytes.length > 0 ? new StringSegments(columns) : null;
  }

  /** The string; throws a RangeError for an ordinal the table does not have. */
  get(ordinal: number): string {
    if (!(ordinal >= 0 && ordinal < this.count)) {
      throw new RangeError(`string ordinal ${ordinal} is not in [0, ${this.count})`);
    }
    const start = this.#start[ordinal];
    const end = this.#start[ordinal + 1];
    if (this.#segments !== null) return this.#decode(this.#segments.slice(start, end));
    if (this.#hasLoneSurrogates && hasSurrogateBytes(this.#bytes, start, end)) {
      return decodeWtf8(this.#bytes, start, end);
    }
    return this.#view.toString('utf8', start, end);
  }

  /** Length in UTF-8 bytes. */
  byteLengthOf(ordinal: number): number {
    return this.#start[ordinal + 1] - this.#start[ordinal];
  }

  /** The UTF-8 bytes: a view without a copy, but for the few strings that lie in two segments. */
  bytesOf(ordinal: number): Uint8Array {
    const start = this.#start[ordinal];
    const end = this.#start[ordinal + 1];
    return this.#segments !== null ? this.#segments.slice(start, end) : this.#bytes.subarray(start, end);
  }

  /** The first byte; `undefined` of an empty string. */
  firstByteOf(ordinal: number): number | undefined {
    const start = this.#start[ordinal];
    if (start === this.#start[ordinal + 1]) return undefined;
    return this.#segments !== null ? this.#segments.byteAt(start) : this.#bytes[start];
  }

  /** Whether the string begins with `prefix` (UTF-8 bytes). */
  startsWith(ordinal: number, prefix: Uint8Array): boolean {
    const start = this.#start[ordinal];
    if (this.#start[ordinal + 1] - start < prefix.length) return false;
    if (this.#segments !== null) {
      return this.#segments.slice(start, start + prefix.length).every((byte, i) => byte === prefix[i]);
    }
    for (let i = 0; i < prefix.length; i++) if (this.#bytes[start + i] !== prefix[i]) return false;
    return true;
  }

  /**
   * Every ordinal whose string is `text`: usually one, none where the table lacks it, several where the producer wrote
   * a string twice. Reads the offsets of the whole table.
   */
  ordinalsOf(text: string): number[] {
    const wanted = encodeWtf8(text);
    const found: number[] = [];
    for (let ordinal = 0; ordinal < this.count; ordinal++) {
      if (this.byteLengthOf(ordinal) === wanted.length && this.startsWith(ordinal, wanted))
        found.push(ordinal);
    }
    return found;
  }

  *[Symbol.iterator](): Generator<string> {
    for (let ordinal = 0; ordinal < this.count; ordinal++) yield this.get(ordinal);
  }

  #decode(bytes: Uint8Array): string {
    if (this.#hasLoneSurrogates && hasSurrogateBytes(bytes, 0, bytes.length)) {
      return decodeWtf8(bytes, 0, bytes.length);
    }
    return asBuffer(bytes).toString('utf8');
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** UTF-8, with lone surrogates as their three-byte form (https://simonsapin.github.io/wtf-8/). */
export function encodeWtf8(text: string): Uint8Array {
  if (text.isWellFormed()) return new TextEncoder().encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) {
      bytes.push(SURROGATE_LEAD, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    } else {
      bytes.push(...new TextEncoder().encode(character));
    }
  }
  return Uint8Array.from(bytes);
}

function hasSurrogateBytes(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i + 1 < end; i++) if (bytes[i] === SURROGATE_LEAD && bytes[i + 1] >= 0xa0) return true;
  return false;
}

/** Well-formed by construction: the parser wrote it. */
function decodeWtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; ) {
    const lead = bytes[i];
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      i += 1;
    } else if (lead < 0xe0) {
      text += String.fromCharCode(((lead & 0x1f) << 6) | (bytes[i + 1] & 0x3f));
      i += 2;
    } else if (lead < 0xf0) {
      text += String.fromCharCode(
        ((lead & 0x0f) << 12) | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f),
      );
      i += 3;
    } else {
      text += String.fromCodePoint(
        ((lead & 0x07) << 18) |
          ((bytes[i + 1] & 0x3f) << 12) |
          ((bytes[i + 2] & 0x3f) << 6) |
          (bytes[i + 3] & 0x3f),
      );
      i += 4;
    }
  }
  return text;
}

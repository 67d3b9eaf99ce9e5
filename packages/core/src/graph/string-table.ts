import { rowsOf } from './column-rows.js';
import type { GraphColumns } from './graph-columns.js';
import { StringSegments } from './string-segments.js';

/** Lead byte of U+D000…U+DFFF; followed by a byte ≥ 0xa0 it is a surrogate. */
const SURROGATE_LEAD = 0xed;

/** Columns that make a {@link StringTable}. */
export type StringColumns = Pick<
  GraphColumns,
  'stringBytes' | 'moreStringBytes' | 'stringCount' | 'stringStart' | 'hasLoneSurrogates' | 'knownStrings'
>;

/**
 * The strings of a snapshot: UTF-8 bytes that are decoded when asked for, never all at once.
 *
 * Equal strings have equal bytes, so comparing and searching need no decoding. Cost: the bytes, plus 4 bytes a string.
 */
export class StringTable {
  readonly count: number;
  readonly #columns: StringColumns;
  readonly #hasLoneSurrogates: boolean;
  /** Whether the table is too long for one array, as hardly any is. */
  readonly #isSegmented: boolean;
  #segments: StringSegments | undefined;
  #view: Buffer | undefined;

  constructor(columns: StringColumns) {
    this.count = columns.stringCount;
    this.#columns = columns;
    this.#hasLoneSurrogates = columns.hasLoneSurrogates;
    this.#isSegmented = columns.moreStringBytes.length > 0;
  }

  /** The string; throws a RangeError for an ordinal the table does not have. */
  get(ordinal: number): string {
    if (!(ordinal >= 0 && ordinal < this.count)) {
      throw new RangeError(`string ordinal ${ordinal} is not in [0, ${this.count})`);
    }
    const starts = this.#startsOf(ordinal);
    const start = starts[ordinal];
    const end = starts[ordinal + 1];
    if (this.#isSegmented) return this.#decode(this.#slice(start, end));
    const bytes = rowsOf(this.#columns, 'stringBytes', start, end);
    if (this.#hasLoneSurrogates && hasSurrogateBytes(bytes, start, end)) return decodeWtf8(bytes, start, end);
    this.#view ??= asBuffer(bytes);
    return this.#view.toString('utf8', start, end);
  }

  /** Length in UTF-8 bytes. */
  byteLengthOf(ordinal: number): number {
    const starts = this.#startsOf(ordinal);
    return starts[ordinal + 1] - starts[ordinal];
  }

  /** The UTF-8 bytes: a view without a copy, but for the few strings that lie in two segments. */
  bytesOf(ordinal: number): Uint8Array {
    const starts = this.#startsOf(ordinal);
    return this.#slice(starts[ordinal], starts[ordinal + 1]);
  }

  /** The first byte; `undefined` of an empty string. */
  firstByteOf(ordinal: number): number | undefined {
    const starts = this.#startsOf(ordinal);
    const start = starts[ordinal];
    if (start === starts[ordinal + 1]) return undefined;
    if (this.#isSegmented) return this.#slice(start, start + 1)[0];
    return rowsOf(this.#columns, 'stringBytes', start)[start];
  }

  /** Whether the string begins with `prefix` (UTF-8 bytes). */
  startsWith(ordinal: number, prefix: Uint8Array): boolean {
    const starts = this.#startsOf(ordinal);
    const start = starts[ordinal];
    if (starts[ordinal + 1] - start < prefix.length) return false;
    if (this.#isSegmented) {
      return this.#slice(start, start + prefix.length).every((byte, i) => byte === prefix[i]);
    }
    const bytes = rowsOf(this.#columns, 'stringBytes', start, start + prefix.length);
    for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false;
    return true;
  }

  /**
   * Every ordinal whose string is `text`: usually one, none where the table lacks it, several where the producer wrote
   * a string twice. Reads the offsets of the whole table, but for texts that were looked for while it was read.
   */
  ordinalsOf(text: string): number[] {
    const { knownStrings, stringStart } = this.#columns;
    const known = knownStrings?.exact.find((entry) => entry.text === text);
    if (known !== undefined) return [...known.ordinals];
    const wanted = encodeWtf8(text);
    const found: number[] = [];
    for (let ordinal = 0; ordinal < this.count; ordinal++) {
      const byteLength = stringStart[ordinal + 1] - stringStart[ordinal];
      if (byteLength === wanted.length && this.startsWith(ordinal, wanted)) found.push(ordinal);
    }
    return found;
  }

  #slice(start: number, end: number): Uint8Array {
    if (!this.#isSegmented) return rowsOf(this.#columns, 'stringBytes', start, end).subarray(start, end);
    this.#segments ??= new StringSegments(this.#columns);
    return this.#segments.slice(start, end);
  }

  #startsOf(ordinal: number): GraphColumns['stringStart'] {
    return rowsOf(this.#columns, 'stringStart', ordinal, ordinal + 2);
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

import type { WideColumn } from '../graph/graph-columns.js';
import { type ColumnAllocator, grownWide, MAX_UINT32, sharedUint32, widened } from './allocate-columns.js';
import { KnownCollector } from './known-table.js';
import { describeByte, type ParseContext } from './parse-context.js';
import { type ScanKernel, scanKernel } from './scan-kernel.js';
import { StringBytes } from './string-bytes.js';
import { BYTE, isWhiteSpace, skipWhiteSpace, type ValueParser } from './value-parser.js';

/** The string table as the parser leaves it; see `GraphColumns`. */
export interface ParsedStrings {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly moreBytes: readonly Uint8Array[];
  readonly start: WideColumn;
  readonly hasLoneSurrogates: boolean;
}

export interface StringArrayOptions {
  /** Which strings to keep; the others are checked and become empty. */
  keep?: (ordinal: number) => boolean;
  /** Bytes of the rest of the file, if that is known: room is made for what they usually hold. */
  restBytes?: number | undefined;
  /** Where that room is. */
  memory?: ColumnAllocator;
  /** Bytes after which a new array is begun; see `STRING_SEGMENT_BYTES`. */
  segmentBytes?: number;
  /** The kernel that takes plain strings; `null`: none. Default: this thread's. */
  kernel?: ScanKernel | null;
}

/** Before `[` · after `[` · after a comma · in a string · after `\` · in the digits of `\u` · after a string · after `]` */
enum State {
  Open,
  First,
  Value,
  Text,
  Escape,
  Hex,
  After,
  Done,
}

/** byte → 1 where it stands for itself inside a string: ASCII without controls, `"` and `\` */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== BYTE.quote && byte !== BYTE.backslash ? 1 : 0,
);

/** byte after `\` → the byte it stands for; 0 where it is no escape */
const ESCAPED = new Uint8Array(256);
for (const [letter, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  ESCAPED[letter.charCodeAt(0)] = meaning.charCodeAt(0);
}

const LOWER_U = 0x75;
const NO_SURROGATE = 0;
/** Text that the kernel is given at a time: less than it has room for, as a string that it does not take ends its run. */
const KERNEL_BYTES = 16 * 1024;
/** Where it takes less than this, it is not asked again for a while. */
const MIN_TAKEN = 1024;
const FIRST_STRINGS = 4096;
/** A string table that is larger grows: 1 GiB of offsets. */
const MAX_EXPECTED = 2 ** 28;
/** A usual string is longer, with its quotes: room for that many is made at once. */
const SHORT_STRING_BYTES = 16;

/**
 * Scans `["…","…"]` into one run of bytes: escapes resolved, bytes that are not UTF-8 replaced by U+FFFD as the
 * Encoding Standard says (https://encoding.spec.whatwg.org/#utf-8-decoder) and counted, lone surrogates of escapes kept
 * in their three-byte form. Equal strings therefore have equal bytes, however the producer wrote them.
 */
export class StringArrayParser implements ValueParser {
  /** Sequences of bytes that were not UTF-8. */
  badSequences = 0;
  /** Finds known texts among the strings; undefined where no kernel reads them. */
  readonly known: KnownCollector | undefined;
  readonly #section: string;
  readonly #context: ParseContext;
  readonly #kernel: ScanKernel | null;
  readonly #keep: ((ordinal: number) => boolean) | undefined;

  #state = State.Open;
  readonly #bytes: StringBytes;
  #start: WideColumn;
  #count = 0;
  #hasLoneSurrogates = false;

  #hexValue = 0;
  #hexDigits = 0;
  /** High surrogate of an escape whose low half may follow. */
  #highSurrogate = NO_SURROGATE;
  /** Continuation bytes that the UTF-8 sequence still needs, and the range of the next one. */
  #needed = 0;
  #lowest = 0x80;
  #highest = 0xbf;
  #sequenceStart = 0;

  constructor(section: string, context: ParseContext, options: StringArrayOptions = {}) {
    this.#section = section;
    this.#context = context;
    this.#keep = options.keep;
    const isUsual =
      options.keep === undefined && options.kernel !== null && context.limits.maxStringBytes >= KERNEL_BYTES;
    this.#kernel = isUsual ? (options.kernel ?? scanKernel()) : null;
    this.known = this.#kernel ? new KnownCollector() : undefined;
    this.#bytes = new StringBytes(options.restBytes, options.segmentBytes, options.memory);
    const expected = Math.ceil((options.restBytes ?? 0) / SHORT_STRING_BYTES);
    this.#start = sharedUint32(Math.max(FIRST_STRINGS, Math.min(expected, MAX_EXPECTED)));
  }

  get done(): boolean {
    return this.#state === State.Done;
  }

  get expectation(): string {
    if (this.#state === State.Value || this.#state === State.First) return 'a string';
    return this.#state === State.After ? "',' or ']'" : 'the end of the string';
  }

  get count(): number {
    return this.#count;
  }

  get result(): ParsedStrings {
    const [bytes, ...moreBytes] = this.#bytes.segments;
    return {
      count: this.#count,
      bytes,
      moreBytes,
      start: this.#start.subarray(0, this.#count + 1),
      hasLoneSurrogates: this.#hasLoneSurrogates,
    };
  }

  write(chunk: Uint8Array, from: number, chunkOffset: number): number {
    let position = from;
    // from where on the kernel is asked again
    let kernelFrom = from;
    while (position < chunk.length && this.#state !== State.Done) {
      if (this.#state === State.Value && position >= kernelFrom && this.#kernel !== null) {
        const end = Math.min(chunk.length, position + KERNEL_BYTES);
        const taken = this.#scanWithKernel(this.#kernel, chunk, position, end);
        position += taken;
        kernelFrom = taken < MIN_TAKEN ? position + KERNEL_BYTES : position;
        if (taken > 0) continue;
      }
      position =
        this.#state === State.Text
          ? this.#readText(chunk, position, chunkOffset)
          : this.#step(chunk, position, chunkOffset);
    }
    return position;
  }

  /** Has the kernel take whole strings; returns how many bytes of the chunk it took. */
  #scanWithKernel(kernel: ScanKernel, chunk: Uint8Array, from: number, to: number): number {
    const { total } = this.#bytes;
    if (total > MAX_UINT32 - KERNEL_BYTES) return 0;
    const { consumed, count, known, text } = kernel.scanStrings(chunk, from, to, total);
    if (count === 0) return 0;
    this.#bytes.append(text, 0, text.length);
    const strings = this.#count + count;
    if (strings + 1 >= this.#start.length) {
      this.#start = grownWide(this.#start, Math.max(this.#start.length * 2, strings + 2));
    }
    this.#start.set(kernel.values.subarray(0, count), this.#count + 1);
    this.known!.add(known, this.#count);
    this.#count = strings;
    return consumed;
  }

  /** Inside a string: copies what stands for itself, stops after the closing quote or before an escape's letter. */
  #readText(chunk: Uint8Array, from: number, chunkOffset: number): number {
    const end = chunk.length;
    let position = from;
    while (position < end) {
      const runStart = position;
      if (this.#needed === 0) {
        while (position < end && PLAIN[chunk[position]] === 1) position++;
        if (position > runStart) this.#copy(chunk, runStart, position);
        if (position === end) break;
      }
      const byte = chunk[position];
      if (byte >= 0x80 || this.#needed > 0) {
        position = this.#readUtf8(byte, position);
        continue;
      }
      if (byte === BYTE.quote) {
        this.#endString(chunkOffset + position);
        this.#state = State.After;
        return position + 1;
      }
      if (byte === BYTE.backslash) {
        this.#state = State.Escape;
        return position + 1;
      }
      this.#refuse(chunkOffset + position, 'no raw control character in a string', byte);
    }
    this.#checkLength(chunkOffset + position);
    return position;
  }

  #step(chunk: Uint8Array, position: number, chunkOffset: number): number {
    const byte = chunk[position];
    switch (this.#state) {
      case State.Escape: {
        if (byte === LOWER_U) {
          this.#hexValue = 0;
          this.#hexDigits = 0;
          this.#state = State.Hex;
          return position + 1;
        }
        const escaped = ESCAPED[byte];
        if (escaped === 0) this.#refuse(chunkOffset + position, 'one of "\\/bfnrtu after \\', byte);
        this.#endSurrogate();
        this.#bytes.reserve(1);
        this.#bytes.bytes[this.#bytes.length++] = escaped;
        this.#bytes.turn();
        this.#state = State.Text;
        return position + 1;
      }
      case State.Hex: {
        const digit = hexDigit(byte);
        if (digit < 0) this.#refuse(chunkOffset + position, 'four hexadecimal digits after \\u', byte);
        this.#hexValue = this.#hexValue * 16 + digit;
        if (++this.#hexDigits === 4) {
          this.#addUtf16Unit(this.#hexValue);
          this.#state = State.Text;
        }
        return position + 1;
      }
      case State.Open:
        if (byte !== BYTE.openBracket) this.#refuse(chunkOffset + position, "'['", byte);
        this.#state = State.First;
        return position + 1;
      default:
        break;
    }
    if (isWhiteSpace(byte)) return skipWhiteSpace(chunk, position + 1);
    if (this.#state === State.After) {
      if (byte === BYTE.comma) this.#state = State.Value;
      else if (byte === BYTE.closeBracket) this.#end();
      else this.#refuse(chunkOffset + position, "',' or ']'", byte);
    } else if (byte === BYTE.quote) this.#state = State.Text;
    else if (byte === BYTE.closeBracket && this.#state === State.First) this.#end();
    else this.#refuse(chunkOffset + position, 'a string', byte);
    return position + 1;
  }

  #copy(chunk: Uint8Array, from: number, to: number): void {
    this.#endSurrogate();
    this.#bytes.append(chunk, from, to);
  }

  /** One byte of a multi-byte sequence. Returns the position to go on from: the same one where the byte broke a sequence. */
  #readUtf8(byte: number, position: number): number {
    this.#endSurrogate();
    this.#bytes.reserve(1);
    if (this.#needed === 0) {
      this.#sequenceStart = this.#bytes.total;
      this.#lowest = 0x80;
      this.#highest = 0xbf;
      if (byte >= 0xc2 && byte <= 0xdf) this.#needed = 1;
      else if (byte >= 0xe0 && byte <= 0xef) {
        if (byte === 0xe0) this.#lowest = 0xa0;
        if (byte === 0xed) this.#highest = 0x9f;
        this.#needed = 2;
      } else if (byte >= 0xf0 && byte <= 0xf4) {
        if (byte === 0xf0) this.#lowest = 0x90;
        if (byte === 0xf4) this.#highest = 0x8f;
        this.#needed = 3;
      } else {
        this.#replaceSequence();
        return position + 1;
      }
    } else if (byte < this.#lowest || byte > this.#highest) {
      this.#replaceSequence();
      return position;
    } else {
      this.#lowest = 0x80;
      this.#highest = 0xbf;
      this.#needed--;
    }
    this.#bytes.bytes[this.#bytes.length++] = byte;
    this.#bytes.turn();
    return position + 1;
  }

  #replaceSequence(): void {
    this.#bytes.truncate(this.#sequenceStart);
    this.#needed = 0;
    this.#badSequence();
  }

  #badSequence(): void {
    this.badSequences++;
    this.#addCodePoint(0xfffd);
  }

  #addUtf16Unit(unit: number): void {
    if (this.#highSurrogate !== NO_SURROGATE && unit >= 0xdc00 && unit <= 0xdfff) {
      this.#addCodePoint(0x10000 + ((this.#highSurrogate - 0xd800) << 10) + (unit - 0xdc00));
      this.#highSurrogate = NO_SURROGATE;
      return;
    }
    this.#endSurrogate();
    if (unit >= 0xd800 && unit <= 0xdbff) {
      this.#highSurrogate = unit;
      return;
    }
    if (unit >= 0xdc00 && unit <= 0xdfff) this.#hasLoneSurrogates = true;
    this.#addCodePoint(unit);
  }

  /** A high surrogate that no low one followed stays alone. */
  #endSurrogate(): void {
    if (this.#highSurrogate === NO_SURROGATE) return;
    this.#hasLoneSurrogates = true;
    this.#addCodePoint(this.#highSurrogate);
    this.#highSurrogate = NO_SURROGATE;
  }

  #addCodePoint(code: number): void {
    this.#bytes.reserve(4);
    const { bytes } = this.#bytes;
    let { length } = this.#bytes;
    if (code < 0x80) bytes[length++] = code;
    else if (code < 0x800) {
      bytes[length++] = 0xc0 | (code >> 6);
      bytes[length++] = 0x80 | (code & 0x3f);
    } else {
      if (code < 0x10000) bytes[length++] = 0xe0 | (code >> 12);
      else {
        bytes[length++] = 0xf0 | (code >> 18);
        bytes[length++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[length++] = 0x80 | (code & 0x3f);
    }
    this.#bytes.length = length;
    this.#bytes.turn();
  }

  #endString(byteOffset: number): void {
    this.#endSurrogate();
    this.#checkLength(byteOffset);
    if (this.#keep !== undefined && !this.#keep(this.#count)) this.#bytes.truncate(this.#start[this.#count]);
    this.known?.addUnseen(this.#count);
    this.#count++;
    if (this.#count + 1 >= this.#start.length) this.#start = grownWide(this.#start, this.#start.length * 2);
    const { total } = this.#bytes;
    if (total > MAX_UINT32) this.#start = widened(this.#start);
    this.#start[this.#count] = total;
  }

  #checkLength(byteOffset: number): void {
    if (this.#bytes.total - this.#start[this.#count] > this.#context.limits.maxStringBytes) {
      this.#context.exceeds('maxStringBytes', this.#section, byteOffset);
    }
  }

  #end(): void {
    this.#state = State.Done;
    if (this.badSequences > 0) {
      const times = this.badSequences === 1 ? '1 sequence' : `${this.badSequences} sequences`;
      this.#context.warn('BAD_UTF8', `${times} of bytes in the strings are not UTF-8 and became U+FFFD`);
    }
  }

  #refuse(byteOffset: number, expected: string, byte: number): never {
    return this.#context.fail({
      code: 'BAD_STRING',
      section: this.#section,
      byteOffset,
      expected,
      actual: describeByte(byte),
    });
  }
}

function hexDigit(byte: number): number {
  if (byte >= BYTE.zero && byte <= BYTE.nine) return byte - BYTE.zero;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

import { describeByte, type ParseContext } from './parse-context.js';
import { BYTE, isWhiteSpace, type RowSection, skipWhiteSpace, type ValueParser } from './value-parser.js';

/** Chooses how each top-level value is read. */
export interface SectionReader {
  /** The parser of the value under `key`, whose first byte is `firstByte` at `byteOffset`. */
  open(key: string, firstByte: number, byteOffset: number): ValueParser;
  /** The value was read; `byteOffset` is the one behind it. */
  close(key: string, byteOffset: number): void;
  /** The document is no JSON object: last chance to name the format it is. */
  refuseStart(byte: number, byteOffset: number): void;
}

/** Before `{` · after `{` · after a comma · in a key · after a key · after `:` · in a value · after a value · after `}` */
enum State {
  Start,
  FirstKey,
  Key,
  KeyText,
  Colon,
  ValueStart,
  Value,
  After,
  Done,
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const MAX_KEY_BYTES = 4096;
const DOCUMENT = 'document';

/** The outermost JSON object: keys in any order, each value handed to the parser that the section reader names. */
export class DocumentParser {
  readonly #reader: SectionReader;
  readonly #context: ParseContext;
  readonly #pausesAtRows: boolean;
  #state = State.Start;
  #keyBytes: number[] = [];
  #afterBackslash = false;
  #key = DOCUMENT;
  #value: ValueParser | undefined;
  #byteOffset = 0;
  /** Bytes of a byte order mark read so far. */
  #markBytes = 0;
  #trailingOffset = -1;

  /** `pausesAtRows`: whether `write` stops where the rows of a section begin. */
  constructor(reader: SectionReader, context: ParseContext, pausesAtRows = false) {
    this.#reader = reader;
    this.#context = context;
    this.#pausesAtRows = pausesAtRows;
  }

  /** The key whose value is being read, or `document` between values. */
  get section(): string {
    return this.#state === State.Value ? this.#key : DOCUMENT;
  }

  /** Bytes read so far. */
  get byteOffset(): number {
    return this.#byteOffset;
  }

  /** True after the closing brace. */
  get done(): boolean {
    return this.#state === State.Done;
  }

  /** Offset of the first byte after the end that is no white space; -1 if there is none. */
  get trailingOffset(): number {
    return this.#trailingOffset;
  }

  /** Rows that begin at `byteOffset` and that several threads may parse. */
  get rows(): RowSection | undefined {
    return this.#state === State.Value ? this.#value!.rows : undefined;
  }

  /** The bytes up to `byteOffset` were read by others. */
  skipTo(byteOffset: number): void {
    this.#byteOffset = byteOffset;
  }

  /** Returns how many bytes it took: all, unless it pauses. */
  write(chunk: Uint8Array): number {
    const chunkOffset = this.#byteOffset;
    let position = 0;
    while (position < chunk.length) {
      if (this.#state === State.Value) {
        const value = this.#value!;
        position = value.write(chunk, position, chunkOffset);
        if (value.done) this.#endValue(chunkOffset + position);
        else if (position < chunk.length) break;
      } else position = this.#step(chunk, position, chunkOffset + position);
    }
    this.#byteOffset = chunkOffset + position;
    return position;
  }

  /** No more bytes: fails unless the document is whole. */
  end(): void {
    if (this.#state === State.Done) return;
    const byteOffset = this.#byteOffset;
    if (this.#state === State.Start) {
      this.#context.fail({
        code: 'EMPTY',
        section: DOCUMENT,
        byteOffset,
        expected: "'{'",
        actual: byteOffset === 0 ? 'no bytes' : 'nothing but white space',
      });
    }
    this.#context.fail({
      code: 'TRUNCATED',
      section: this.section,
      byteOffset,
      expected: this.#state === State.Value ? this.#value!.expectation : EXPECTATION[this.#state],
      actual: 'the end of the input',
    });
  }

  #step(chunk: Uint8Array, position: number, byteOffset: number): number {
    const byte = chunk[position];
    if (this.#state === State.KeyText) {
      this.#addKeyByte(byte, byteOffset);
      return position + 1;
    }
    if (this.#state === State.Start && this.#takeByteOrderMark(byte, byteOffset)) return position + 1;
    if (isWhiteSpace(byte)) return skipWhiteSpace(chunk, position + 1);
    switch (this.#state) {
      case State.Start:
        if (byte !== BYTE.openBrace || this.#markBytes % BYTE_ORDER_MARK.length !== 0) {
          this.#reader.refuseStart(byte, byteOffset);
          this.#refuse(byteOffset, byte);
        }
        this.#state = State.FirstKey;
        break;
      case State.FirstKey:
      case State.Key:
        if (byte === BYTE.quote) {
          this.#keyBytes = [byte];
          this.#state = State.KeyText;
        } else if (byte === BYTE.closeBrace && this.#state === State.FirstKey) this.#state = State.Done;
        else this.#refuse(byteOffset, byte);
        break;
      case State.Colon:
        if (byte !== BYTE.colon) this.#refuse(byteOffset, byte);
        this.#state = State.ValueStart;
        break;
      case State.ValueStart:
        this.#value = this.#reader.open(this.#key, byte, byteOffset);
        if (this.#pausesAtRows) this.#value.pauseAtRows?.();
        this.#state = State.Value;
        // the value's parser reads its first byte itself
        return position;
      case State.After:
        if (byte === BYTE.comma) this.#state = State.Key;
        else if (byte === BYTE.closeBrace) this.#state = State.Done;
        else this.#refuse(byteOffset, byte);
        break;
      case State.Done:
        if (this.#trailingOffset < 0) this.#trailingOffset = byteOffset;
        return chunk.length;
      default:
        break;
    }
    return position + 1;
  }

  #addKeyByte(byte: number, byteOffset: number): void {
    this.#keyBytes.push(byte);
    if (this.#keyBytes.length > MAX_KEY_BYTES) {
      this.#context.fail({
        code: 'NOT_JSON',
        section: DOCUMENT,
        byteOffset,
        expected: `a key of at most ${MAX_KEY_BYTES} bytes`,
        actual: 'a longer one',
      });
    }
    if (this.#afterBackslash) this.#afterBackslash = false;
    else if (byte === BYTE.backslash) this.#afterBackslash = true;
    else if (byte === BYTE.quote) {
      this.#key = this.#decodeKey(byteOffset);
      this.#state = State.Colon;
    }
  }

  #decodeKey(byteOffset: number): string {
    const text = new TextDecoder().decode(Uint8Array.from(this.#keyBytes));
    try {
      return JSON.parse(text) as string;
    } catch (cause) {
      return this.#context.fail(
        {
          code: 'NOT_JSON',
          section: DOCUMENT,
          byteOffset,
          expected: 'a key',
          actual: JSON.stringify(text.slice(0, 40)),
        },
        { cause },
      );
    }
  }

  #endValue(byteOffset: number): void {
    this.#value = undefined;
    this.#state = State.After;
    this.#reader.close(this.#key, byteOffset);
  }

  /** One mark is allowed, at the very start and whole. */
  #takeByteOrderMark(byte: number, byteOffset: number): boolean {
    if (byteOffset !== this.#markBytes || byte !== BYTE_ORDER_MARK[byteOffset]) return false;
    this.#markBytes++;
    return true;
  }

  #refuse(byteOffset: number, byte: number): never {
    return this.#context.fail({
      code: 'NOT_JSON',
      section: DOCUMENT,
      byteOffset,
      expected: EXPECTATION[this.#state],
      actual: describeByte(byte),
    });
  }
}

const EXPECTATION: Record<State, string> = {
  [State.Start]: "'{'",
  [State.FirstKey]: "a key or '}'",
  [State.Key]: 'a key',
  [State.KeyText]: 'the end of a key',
  [State.Colon]: "':'",
  [State.ValueStart]: 'a value',
  [State.Value]: 'the end of a value',
  [State.After]: "',' or '}'",
  [State.Done]: 'nothing more',
};

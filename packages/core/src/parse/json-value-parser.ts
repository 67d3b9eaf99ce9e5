import { getManyValues, isMany, none } from 'stream-chain/core';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import type { ParseContext } from './parse-context.js';
import { BYTE, isWhiteSpace, type ValueParser } from './value-parser.js';

export interface JsonValueOptions {
  /** Called for every token, in order; without it the value is only checked. */
  onToken?: (token: Token) => void;
  /** Called once the value is whole, after its last token. */
  onEnd?: () => void;
  /** Bytes the value may have at most; the limit of the header. */
  isHeader?: boolean;
}

/** Before the first byte · in brackets or braces · in a bare string · in a number or literal · after the last byte */
enum State {
  Start,
  Nested,
  Text,
  Bare,
  Done,
}

/**
 * Any JSON value, for what is small, nested or unknown: finds its end (brackets counted, strings skipped) and has
 * stream-json read what lies between: some 20 MB/s. Depth and, for the header, size are bounded by limits.
 */
export class JsonValueParser implements ValueParser {
  readonly expectation = 'the rest of a JSON value';
  readonly #section: string;
  readonly #context: ParseContext;
  readonly #onToken: ((token: Token) => void) | undefined;
  readonly #onEnd: (() => void) | undefined;
  readonly #isHeader: boolean;
  readonly #tokens: ReturnType<typeof jsonParser>;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #state = State.Start;
  #start = 0;
  #depth = 0;
  #inString = false;
  #afterBackslash = false;

  constructor(section: string, context: ParseContext, options: JsonValueOptions = {}) {
    this.#section = section;
    this.#context = context;
    this.#onToken = options.onToken;
    this.#onEnd = options.onEnd;
    this.#isHeader = options.isHeader ?? false;
    // without packing, a value that nobody reads costs no memory however long its strings are
    this.#tokens = jsonParser(
      options.onToken ? { packValues: true, streamValues: false } : { packValues: false },
    );
  }

  get done(): boolean {
    return this.#state === State.Done;
  }

  write(chunk: Uint8Array, from: number, chunkOffset: number): number {
    if (this.#state === State.Start) {
      this.#start = chunkOffset + from;
      this.#state = startState(chunk[from]);
    }
    const to = this.#findEnd(chunk, from, chunkOffset);
    if (this.#isHeader && chunkOffset + to - this.#start > this.#context.limits.maxHeaderBytes) {
      this.#context.exceeds('maxHeaderBytes', this.#section, this.#start);
    }
    this.#read(this.#decoder.decode(chunk.subarray(from, to), { stream: true }));
    if (this.done) {
      this.#read(this.#decoder.decode());
      this.#read(none);
      this.#onEnd?.();
    }
    return to;
  }

  /** Position after the value's last byte, or the chunk's end. */
  #findEnd(chunk: Uint8Array, from: number, chunkOffset: number): number {
    let position = from;
    if (this.#state === State.Bare) {
      while (position < chunk.length && !endsBareValue(chunk[position])) position++;
      if (position < chunk.length) this.#state = State.Done;
      return position;
    }
    for (; position < chunk.length; position++) {
      const byte = chunk[position];
      if (this.#inString) {
        if (this.#afterBackslash) this.#afterBackslash = false;
        else if (byte === BYTE.backslash) this.#afterBackslash = true;
        else if (byte === BYTE.quote) {
          this.#inString = false;
          if (this.#state === State.Text) break;
        }
      } else if (byte === BYTE.quote) this.#inString = true;
      else if (byte === BYTE.openBracket || byte === BYTE.openBrace) {
        if (++this.#depth > this.#context.limits.maxDepth) {
          this.#context.exceeds('maxDepth', this.#section, chunkOffset + position);
        }
      } else if ((byte === BYTE.closeBracket || byte === BYTE.closeBrace) && --this.#depth === 0) break;
    }
    if (position === chunk.length) return position;
    this.#state = State.Done;
    return position + 1;
  }

  #read(text: string | typeof none): void {
    let output: unknown;
    try {
      // `none` ends the input; the typings only know text
      output = this.#tokens(text as string);
    } catch (cause) {
      this.#context.fail(
        {
          code: 'NOT_JSON',
          section: this.#section,
          byteOffset: this.#start,
          expected: 'a valid JSON value',
          actual: `one that breaks off: ${(cause as Error).message}`,
        },
        { cause },
      );
    }
    if (this.#onToken === undefined || !isMany(output)) return;
    for (const token of getManyValues(output) as Token[]) this.#onToken(token);
  }
}

function startState(byte: number): State {
  if (byte === BYTE.openBracket || byte === BYTE.openBrace) return State.Nested;
  return byte === BYTE.quote ? State.Text : State.Bare;
}

function endsBareValue(byte: number): boolean {
  return isWhiteSpace(byte) || byte === BYTE.comma || byte === BYTE.closeBrace || byte === BYTE.closeBracket;
}

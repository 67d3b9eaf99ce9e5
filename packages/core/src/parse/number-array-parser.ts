import { type NumberSink, RowProblem } from './number-sink.js';
import { describeByte, type ParseContext } from './parse-context.js';
import { type ScanKernel, scanKernel } from './scan-kernel.js';
import { BYTE, isWhiteSpace, type RowSection, skipWhiteSpace, type ValueParser } from './value-parser.js';

/** Numbers handed to the sink at a time: 64 KiB of doubles, which stay in the second-level cache. */
const BATCH = 8192;
/** So many digits fit an int32 without a check. */
const SAFE_DIGITS = 9;
/** Less than this is not worth a call of the kernel. */
const KERNEL_BYTES = 256;
/** So many digits are exact in a double; more go through the careful path, which knows the limit. */
const EXACT_DIGITS = 15;
/** The kernel rests for so many bytes after numbers that it does not take, which seldom stand alone. */
const KERNEL_REST_BYTES = 16 * 1024;
/** A comma where a digit was looked for. */
const COMMA_AS_DIGIT = BYTE.comma - BYTE.zero;
/** No valid number is longer. */
const MAX_DIGITS = 16;
const NO_BYTES = new Uint8Array(0);

/** Before `[` · after `[` · after a comma · after `-` · in the digits · after a number · after `]` */
enum State {
  Open,
  First,
  Value,
  Minus,
  Digits,
  After,
  Done,
}

export interface NumberArrayOptions {
  /** Whether numbers below 0 are allowed. */
  signed?: boolean;
  /** Told where an object stands instead of a number, before that is refused. */
  onObject?: ((byteOffset: number) => void) | undefined;
  /** The kernel that does the bulk; `null`: none, as where there is no SIMD. Default: this thread's. */
  kernel?: ScanKernel | null;
}

/**
 * Scans `[1,2,…]` into batches of numbers: integers only, as JSON writes them (no fraction, exponent or leading zero),
 * up to 2⁵³ − 1; negative ones only where `signed`. Speed: one pass, several hundred MB/s; the run of plain
 * `digits,digits,` that makes up real files never leaves the first loop.
 */
export class NumberArrayParser implements ValueParser {
  readonly #section: string;
  readonly #sink: NumberSink;
  readonly #context: ParseContext;
  readonly #signed: boolean;
  readonly #onObject: NumberArrayOptions['onObject'];
  readonly #kernel: ScanKernel | null;
  readonly #rows: RowSection | undefined;
  #pauses = false;
  readonly #batch = new Float64Array(BATCH);
  #batchCount = 0;
  /** Position in the chunk from which the batch was filled, and whether its first number began before that. */
  #batchFrom = 0;
  #batchCarried = false;
  #carriedStart = 0;
  #state = State.Open;
  /** The chunk at hand, and its byte offset in the input. */
  #chunk: Uint8Array = NO_BYTES;
  #chunkOffset = 0;
  /** Position in the chunk from which the kernel is tried again. */
  #kernelFrom = 0;

  // the number that the scanner stands in
  #numberValue = 0;
  #numberDigits = 0;
  #numberNegative = false;
  /** Byte offset in the input. */
  #numberStart = 0;

  constructor(section: string, sink: NumberSink, context: ParseContext, options: NumberArrayOptions = {}) {
    this.#section = section;
    this.#sink = sink;
    this.#context = context;
    this.#signed = options.signed ?? false;
    this.#onObject = options.onObject;
    this.#rows = sink.plan && {
      claimedRows: sink.claimedRows ?? 0,
      plan: (maxRows) => sink.plan!(maxRows),
      adopt: (placed) => {
        sink.adopt!(placed);
        this.#state = State.Value;
      },
    };
    this.#kernel = options.kernel === undefined ? scanKernel() : options.kernel;
  }

  /** The rows from here on, where the sink can have them parsed by several threads. */
  get rows(): RowSection | undefined {
    return this.#state === State.First || this.#state === State.Value ? this.#rows : undefined;
  }

  pauseAtRows(): void {
    this.#pauses = this.#rows !== undefined;
  }

  get done(): boolean {
    return this.#state === State.Done;
  }

  get expectation(): string {
    switch (this.#state) {
      case State.First:
        return "an integer or ']'";
      case State.Value:
        return 'an integer';
      case State.Minus:
        return "a digit after '-'";
      default:
        return "',' or ']'";
    }
  }

  write(chunk: Uint8Array, from: number, chunkOffset: number): number {
    this.#chunk = chunk;
    this.#chunkOffset = chunkOffset;
    this.#batchFrom = from;
    this.#batchCarried = this.#state === State.Digits || this.#state === State.Minus;
    this.#carriedStart = this.#numberStart;
    const safeEnd = endOfLastWholeNumber(chunk, from);
    let position = from;
    this.#kernelFrom = from;
    while (position < chunk.length && this.#state !== State.Done) {
      if (this.#state === State.Value && position >= this.#kernelFrom && safeEnd - position >= KERNEL_BYTES) {
        position = this.#scanWithKernel(chunk, position, safeEnd, chunkOffset);
      }
      if (this.#state === State.Value) position = this.#scanRun(chunk, position, safeEnd, chunkOffset);
      if (position < chunk.length) position = this.#step(chunk, position, chunkOffset);
      if (this.#pauses && this.#state === State.First) {
        this.#pauses = false;
        break;
      }
    }
    this.#flush(chunk, position, chunkOffset);
    this.#chunk = NO_BYTES;
    return position;
  }

  /** The kernel takes piece after piece, as long as they are all `digits,`. */
  #scanWithKernel(chunk: Uint8Array, from: number, safeEnd: number, chunkOffset: number): number {
    const kernel = this.#kernel;
    let position = from;
    if (kernel === null) return position;
    while (safeEnd - position >= KERNEL_BYTES) {
      const { consumed, count } = kernel.scan(chunk, position, safeEnd);
      if (count === 0) {
        this.#kernelFrom = position + KERNEL_REST_BYTES;
        break;
      }
      this.#flush(chunk, position, chunkOffset);
      try {
        if (this.#sink.pushScanned) this.#sink.pushScanned(kernel, count);
        else this.#sink.push(kernel.values, count);
      } catch (error) {
        this.#rethrow(error, chunk, position + consumed, chunkOffset);
      }
      position += consumed;
      this.#batchFrom = position;
      // an irregular place: the careful path goes on
      if (consumed < KERNEL_BYTES / 2) {
        this.#kernelFrom = position + KERNEL_REST_BYTES;
        break;
      }
    }
    return position;
  }

  /**
   * The fast path, from a place where a value is due: takes `digits,` over and over (and `digits\n,`, with which V8 up
   * to Node 22 ends its rows). Stops before anything else. The byte before `safeEnd` is no digit, so that the inner
   * loop needs no check.
   */
  #scanRun(chunk: Uint8Array, from: number, safeEnd: number, chunkOffset: number): number {
    const batch = this.#batch;
    let count = this.#batchCount;
    let position = from;
    while (position < safeEnd) {
      const start = position;
      const first = chunk[position] - BYTE.zero;
      if (first >>> 0 > 9) break;
      let value = first;
      let digit = chunk[++position] - BYTE.zero;
      while (digit >>> 0 <= 9) {
        value = (Math.imul(value, 10) + digit) | 0;
        digit = chunk[++position] - BYTE.zero;
      }
      const digits = position - start;
      if (digit !== COMMA_AS_DIGIT) {
        const endsRow =
          chunk[position] === BYTE.lineFeed && position + 1 < safeEnd && chunk[position + 1] === BYTE.comma;
        if (!endsRow) {
          // other white space, the end or an error: for the careful path
          position = start;
          break;
        }
        position++;
      }
      if (digits > EXACT_DIGITS || (first === 0 && digits > 1)) {
        position = start;
        break;
      }
      batch[count++] = digits > SAFE_DIGITS ? wideNumber(chunk, start, start + digits) : value;
      position++;
      if (count === BATCH) {
        this.#batchCount = count;
        this.#flush(chunk, position, chunkOffset);
        count = 0;
      }
    }
    this.#batchCount = count;
    return position;
  }

  /** The careful path: one byte, any state. */
  #step(chunk: Uint8Array, position: number, chunkOffset: number): number {
    const byte = chunk[position];
    const isDigit = byte >= BYTE.zero && byte <= BYTE.nine;
    switch (this.#state) {
      case State.Digits:
        if (isDigit) {
          this.#addDigit(byte - BYTE.zero);
          return position + 1;
        }
        if (byte === BYTE.dot || byte === BYTE.lowerE || byte === BYTE.upperE) {
          this.#refuseNumber('an integer', `${this.#numberText()}${String.fromCharCode(byte)}…`);
        }
        this.#endNumber(chunk, position, chunkOffset);
        return position;
      case State.Minus:
        if (!isDigit) this.#refuse(chunkOffset + position, "a digit after '-'", byte);
        this.#addDigit(byte - BYTE.zero);
        this.#state = State.Digits;
        return position + 1;
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
      else if (byte === BYTE.closeBracket) this.#end(chunk, position, chunkOffset);
      else this.#refuse(chunkOffset + position, "',' or ']'", byte);
      return position + 1;
    }
    if (byte === BYTE.closeBracket && this.#state === State.First) {
      this.#end(chunk, position, chunkOffset);
      return position + 1;
    }
    if (isDigit || (byte === BYTE.minus && this.#signed)) {
      this.#numberStart = chunkOffset + position;
      this.#numberValue = 0;
      this.#numberDigits = 0;
      this.#numberNegative = !isDigit;
      if (isDigit) this.#addDigit(byte - BYTE.zero);
      this.#state = isDigit ? State.Digits : State.Minus;
      return position + 1;
    }
    if (byte === BYTE.openBrace) {
      this.#flushBeforeRefusal();
      this.#onObject?.(chunkOffset + position);
    }
    return this.#refuse(
      chunkOffset + position,
      this.#signed ? 'an integer' : 'an integer of 0 or more',
      byte,
    );
  }

  #addDigit(digit: number): void {
    this.#numberDigits++;
    this.#numberValue = this.#numberValue * 10 + digit;
    if (this.#numberDigits === 2 && this.#numberValue < 10) {
      this.#refuseNumber('an integer without a leading zero', this.#numberText());
    }
    if (this.#numberValue > Number.MAX_SAFE_INTEGER) {
      this.#refuseNumber('an integer of at most 2^53 - 1', `${this.#numberValue}…`);
    }
  }

  #numberText(): string {
    const digits = String(this.#numberValue).padStart(this.#numberDigits, '0');
    return this.#numberNegative ? `-${digits}` : digits;
  }

  #endNumber(chunk: Uint8Array, position: number, chunkOffset: number): void {
    const value = this.#numberValue;
    this.#batch[this.#batchCount++] = this.#numberNegative && value !== 0 ? -value : value;
    this.#state = State.After;
    // the fast path counts on room in the batch
    if (this.#batchCount === BATCH) this.#flush(chunk, position, chunkOffset);
  }

  #end(chunk: Uint8Array, position: number, chunkOffset: number): void {
    this.#flush(chunk, position, chunkOffset);
    this.#state = State.Done;
    try {
      this.#sink.end();
    } catch (error) {
      this.#rethrow(error, chunk, position, chunkOffset);
    }
  }

  /** Hands the batch to the sink. `position`: up to where the chunk was read. */
  #flush(chunk: Uint8Array, position: number, chunkOffset: number): void {
    const count = this.#batchCount;
    if (count > 0) {
      try {
        this.#sink.push(this.#batch, count);
      } catch (error) {
        this.#rethrow(error, chunk, position, chunkOffset);
      }
    }
    this.#batchCount = 0;
    this.#batchFrom = position;
    this.#batchCarried = false;
  }

  #rethrow(error: unknown, chunk: Uint8Array, position: number, chunkOffset: number): never {
    if (!(error instanceof RowProblem)) throw error;
    const byteOffset =
      error.index < 0 ? chunkOffset + position : this.#offsetOf(error.index, chunk, position, chunkOffset);
    this.#context.failOnRow(error, this.#section, byteOffset);
  }

  /** Byte offset of the n-th number of the batch, found by reading its bytes again. */
  #offsetOf(index: number, chunk: Uint8Array, to: number, chunkOffset: number): number {
    let seen = this.#batchCarried ? 0 : -1;
    if (seen === index) return this.#carriedStart;
    let inNumber = this.#batchCarried;
    for (let position = this.#batchFrom; position < to; position++) {
      const byte = chunk[position];
      const isNumber = (byte >= BYTE.zero && byte <= BYTE.nine) || byte === BYTE.minus;
      if (isNumber && !inNumber && ++seen === index) return chunkOffset + position;
      inNumber = isNumber;
    }
    return chunkOffset + to;
  }

  /** The first problem counts, and a row before this place may have one. */
  #flushBeforeRefusal(): void {
    this.#flush(this.#chunk, this.#chunk.length, this.#chunkOffset);
  }

  #refuse(byteOffset: number, expected: string, byte: number): never {
    this.#flushBeforeRefusal();
    return this.#context.fail({
      code: 'BAD_NUMBER',
      section: this.#section,
      byteOffset,
      expected,
      actual: describeByte(byte),
    });
  }

  #refuseNumber(expected: string, actual: string): never {
    this.#flushBeforeRefusal();
    return this.#context.fail({
      code: 'BAD_NUMBER',
      section: this.#section,
      byteOffset: this.#numberStart,
      expected,
      actual,
    });
  }
}

/** The number that up to 15 digits make. */
function wideNumber(chunk: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (chunk[at] - BYTE.zero);
  return value;
}

/** The end of `chunk` less the digits at its very end, which may go on in the next one. */
function endOfLastWholeNumber(chunk: Uint8Array, from: number): number {
  let end = chunk.length;
  while (end > from && chunk[end - 1] >= BYTE.zero && chunk[end - 1] <= BYTE.nine) {
    end--;
    // an endless number: the careful path refuses it
    if (chunk.length - end > MAX_DIGITS) return from;
  }
  return end;
}

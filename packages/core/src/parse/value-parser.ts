import type { PlacedRows, RowPlan } from './parallel/row-plan.js';

/** Rows that stand at the place that a parser has come to, and that several threads may parse. */
export interface RowSection {
  /** Rows that the header claims; 0 where it says nothing. */
  readonly claimedRows: number;
  /** See `NumberSink`. */
  plan(maxRows: number | undefined): RowPlan | undefined;
  /** The rows were placed, at least one: the parser goes on behind the comma of the last. */
  adopt(placed: PlacedRows): void;
}

/** Reads one JSON value whose bytes arrive in chunks that may be cut anywhere. */
export interface ValueParser {
  /** True once the value's last byte was consumed. */
  readonly done: boolean;
  /** What the value still lacks: for the error when the input ends here. */
  readonly expectation: string;
  /**
   * Consumes `chunk` from position `from` on, at most to the end of the value.
   * `chunkOffset` is the byte offset of `chunk[0]` in the input, for errors.
   * Returns the position after the last byte consumed. Keeps no reference to `chunk`.
   */
  write(chunk: Uint8Array, from: number, chunkOffset: number): number;
  /** The rows that begin here; undefined where there are none, or inside a number. */
  readonly rows?: RowSection | undefined;
  /** Makes `write` stop once where the first row begins. */
  pauseAtRows?(): void;
}

export const BYTE = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  upperE: 0x45,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  lowerE: 0x65,
  lowerN: 0x6e,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** JSON's white space: space, tab, line feed, carriage return. */
export function isWhiteSpace(byte: number): boolean {
  return byte === BYTE.space || byte === BYTE.lineFeed || byte === BYTE.carriageReturn || byte === BYTE.tab;
}

/** Position of the first byte from `from` on that is not white space; the chunk's length if there is none. */
export function skipWhiteSpace(chunk: Uint8Array, from: number): number {
  let position = from;
  while (position < chunk.length && isWhiteSpace(chunk[position])) position++;
  return position;
}

import type { StringTable } from './string-table.js';

const NO_STRING = -1;

/**
 * Tells in one comparison whether a string ordinal stands for a given text, though a producer may have written the
 * text several times. Made once before a loop over nodes or edges: reads the offsets of the whole string table.
 */
export class StringMatcher {
  readonly #first: number;
  readonly #others: ReadonlySet<number> | null;

  constructor(strings: StringTable, text: string) {
    const [first = NO_STRING, ...others] = strings.ordinalsOf(text);
    this.#first = first;
    this.#others = others.length > 0 ? new Set(others) : null;
  }

  matches(stringOrdinal: number): boolean {
    return stringOrdinal === this.#first || (this.#others?.has(stringOrdinal) ?? false);
  }
}

import fc from 'fast-check';
import { TWO_TO_32 } from './arbitrary-values.js';
import type { JsonValue } from './json-value.js';

interface FormattingChoices {
  seed: number;
  /** How often whitespace stands where it may, 0 to 1. */
  gapRate: number;
  /** How often a character is escaped that need not be, 0 to 1; keys too. */
  escapeRate: number;
}

/**
 * Writes a document with random whitespace and random escapes. Shrinks towards the text of `JSON.stringify`.
 */
export function arbitraryFormatting(): fc.Arbitrary<(document: JsonValue) => string> {
  return fc
    .record({
      seed: fc.nat(),
      gapRate: fc.constantFrom(0, 0.02, 0.5, 1),
      escapeRate: fc.constantFrom(0, 0.1, 1),
    })
    .map((choices) => {
      const format = (document: JsonValue) => new RandomFormatter(choices).format(document);
      return Object.assign(format, { [fc.toStringMethod]: () => `format(${JSON.stringify(choices)})` });
    });
}

const GAP_CHARACTERS = [' ', '\n', '\t', '\r', '\r\n', '  '];
const SHORT_ESCAPES: Partial<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

class RandomFormatter {
  readonly #choices: FormattingChoices;
  #state: number;

  constructor(choices: FormattingChoices) {
    this.#choices = choices;
    this.#state = choices.seed;
  }

  format(document: JsonValue): string {
    return this.#gap() + this.#value(document) + this.#gap();
  }

  #value(value: JsonValue): string {
    if (typeof value === 'string') return this.#string(value);
    if (Array.isArray(value))
      return this.#enclose(
        '[',
        value.map((item) => this.#value(item)),
        ']',
      );
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const entries = Object.entries(value).map(
      ([key, item]) => `${this.#string(key)}${this.#gap()}:${this.#gap()}${this.#value(item)}`,
    );
    return this.#enclose('{', entries, '}');
  }

  #enclose(open: string, items: string[], close: string): string {
    const spaced = items.map((item) => this.#gap() + item + this.#gap());
    return open + (items.length === 0 ? this.#gap() : spaced.join(',')) + close;
  }

  /** Both halves of a pair are escaped or neither is; a lone surrogate always: UTF-8 has no form for it. */
  #string(text: string): string {
    let quoted = '"';
    for (const character of text) {
      const code = character.codePointAt(0)!;
      const mustEscape =
        code < 0x20 || character === '"' || character === '\\' || (code >= 0xd800 && code < 0xe000);
      quoted += mustEscape || this.#happens(this.#choices.escapeRate) ? this.#escape(character) : character;
    }
    return `${quoted}"`;
  }

  #escape(character: string): string {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined && this.#happens(0.7)) return short;
    return Array.from({ length: character.length }, (_, at) => {
      const hex = character.charCodeAt(at).toString(16).padStart(4, '0');
      return `\\u${this.#happens(0.5) ? hex.toUpperCase() : hex}`;
    }).join('');
  }

  #gap(): string {
    let gap = '';
    while (this.#happens(this.#choices.gapRate) && gap.length < 4) {
      gap += GAP_CHARACTERS[Math.floor(this.#random() * GAP_CHARACTERS.length)]!;
    }
    return gap;
  }

  #happens(rate: number): boolean {
    return rate > 0 && this.#random() < rate;
  }

  /** Mulberry32: small, seeded, good enough to scatter spaces. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
  }
}

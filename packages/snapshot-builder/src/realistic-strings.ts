import { quote } from './json-style.js';

const PROPERTY_NAMES = 4000;
const CLASS_NAMES = 1500;
/** Rows of the table that have a meaning of their own. */
const FIXED = [
  '<dummy>',
  '',
  '(GC roots)',
  'global',
  'system / Map',
  'Session',
  'ListNode',
  'Object',
  'Array',
];
const PATTERN_BYTES = 1 << 16;
const WORDS = [
  'value',
  'request',
  'node',
  'the',
  'handler',
  'of',
  'session',
  'is',
  'cached',
  'item',
  'path',
  'user',
];

/** Rows of the string table of a realistic heap. */
export const STRING_ROWS = {
  empty: 1,
  gcRoots: 2,
  global: 3,
  map: 4,
  session: 5,
  listNode: 6,
  object: 7,
  array: 8,
  firstPropertyName: FIXED.length,
  propertyNames: PROPERTY_NAMES,
  firstClassName: FIXED.length + PROPERTY_NAMES,
  classNames: CLASS_NAMES,
  firstText: FIXED.length + PROPERTY_NAMES + CLASS_NAMES,
} as const;

/** Names that every realistic heap has, in the order of their rows. */
export function* realisticNames(): Generator<string, void, undefined> {
  yield* FIXED;
  for (let row = 0; row < PROPERTY_NAMES; row++) yield `${['_', 'is', 'get', 'on', ''][row % 5]}prop${row}`;
  for (let row = 0; row < CLASS_NAMES; row++)
    yield `${['Node', 'Cache', 'Http', 'Type', 'View'][row % 5]}Class${row}`;
}

/**
 * Bytes between the quotes of text number `row`, before they are stretched: most are short, a few have the 1,024
 * characters at which V8 cuts.
 */
export function textLength(random: number): number {
  const kind = random & 255;
  const rest = random >>> 8;
  if (kind < 150) return 8 + (rest % 24);
  if (kind < 240) return 24 + (rest % 80);
  if (kind < 252) return 80 + (rest % 400);
  return 1024;
}

/** `"12 value request …"` of exactly `length` bytes between the quotes (at least 20), no two alike. */
export class TextWriter {
  readonly #pattern: Uint8Array;

  constructor() {
    let text = '';
    for (let at = 0; text.length < PATTERN_BYTES; at = (at * 5 + 7) % 8191)
      text += `${WORDS[at % WORDS.length]} `;
    this.#pattern = new TextEncoder().encode(text.slice(0, PATTERN_BYTES));
  }

  /** The JSON of a text, quotes included. */
  write(row: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length + 2);
    // one in 32 has escapes, as source code and messages have
    const head = quote(row % 32 === 0 ? `${row}\n"é` : `${row} `, 'v8').slice(1, -1);
    const filled = Math.min(head.length, length);
    for (let at = 0; at < filled; at++) bytes[at + 1] = head.charCodeAt(at);
    let from = (row * 61) % (PATTERN_BYTES / 2);
    for (let at = filled + 1; at <= length; ) {
      const part = this.#pattern.subarray(from, from + length + 1 - at);
      bytes.set(part, at);
      at += part.length;
      from = 0;
    }
    bytes[0] = 0x22;
    bytes[length + 1] = 0x22;
    return bytes;
  }
}

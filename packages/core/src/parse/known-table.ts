import { KNOWN_TEXTS } from '../format/known-texts.js';
import type { KnownStrings } from '../graph/known-strings.js';
import type { StringTable } from '../graph/string-table.js';

/** As in `findKnown` of `assembly/strings.ts`, which reads the table. */
const MAX_KNOWN = 64;
const ENTRY_BYTES = 64;
const END = 0xff;
const NUMBERED = 0xffffffff;
/** More strings are not looked at one by one. */
const MAX_UNSEEN = 100_000;

const ENTRIES = [...KNOWN_TEXTS].sort((a, b) => a.length - b.length);

/** Bytes of the table. */
export const KNOWN_TABLE_BYTES = MAX_KNOWN + (ENTRIES.length + 1) * ENTRY_BYTES;

/** Writes the table of known texts. */
export function fillKnownTable(table: Uint8Array): void {
  table.fill(ENTRIES.length, 0, MAX_KNOWN);
  ENTRIES.forEach((text, entry) => {
    if (table[text.length] === ENTRIES.length) table[text.length] = entry;
    const at = MAX_KNOWN + entry * ENTRY_BYTES;
    table[at] = text.length;
    table.set(Buffer.from(text, 'latin1'), at + 1);
  });
  table[MAX_KNOWN + ENTRIES.length * ENTRY_BYTES] = END;
}

/** Collects what is found string by string. */
export class KnownCollector {
  readonly #ordinals: number[][] = ENTRIES.map(() => []);
  readonly #numbered: number[] = [];
  readonly #unseen: number[] = [];

  /** `found`: pairs of a string, counted on from `base`, and an entry of the table. */
  add(found: Uint32Array, base: number): void {
    for (let pair = 0; pair < found.length; pair += 2) this.#add(base + found[pair], found[pair + 1]);
  }

  /** A string that the kernel did not take. */
  addUnseen(string: number): void {
    if (this.#unseen.length <= MAX_UNSEEN) this.#unseen.push(string);
  }

  /** All that there are in the table; undefined where the kernel took too little of it. Once. */
  finish(strings: StringTable): KnownStrings | undefined {
    if (this.#unseen.length > MAX_UNSEEN) return undefined;
    for (const string of this.#unseen) {
      const entry = ENTRIES.findIndex((text) => isText(strings, string, text));
      if (entry >= 0) this.#add(string, entry);
      else if (/^\d+ \/ part /.test(strings.get(string))) this.#add(string, NUMBERED);
    }
    for (const list of [this.#numbered, ...this.#ordinals]) list.sort((a, b) => a - b);
    const exact = ENTRIES.map((text, entry) => ({ text, ordinals: this.#ordinals[entry] }));
    return { exact, numbered: Uint32Array.from(this.#numbered) };
  }

  #add(string: number, entry: number): void {
    const list = entry === NUMBERED ? this.#numbered : this.#ordinals[entry];
    list.push(string);
  }
}

function isText(strings: StringTable, string: number, text: string): boolean {
  return strings.byteLengthOf(string) === text.length && strings.get(string) === text;
}

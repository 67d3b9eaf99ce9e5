import { SPECIAL_NAME } from '../format/type-names.js';
import { GroupTable, mixHash } from '../graph/group-table.js';
import type { StringTable } from '../graph/string-table.js';

/** What would be read wrongly in a list of names between braces. */
const NEEDS_QUOTES = /[,'"{}]/;

/** A property's name as lists of properties show it: as a JSON string where it holds `,`, a quote or a brace. */
export function printedPropertyName(name: string): string {
  return NEEDS_QUOTES.test(name) ? JSON.stringify(name) : name;
}

/** Nobody prints more: no list of names is that long, so a longer name counts as this. */
export const MAX_PRINTED_LENGTH = 250;
/** Length of the property that lists leave out: `__proto__`. */
export const LEFT_OUT = 255;

const UNSEEN = 0;

export interface PropertyNameColumns {
  /** string ordinal → printed length + 1, {@link UNSEEN} or {@link LEFT_OUT} */
  readonly lengthByString: Uint8Array;
  /** string ordinal → first ordinal seen with the same text */
  readonly canonicalByString: Uint32Array;
}

/**
 * Facts about the strings that name properties, each found once: 5 bytes a string of the table, and 24 for each that
 * names a property.
 */
export class PropertyNames {
  readonly #strings: StringTable;
  readonly #ordinalsByText: GroupTable;
  readonly #lengthByString: Uint8Array;
  readonly #canonicalByString: Uint32Array;

  /** `known`: facts about all strings that will be asked for. */
  constructor(strings: StringTable, known?: PropertyNameColumns) {
    this.#strings = strings;
    this.#lengthByString = known?.lengthByString ?? new Uint8Array(strings.count).fill(UNSEEN);
    this.#canonicalByString = known?.canonicalByString ?? new Uint32Array(strings.count);
    this.#ordinalsByText = new GroupTable((a, b) => haveEqualBytes(strings.bytesOf(a), strings.bytesOf(b)));
  }

  /** UTF-16 units of the printed name, at most {@link MAX_PRINTED_LENGTH}; {@link LEFT_OUT} for `__proto__`. */
  printedLengthOf(ordinal: number): number {
    if (this.#lengthByString[ordinal] === UNSEEN) this.#learn(ordinal);
    const known = this.#lengthByString[ordinal];
    return known === LEFT_OUT ? LEFT_OUT : known - 1;
  }

  /** One ordinal for all that stand for the same text. */
  canonicalOf(ordinal: number): number {
    if (this.#lengthByString[ordinal] === UNSEEN) this.#learn(ordinal);
    return this.#canonicalByString[ordinal];
  }

  #learn(ordinal: number): void {
    const bytes = this.#strings.bytesOf(ordinal);
    const group = this.#ordinalsByText.groupOf(ordinal, hashOfBytes(bytes));
    this.#canonicalByString[ordinal] = this.#ordinalsByText.firstOf(group);
    this.#lengthByString[ordinal] = arePrintedAlone(bytes)
      ? Math.min(bytes.length, MAX_PRINTED_LENGTH) + 1
      : storedLengthOf(this.#strings.get(ordinal));
  }
}

/** As {@link PropertyNameColumns} has it. */
export function storedLengthOf(name: string): number {
  if (name === SPECIAL_NAME.proto) return LEFT_OUT;
  return Math.min(printedPropertyName(name).length, MAX_PRINTED_LENGTH) + 1;
}

const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x80 && !NEEDS_QUOTES.test(String.fromCharCode(byte))),
);
const UNDERSCORE = '_'.charCodeAt(0);

/** Whether they are a name that is printed as it is, a unit for each byte, as most are. Decoding takes longer than looking. */
function arePrintedAlone(bytes: Uint8Array): boolean {
  // may be `__proto__`
  if (bytes.length === SPECIAL_NAME.proto.length && bytes[0] === UNDERSCORE) return false;
  for (let i = 0; i < bytes.length; i++) if (IS_PLAIN[bytes[i]] === 0) return false;
  return true;
}

function hashOfBytes(bytes: Uint8Array): number {
  let hash = bytes.length;
  for (let i = 0; i < bytes.length; i++) hash = mixHash(hash, bytes[i]);
  return hash;
}

function haveEqualBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

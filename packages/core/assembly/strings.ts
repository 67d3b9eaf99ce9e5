// The string table's inner loop: see `string-array-parser.ts`.
import { isWhiteSpace } from './white-space';

const COMMA: u8 = 0x2c;
const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const LOWER_U: u8 = 0x75;
/** What follows a backslash where it stands for a UTF-16 unit. */
const HEX_ESCAPE: usize = 5;
const NO_DIGITS: u32 = 0xffffffff;

/** Bytes that the last `scanStrings` wrote. */
export let textLength: usize = 0;
/** Address behind the comma of the last string that it took. */
export let stringsEnd: usize = 0;

/**
 * Takes `"text",` over and over from `from` up to `to`, white space around the strings allowed: writes the texts one after
 * the other to `out`, escapes resolved, and to `ends` where each ends, counted on from `base`. Returns how many. Stops
 * before a string that is not whole, that is not ASCII, or that holds half of a surrogate pair, what is no escape, or a
 * control character. 16 bytes behind `to` must be readable, and `out` hold 16 more than the text.
 */
export function scanStrings(from: usize, to: usize, out: usize, ends: usize, base: u32): i32 {
  let at = from;
  let output = out;
  let end = ends;
  stringsEnd = from;
  textLength = 0;
  for (;;) {
    while (at < to && isWhiteSpace(load<u8>(at))) at++;
    if (at >= to || load<u8>(at) != QUOTE) break;
    at++;
    let isWhole = false;
    while (at < to) {
      const bytes = v128.load(at);
      v128.store(output, bytes);
      // bytes of 128 and more are below 0
      const special = i8x16.bitmask(
        v128.or(
          i8x16.lt_s(bytes, i8x16.splat(0x20)),
          v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH))),
        ),
      );
      const plain = special == 0 ? 16 : <usize>ctz(special);
      at += plain;
      output += plain;
      if (special == 0) continue;
      if (at >= to) break;
      const byte = load<u8>(at);
      if (byte == QUOTE) {
        at++;
        isWhole = true;
        break;
      }
      if (byte != BACKSLASH || at + 1 >= to) break;
      const letter = load<u8>(at + 1);
      if (letter == LOWER_U) {
        if (at + HEX_ESCAPE >= to) break;
        const unit = hexAt(at + 2);
        // NO_DIGITS is no unit either
        if (unit > 0xffff || (unit & 0xf800) == 0xd800) break;
        output = writeUnit(output, unit);
        at += HEX_ESCAPE + 1;
        continue;
      }
      const escaped = unescape(letter);
      if (escaped == 0) break;
      store<u8>(output, escaped);
      output++;
      at += 2;
    }
    if (!isWhole) break;
    while (at < to && isWhiteSpace(load<u8>(at))) at++;
    if (at >= to || load<u8>(at) != COMMA) break;
    at++;
    textLength = output - out;
    store<u32>(end, base + <u32>textLength);
    end += 4;
    stringsEnd = at;
  }
  return <i32>((end - ends) >> 2);
}

/** The byte that a letter behind a backslash stands for; 0: no single one. */
function unescape(letter: u8): u8 {
  switch (letter) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
      return letter;
    case 0x62:
      return 0x08;
    case 0x66:
      return 0x0c;
    case 0x6e:
      return 0x0a;
    case 0x72:
      return 0x0d;
    case 0x74:
      return 0x09;
    default:
      return 0;
  }
}

/** The value of four hexadecimal digits, or `NO_DIGITS`. */
function hexAt(address: usize): u32 {
  let value: u32 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const byte = <u32>load<u8>(address + i);
    let digit = byte - 0x30;
    if (digit > 9) {
      digit = (byte | 0x20) - 0x61;
      if (digit > 5) return NO_DIGITS;
      digit += 10;
    }
    value = (value << 4) | digit;
  }
  return value;
}

/** Writes a unit that is no surrogate as UTF-8; returns the address behind it. */
function writeUnit(address: usize, unit: u32): usize {
  if (unit < 0x80) {
    store<u8>(address, unit);
    return address + 1;
  }
  if (unit < 0x800) {
    store<u8>(address, 0xc0 | (unit >>> 6));
    store<u8>(address + 1, 0x80 | (unit & 0x3f));
    return address + 2;
  }
  store<u8>(address, 0xe0 | (unit >>> 12));
  store<u8>(address + 1, 0x80 | ((unit >>> 6) & 0x3f));
  store<u8>(address + 2, 0x80 | (unit & 0x3f));
  return address + 3;
}

/** Longest text that is looked for, and more. */
const MAX_KNOWN: u32 = 64;
/** Bytes of a table entry: its length, then its text. */
const KNOWN_BYTES: usize = 64;
/** What `findKnown` says of a string that begins with a number and ` / part `. */
const NUMBERED: u32 = 0xffffffff;

/**
 * Looks for known texts among the `count` strings of the last `scanStrings`, which wrote them to `text` and their `ends`
 * from `base` on. `known`: a byte for each length up to 64, the first entry that is as long, and behind them the entries in
 * order of length, at their end one of length 255. Writes pairs to `out`: which string, which entry. Returns how many pairs.
 */
export function findKnown(text: usize, ends: usize, count: i32, base: u32, known: usize, out: usize): i32 {
  const entries = known + MAX_KNOWN;
  let start = text;
  let into = out;
  for (let string = 0; string < count; string++) {
    const end = text + <usize>(load<u32>(ends + (<usize>string << 2)) - base);
    const length = <u32>(end - start);
    const first = load<u8>(start);
    if (length < MAX_KNOWN) {
      for (let entry = <usize>load<u8>(known + length); ; entry++) {
        const at = entries + entry * KNOWN_BYTES;
        if (load<u8>(at) != <u8>length) break;
        if (load<u8>(at, 1) != first || !isSame(start, at + 1, length)) continue;
        store<u32>(into, string);
        store<u32>(into, entry, 4);
        into += 8;
      }
    }
    if (<u32>first - 0x30 <= 9 && isNumbered(start, end)) {
      store<u32>(into, string);
      store<u32>(into, NUMBERED, 4);
      into += 8;
    }
    start = end;
  }
  return <i32>((into - out) >> 3);
}

function isSame(a: usize, b: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

/** Digits, and ` / part `. */
function isNumbered(start: usize, end: usize): bool {
  let at = start;
  while (at < end && <u32>load<u8>(at) - 0x30 <= 9) at++;
  return at + 8 <= end && load<u64>(at) == 0x2074726170202f20;
}

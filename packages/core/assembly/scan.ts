// The inner loops of parsing, compiled by AssemblyScript to WebAssembly with SIMD. Each takes what is regular and stops
// before anything else; the TypeScript beside it (number-array-parser, node-rows, edge-rows) is the reference that it is
// tested against, and takes over where it stops. Addresses are bytes of the module's memory.

import { isWhiteSpace } from './white-space';

export {
  divideOffsets,
  edgeTotal,
  extractField,
  nameEnd,
  nameEndRow,
  splitEdges,
  splitNodes,
  sumField,
} from './rows';
export { findKnown, scanStrings, stringsEnd, textLength } from './strings';

const COMMA: u8 = 0x2c;
const NEWLINE: u8 = 0x0a;
const ZERO: u32 = 0x30;

/** Address behind the last comma that the last scan took: a number is due there. */
export let stoppedAt: usize = 0;
/** 1 where the last scan came to its end, 0 where it stopped before something that is not regular. */
export let reachedEnd: i32 = 0;

/**
 * Takes `number,` over and over from `from` up to `to`, white space around the numbers allowed, and writes the numbers,
 * all below 2³², to `out` as u32. Returns how many. What is behind the last comma is not looked at. 16 bytes before `from`
 * and 64 behind `to` must be readable, and 12 more to write behind the numbers.
 *
 * A block of 64 bytes becomes masks with a bit a byte, in which all is checked at once (G. Langdale and D. Lemire,
 * "Parsing Gigabytes of JSON per Second", 2019). Four numbers at a time are then made of the 8 bytes before their ends,
 * by multiplying and adding digits, pairs and fours side by side (W. Muła, "SIMD-ized conversion of string to integers",
 * 2014). A block that is not usual is taken number by number.
 */
export function scanNumbers(from: usize, to: usize, out: usize): i32 {
  let start = from;
  let output = out;
  // whether something else than digits stands between `start` and the block
  let isMixed = false;
  let isRegular = true;
  for (let block = from; block < to; block += 64) {
    if (!isMixed && to - block >= 64) {
      const found = findEnds(block, start);
      if (found != 0) {
        output =
          found == blockCommas ? storeAll(output, block, start, found, false) : storeAll(output, block, start, found, true);
        start = block + 64 - <usize>clz(blockCommas);
        continue;
      }
    }
    let commas = equalTo(block, COMMA);
    let others = ~(digits(block) | commas);
    if (to - block < 64) {
      const inside = ((<u64>1) << (<u64>(to - block))) - 1;
      commas &= inside;
      others &= inside;
    }
    while (commas != 0) {
      const end = block + <usize>ctz(commas);
      if (!storeTrimmed(output, start, end)) {
        isRegular = false;
        break;
      }
      output += 4;
      start = end + 1;
      commas &= commas - 1;
    }
    if (!isRegular) break;
    isMixed = start <= block ? isMixed || others != 0 : start < block + 64 && others >> (<u64>(start - block)) != 0;
  }
  stoppedAt = start;
  reachedEnd = i32(isRegular);
  return <i32>((output - out) >> 2);
}

/** Commas of the block that was found usual. */
let blockCommas: u64 = 0;

/**
 * The bytes that numbers of the block end before, as bits; 0 where it is not usual. Usual are numbers of up to 8 digits,
 * between them a comma, or a newline and a comma, as V8 wrote rows until version 12. The first number begins at `start`,
 * with digits alone before the block.
 */
// @ts-ignore: decorator
@inline
function findEnds(block: usize, start: usize): u64 {
  const first = kinds16(block);
  const second = kinds16(block + 16);
  const third = kinds16(block + 32);
  const fourth = kinds16(block + 48);
  const commas = bits(first, second, third, fourth);
  const zeros = bits(
    i8x16.add(first, first),
    i8x16.add(second, second),
    i8x16.add(third, third),
    i8x16.add(fourth, fourth),
  );
  let ends = commas;
  if (!i8x16.all_true(i8x16.min_u(i8x16.min_u(first, second), i8x16.min_u(third, fourth)))) {
    const newlines = equalTo(block, NEWLINE);
    const nothing = i8x16.splat(0);
    const others = bits(
      i8x16.eq(first, nothing),
      i8x16.eq(second, nothing),
      i8x16.eq(third, nothing),
      i8x16.eq(fourth, nothing),
    );
    // each with its comma in the block, and no other white space
    if (others != newlines || (newlines & ~(commas >> 1)) != 0) return 0;
    ends = (commas & ~(newlines << 1)) | newlines;
  }
  const before = block - start;
  if (before > 8) return 0;
  // a zero at the beginning of a number must be all of it
  if (before != 0 && <u32>load<u8>(start) == ZERO && (before > 1 || (ends & 1) == 0)) return 0;
  const begins = (commas << 1) | u64(before == 0);
  const leading = begins & zeros & ~(ends >> 1) & 0x7fffffffffffffff;
  // so far the 8 digits behind an end reach, and its own place; the number from before the block has fewer left
  let reached = ends | (ends << 1);
  reached |= reached << 2;
  reached |= reached << 4;
  reached |= ends << 8;
  reached |= <u64>0xff >> <u64>before;
  if ((leading | (begins & (ends | commas)) | ~(reached | commas)) != 0) return 0;
  blockCommas = commas;
  return ends;
}

/**
 * Makes numbers of what ends at `ends`, and has no more than 8 digits; returns where the next one goes. `hasRows`: a comma
 * may stand before the digits.
 */
// @ts-ignore: decorator
@inline
function storeAll(output: usize, block: usize, start: usize, ends: u64, hasRows: bool): usize {
  const count = <usize>popcnt(ends);
  let rest = ends;
  let from = start;
  for (let at = output; rest != 0; at += 16) {
    // behind the last one come some that are none: the next block writes over them
    const end0 = block + <usize>ctz(rest);
    rest &= rest - 1;
    const end1 = block + <usize>ctz(rest);
    rest &= rest - 1;
    const end2 = block + <usize>ctz(rest);
    rest &= rest - 1;
    const end3 = block + <usize>ctz(rest);
    rest &= rest - 1;
    const low = fours(end0, end0 - from, end1, end1 - end0 - 1, hasRows);
    const high = fours(end2, end2 - end1 - 1, end3, end3 - end2 - 1, hasRows);
    v128.store(at, i32x4.dot_i16x8_s(i16x8.narrow_i32x4_s(low, high), i32x4.splat(0x0001_2710)));
    from = end3 + 1;
  }
  return output + (count << 2);
}

/** Two numbers, as four digits and four digits each. */
// @ts-ignore: decorator
@inline
function fours(endA: usize, lengthA: usize, endB: usize, lengthB: usize, hasRows: bool): v128 {
  let text = v128.load64_lane(endB - 8, v128.load64_zero(endA - 8), 1);
  if (hasRows) text = v128.and(text, i8x16.ge_u(text, i8x16.splat(<u8>ZERO)));
  const mask = v128.load64_lane(DIGITS + (lengthB << 3), v128.load64_zero(DIGITS + (lengthA << 3)), 1);
  const digits = v128.and(text, mask);
  // ten times the first digit of two, and the second
  const twos = i16x8.shr_u(i16x8.mul(digits, i16x8.splat(2561)), 8);
  return i32x4.dot_i16x8_s(twos, i32x4.splat(0x0001_0064));
}

/** The digits from `start` to `end`, less the white space around them; false where it is no number below 2³². */
function storeTrimmed(output: usize, start: usize, end: usize): bool {
  let from = start;
  let to = end;
  while (to > from && isWhiteSpace(load<u8>(to - 1))) to--;
  while (from < to && isWhiteSpace(load<u8>(from))) from++;
  for (let at = from; at < to; at++) if (<u32>load<u8>(at) - ZERO > 9) return false;
  const length = to - from;
  if (length > 8) return storeLong(output, from, to);
  const value = lastDigits(to, length);
  if (value < load<u32>(SMALLEST + (length << 2))) return false;
  store<u32>(output, value);
  return true;
}

/** A number of 9 or 10 digits below 2³². */
function storeLong(output: usize, start: usize, end: usize): bool {
  const length = end - start;
  if (length > 10 || <u32>load<u8>(start) == ZERO) return false;
  let head = <u64>load<u8>(end - 9) - ZERO;
  if (length == 10) head += (<u64>load<u8>(end - 10) - ZERO) * 10;
  const value = head * 100000000 + <u64>lastDigits(end, 8);
  if (value > 0xffffffff) return false;
  store<u32>(output, <u32>value);
  return true;
}

/** A bit for every digit of the block. */
// @ts-ignore: decorator
@inline
function digits(block: usize): u64 {
  return digits16(block) | (digits16(block + 16) << 16) | (digits16(block + 32) << 32) | (digits16(block + 48) << 48);
}

// @ts-ignore: decorator
@inline
function digits16(block: usize): u64 {
  const fromZero = i8x16.sub(v128.load(block), i8x16.splat(0x30));
  return <u64>(<u32>i8x16.bitmask(i8x16.lt_u(fromZero, i8x16.splat(10))));
}

/** A bit for every byte of the block that is `byte`. */
// @ts-ignore: decorator
@inline
function equalTo(block: usize, byte: u8): u64 {
  return (
    equalTo16(block, byte) |
    (equalTo16(block + 16, byte) << 16) |
    (equalTo16(block + 32, byte) << 32) |
    (equalTo16(block + 48, byte) << 48)
  );
}

// @ts-ignore: decorator
@inline
function equalTo16(block: usize, byte: u8): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(block), i8x16.splat(byte))));
}

/** What the bytes are: 0x80 commas, 0x41 zeros, 1 other digits, 0 all else. */
// @ts-ignore: decorator
@inline
function kinds16(bytes: usize): v128 {
  const kinds = i8x16(-128, 0, 0, 0, 0x41, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0);
  return i8x16.swizzle(kinds, i8x16.sub(v128.load(bytes), i8x16.splat(COMMA)));
}

/** The highest bit of every byte of a block. */
// @ts-ignore: decorator
@inline
function bits(first: v128, second: v128, third: v128, fourth: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(first)) |
    (<u64>(<u32>i8x16.bitmask(second)) << 16) |
    (<u64>(<u32>i8x16.bitmask(third)) << 32) |
    (<u64>(<u32>i8x16.bitmask(fourth)) << 48)
  );
}

/**
 * Addresses of tables by the length of a number: what keeps its digits of 8 bytes, and the smallest it can be. Of lengths
 * from -1 to 64, which are none, the first is read, too.
 */
const DIGITS: usize = 48;
const SMALLEST: usize = 0;

/** Fills the tables, which lie in the first 128 bytes. Called once. */
export function prepare(): void {
  let smallest: u32 = 1;
  for (let length = 0; length <= 8; length++) {
    const unused = <u64>((8 - length) << 3);
    // the first digit lies in the lowest byte; what stands before it becomes leading zeros
    store<u64>(DIGITS + (<usize>length << 3), length == 0 ? 0 : 0x0f0f0f0f0f0f0f0f << unused);
    if (length > 1) smallest *= 10;
    // nothing is as large as a number without digits must be
    store<u32>(SMALLEST + (<usize>length << 2), length == 0 ? u32.MAX_VALUE : length == 1 ? 0 : smallest);
  }
}

/** The number that the last `length` (up to 8) digits before `end` make. */
// @ts-ignore: decorator
@inline
function lastDigits(end: usize, length: usize): u32 {
  let digits = load<u64>(end - 8) & load<u64>(DIGITS + (length << 3));
  digits = (digits * 2561) >> 8;
  digits = ((digits & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return <u32>(((digits & 0x0000ffff0000ffff) * 42949672960001) >> 32);
}

// What lists of properties need to know of a name: see `property-name.ts`, which is asked for what is rare.
import { at, has } from './bits';
import { EMPTY, firstByGroup, groupBySlot, hashByGroup, open, slotMask } from './groups';
import { areEqualTexts, blockOf, mixBlock } from './text';

/** Nobody prints more: longer names count as this. */
const MAX_PRINTED_LENGTH: u32 = 250;
/** Bytes of `__proto__`, which lists leave out. */
const PROTO_LENGTH: u32 = 9;
const UNDERSCORE: u32 = 0x5f;

let bytes: usize = 0;
let startByString: usize = 0;

export function setStrings(stringBytes: usize, starts: usize): void {
  bytes = stringBytes;
  startByString = starts;
}

/**
 * Finds printed length + 1, and the first string of the same text, of the strings in [first, last) that are in the set.
 * Lists those that may not be printed as they are, and returns how many.
 */
export function learnNames(
  first: u32,
  last: u32,
  propertyNames: usize,
  lengthByString: usize,
  canonicalByString: usize,
  unusual: usize,
): u32 {
  let count: u32 = 0;
  for (let name = first; name < last; name++) {
    if (!has(propertyNames, name)) continue;
    const start = load<u32>(at(startByString, name));
    const length = load<u32>(at(startByString, name + 1)) - start;
    const text = bytes + start;
    let hash = length;
    let isQuoted = i8x16.splat(0);
    for (let place: u32 = 0; place < length; place += 16) {
      const block = blockOf(text + place, length - place);
      hash = mixBlock(hash, block);
      // beyond ASCII, or one of , ' " { }
      const hasQuotes = v128.or(i8x16.eq(block, i8x16.splat(0x27)), i8x16.eq(block, i8x16.splat(0x22)));
      const hasBraces = v128.or(i8x16.eq(block, i8x16.splat(0x7b)), i8x16.eq(block, i8x16.splat(0x7d)));
      const hasComma = v128.or(block, i8x16.eq(block, i8x16.splat(0x2c)));
      isQuoted = v128.or(isQuoted, v128.or(hasComma, v128.or(hasQuotes, hasBraces)));
    }
    store<u8>(lengthByString + name, <u8>(min(length, MAX_PRINTED_LENGTH) + 1));
    const mayBeProto = length == PROTO_LENGTH && <u32>load<u8>(text) == UNDERSCORE;
    if (mayBeProto || i8x16.bitmask(isQuoted) != 0) store<u32>(at(unusual, count++), name);
    store<u32>(at(canonicalByString, name), firstOf(name, text, length, hash));
  }
  return count;
}

function firstOf(name: u32, text: usize, length: u32, hash: u32): u32 {
  let slot = hash & slotMask;
  let entry = load<u32>(at(groupBySlot, slot));
  while (entry != EMPTY) {
    const group = entry - 1;
    if (load<u32>(at(hashByGroup, group)) == hash) {
      const other = load<u32>(at(firstByGroup, group));
      const start = load<u32>(at(startByString, other));
      const otherLength = load<u32>(at(startByString, other + 1)) - start;
      if (otherLength == length && areEqualTexts(text, bytes + start, length)) return other;
    }
    slot = (slot + 1) & slotMask;
    entry = load<u32>(at(groupBySlot, slot));
  }
  open(slot, name, hash);
  return name;
}

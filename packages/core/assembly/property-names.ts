// What lists of properties need to know of a name: see `property-name.ts`, which is asked for what is rare.
import { at, has } from './bits';
import { EMPTY, firstByGroup, groupBySlot, hashByGroup, mix, open, slotMask } from './groups';

/** Nobody prints more: longer names count as this. */
const MAX_PRINTED_LENGTH: u32 = 250;
/** Bytes of `__proto__`, which lists leave out. */
const PROTO_LENGTH: u32 = 9;
const UNDERSCORE: u32 = 0x5f;

/** Names to be looked at by others: those with the hash of an earlier name, and that name; those that are not printed as they are. */
let twins: usize = 0;
let firstTwins: usize = 0;
let unusual: usize = 0;
let twinCount: u32 = 0;
let unusualCount: u32 = 0;

export function startNames(twinNames: usize, earlierNames: usize, unusualNames: usize): void {
  twins = twinNames;
  firstTwins = earlierNames;
  unusual = unusualNames;
}

export function twinsFound(): u32 {
  return twinCount;
}

export function unusualFound(): u32 {
  return unusualCount;
}

/**
 * Finds printed length + 1, and the first string of the same text, of the strings in [first, last) that are in the set. Their
 * bytes are at `text` one after the other, with 16 readable ones behind; `starts` has where each begins, and the last one
 * ends. Those who look like an earlier one, and the unusual, are listed.
 */
export function learnNames(
  first: u32,
  last: u32,
  propertyNames: usize,
  text: usize,
  starts: usize,
  lengthByString: usize,
  canonicalByString: usize,
): void {
  twinCount = 0;
  unusualCount = 0;
  const base = load<u32>(starts);
  for (let name = first; name < last; name++) {
    if (!has(propertyNames, name)) continue;
    const start = load<u32>(at(starts, name - first));
    const length = load<u32>(at(starts, name - first + 1)) - start;
    const bytes = text + (start - base);
    let hash = length;
    let quoted: i32 = 0;
    for (let i: u32 = 0; i < length; i += 16) {
      let part = v128.load(bytes + i);
      if (i + 16 > length) {
        const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        part = v128.and(part, i8x16.lt_u(places, i8x16.splat(<u8>(length - i))));
      }
      quoted |= i8x16.bitmask(
        // beyond ASCII, or one of , ' " { }
        v128.or(
          v128.or(part, i8x16.eq(part, i8x16.splat(0x2c))),
          v128.or(
            v128.or(i8x16.eq(part, i8x16.splat(0x27)), i8x16.eq(part, i8x16.splat(0x22))),
            v128.or(i8x16.eq(part, i8x16.splat(0x7b)), i8x16.eq(part, i8x16.splat(0x7d))),
          ),
        ),
      );
      hash = mix(hash, i32x4.extract_lane(part, 0));
      hash = mix(hash, i32x4.extract_lane(part, 1));
      hash = mix(hash, i32x4.extract_lane(part, 2));
      hash = mix(hash, i32x4.extract_lane(part, 3));
    }
    store<u8>(lengthByString + name, <u8>(min(length, MAX_PRINTED_LENGTH) + 1));
    if (quoted != 0 || (length == PROTO_LENGTH && <u32>load<u8>(bytes) == UNDERSCORE)) {
      store<u32>(at(unusual, unusualCount++), name);
    }
    let slot = hash & slotMask;
    let entry = load<u32>(at(groupBySlot, slot));
    while (entry != EMPTY && load<u32>(at(hashByGroup, entry - 1)) != hash) {
      slot = (slot + 1) & slotMask;
      entry = load<u32>(at(groupBySlot, slot));
    }
    store<u32>(at(canonicalByString, name), name);
    if (entry == EMPTY) {
      open(slot, name, hash);
      continue;
    }
    store<u32>(at(twins, twinCount), name);
    store<u32>(at(firstTwins, twinCount++), load<u32>(at(firstByGroup, entry - 1)));
  }
}

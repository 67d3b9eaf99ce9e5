// Text: bytes at an address, with a block of 16 readable ones behind.
import { mix } from './groups';

/** A block of text, zero from `left` bytes on. */
// @ts-ignore: decorator
@inline
export function blockOf(bytes: usize, left: usize): v128 {
  const block = v128.load(bytes);
  if (left >= 16) return block;
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return v128.and(block, i8x16.lt_u(places, i8x16.splat(<u8>left)));
}

// @ts-ignore: decorator
@inline
export function mixBlock(hash: u32, block: v128): u32 {
  const first = mix(mix(hash, i32x4.extract_lane(block, 0)), i32x4.extract_lane(block, 1));
  return mix(mix(first, i32x4.extract_lane(block, 2)), i32x4.extract_lane(block, 3));
}

export function hashOfText(bytes: usize, length: usize): u32 {
  let hash = <u32>length;
  for (let at: usize = 0; at < length; at += 16) hash = mixBlock(hash, blockOf(bytes + at, length - at));
  return hash;
}

export function areEqualTexts(one: usize, other: usize, length: usize): bool {
  for (let at: usize = 0; at < length; at += 16) {
    const difference = v128.xor(blockOf(one + at, length - at), blockOf(other + at, length - at));
    if (v128.any_true(difference)) return false;
  }
  return true;
}

// Sets of ordinals, a bit each, and columns of 32-bit numbers at an address.

// @ts-ignore: decorator
@inline
export function at(column: usize, ordinal: u32): usize {
  return column + (<usize>ordinal << 2);
}

// @ts-ignore: decorator
@inline
export function has(set: usize, ordinal: u32): bool {
  return ((load<u32>(set + ((ordinal >>> 5) << 2)) >>> (ordinal & 31)) & 1) != 0;
}

// @ts-ignore: decorator
@inline
export function add(set: usize, ordinal: u32): void {
  const word = set + ((ordinal >>> 5) << 2);
  store<u32>(word, load<u32>(word) | (1 << (ordinal & 31)));
}

// The kernel of named-rows.ts. Types are a byte a row.
import { add, at, has } from '@heapstream/core/assembly/bits';

/** Writes the rows in [first, last) of a type that have one of the names to `found`, and returns how many. */
export function findNamed(
  first: u32,
  last: u32,
  typeByRow: usize,
  nameByRow: usize,
  type: u32,
  names: usize,
  found: usize,
): u32 {
  if (type > <u32>u8.MAX_VALUE) return 0;
  const types = i8x16.splat(<u8>type);
  let count: u32 = 0;
  let row = first;
  for (; row + 16 <= last; row += 16) {
    let matches = i8x16.bitmask(i8x16.eq(v128.load(typeByRow + row), types));
    for (; matches != 0; matches &= matches - 1) {
      const match = row + <u32>ctz(matches);
      if (has(names, load<u32>(at(nameByRow, match)))) store<u32>(at(found, count++), match);
    }
  }
  for (; row < last; row++) {
    if (<u32>load<u8>(typeByRow + row) != type || !has(names, load<u32>(at(nameByRow, row)))) continue;
    store<u32>(at(found, count++), row);
  }
  return count;
}

/** Adds the rows in [first, last) of a type to a set; `first` is a multiple of 16. */
export function addOfType(first: u32, last: u32, typeByRow: usize, type: u32, set: usize): void {
  if (type > <u32>u8.MAX_VALUE) return;
  const types = i8x16.splat(<u8>type);
  let row = first;
  for (; row + 16 <= last; row += 16) {
    const half = set + (row >>> 3);
    store<u16>(half, load<u16>(half) | <u16>i8x16.bitmask(i8x16.eq(v128.load(typeByRow + row), types)));
  }
  for (; row < last; row++) if (<u32>load<u8>(typeByRow + row) == type) add(set, row);
}

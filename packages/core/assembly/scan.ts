// The inner loops of parsing, compiled by AssemblyScript to WebAssembly with SIMD. Each takes what is regular and stops
// before anything else; the TypeScript beside it (number-array-parser, node-rows, edge-rows) is the reference that it is
// tested against, and takes over where it stops. Addresses are bytes of the module's memory.

const COMMA: u32 = 0x2c;
const LINE_FEED: u32 = 0x0a;
const ZERO: u32 = 0x30;

/** Address of the first byte that the last scan did not take. */
export let stoppedAt: usize = 0;

/**
 * Takes `digits,` over and over (and `digits\n,`, with which V8 up to Node 22 ends its rows) from `from` up to `to`, and
 * writes the numbers, of at most 9 digits, to `out` as u32. Returns how many. 8 bytes before `from` and 64 behind `to`
 * must be readable.
 *
 * A block of 64 bytes becomes a mask with a bit for every byte that is no digit; each bit ends a number, whose last 8
 * digits one unaligned load and three multiplications turn into its value (D. Lemire, "Quickly parsing eight digits",
 * 2022; the masks are those of simdjson, G. Langdale and D. Lemire, "Parsing Gigabytes of JSON per Second", 2019).
 */
export function scanNumbers(from: usize, to: usize, out: usize): i32 {
  let start = from;
  let output = out;
  let isRegular = true;
  for (let block = from; block < to && isRegular; block += 64) {
    let mask = nonDigits(block);
    while (mask != 0) {
      const end = block + <usize>ctz(mask);
      mask &= mask - 1;
      const separator = <u32>load<u8>(end);
      if (end >= to || !endsNumber(separator, end, to)) {
        isRegular = false;
        break;
      }
      const length = <i32>(end - start);
      if (length > 0 && length <= 8) {
        if (length > 1 && <u32>load<u8>(start) == ZERO) {
          isRegular = false;
          break;
        }
        store<u32>(output, lastDigits(end, length));
      } else if (length == 9 && <u32>load<u8>(start) != ZERO) {
        store<u32>(output, (<u32>load<u8>(start) - ZERO) * 100000000 + lastDigits(end, 8));
      } else if (length == 0 && end > from && separator == COMMA && <u32>load<u8>(end - 1) == LINE_FEED) {
        start = end + 1;
        continue;
      } else {
        isRegular = false;
        break;
      }
      output += 4;
      start = end + 1;
    }
  }
  stoppedAt = start;
  return <i32>((output - out) >> 2);
}

// @ts-ignore: decorator
@inline
function endsNumber(separator: u32, end: usize, to: usize): bool {
  return separator == COMMA || (separator == LINE_FEED && end + 1 < to && <u32>load<u8>(end + 1) == COMMA);
}

/** A bit for every byte of the block that is no digit. */
// @ts-ignore: decorator
@inline
function nonDigits(block: usize): u64 {
  return (
    nonDigits16(block) | (nonDigits16(block + 16) << 16) | (nonDigits16(block + 32) << 32) | (nonDigits16(block + 48) << 48)
  );
}

// @ts-ignore: decorator
@inline
function nonDigits16(block: usize): u64 {
  const fromZero = i8x16.sub(v128.load(block), i8x16.splat(0x30));
  return <u64>(<u32>i8x16.bitmask(i8x16.gt_u(fromZero, i8x16.splat(9))));
}

/** The number that the last `length` (1 to 8) digits before `end` make. */
// @ts-ignore: decorator
@inline
function lastDigits(end: usize, length: i32): u32 {
  // the first digit lies in the lowest byte; what stands before it becomes leading zeros
  const before = <u64>((8 - length) << 3);
  let digits = ((load<u64>(end - 8) >> before) << before) & 0x0f0f0f0f0f0f0f0f;
  digits = (digits * 2561) >> 8;
  digits = ((digits & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return <u32>(((digits & 0x0000ffff0000ffff) * 42949672960001) >> 32);
}

/** One more than the largest string ordinal among the names of the last rows (0: none), and the row where it stands. */
export let nameEnd: u32 = 0;
export let nameEndRow: i32 = 0;

/**
 * Splits rows of `edges` (u32 at `values`) into columns: u8 types, u32 names, u32 target ordinals. `knownNameEnd` is the
 * `nameEnd` of the rows before. Stops before a row with a type or target that there is not; returns the rows taken.
 */
export function splitEdges(
  values: usize,
  rows: i32,
  stride: i32,
  typeAt: i32,
  nameAt: i32,
  toAt: i32,
  typeCount: u32,
  elementType: u32,
  hiddenType: u32,
  nodeFieldCount: u32,
  nodeCount: u32,
  knownNameEnd: u32,
  types: usize,
  names: usize,
  targets: usize,
): i32 {
  const inverse = 1.0 / <f64>nodeFieldCount;
  const step = <usize>stride << 2;
  const typeOffset = <usize>typeAt << 2;
  const nameOffset = <usize>nameAt << 2;
  const toOffset = <usize>toAt << 2;
  let end = knownNameEnd;
  let row = 0;
  for (let at = values; row < rows; row++, at += step) {
    const type = load<u32>(at + typeOffset);
    const offset = load<u32>(at + toOffset);
    // rounded, so that a multiple gives its quotient whatever the inverse lost
    const target = <u32>(<f64>offset * inverse + 0.5);
    if (type >= typeCount || target >= nodeCount || target * nodeFieldCount != offset) break;
    const name = load<u32>(at + nameOffset);
    if (name >= end && type != elementType && type != hiddenType) {
      end = name + 1;
      nameEndRow = row;
    }
    store<u8>(types + row, type);
    store<u32>(names + (<usize>row << 2), name);
    store<u32>(targets + (<usize>row << 2), target);
  }
  nameEnd = end;
  return row;
}

/** Sum of the edge counts up to the last row taken. */
export let edgeTotal: f64 = 0;

/**
 * Splits rows of `nodes` (u32 at `values`) into columns: u8 types, u32 names, ids and self sizes, and the u32 first edge
 * of each *next* node, counted on from `knownEdgeTotal`. Stops before a row with a type that there is not, or with more
 * edges than `maxEdges`; returns the rows taken.
 */
export function splitNodes(
  values: usize,
  rows: i32,
  stride: i32,
  typeAt: i32,
  nameAt: i32,
  idAt: i32,
  sizeAt: i32,
  edgeCountAt: i32,
  typeCount: u32,
  maxEdges: f64,
  knownNameEnd: u32,
  knownEdgeTotal: f64,
  types: usize,
  names: usize,
  ids: usize,
  sizes: usize,
  nextFirstEdges: usize,
): i32 {
  const step = <usize>stride << 2;
  const limit = <u64>maxEdges;
  let end = knownNameEnd;
  let total = <u64>knownEdgeTotal;
  let row = 0;
  for (let at = values; row < rows; row++, at += step) {
    const type = load<u32>(at + (<usize>typeAt << 2));
    const edges = total + <u64>load<u32>(at + (<usize>edgeCountAt << 2));
    if (type >= typeCount || edges > limit) break;
    total = edges;
    const name = load<u32>(at + (<usize>nameAt << 2));
    if (name >= end) {
      end = name + 1;
      nameEndRow = row;
    }
    const cell = <usize>row << 2;
    store<u8>(types + row, type);
    store<u32>(names + cell, name);
    store<u32>(ids + cell, load<u32>(at + (<usize>idAt << 2)));
    store<u32>(sizes + cell, load<u32>(at + (<usize>sizeAt << 2)));
    store<u32>(nextFirstEdges + cell, <u32>total);
  }
  nameEnd = end;
  edgeTotal = <f64>total;
  return row;
}

// From numbers to columns: rows are split, single fields taken. See `place-rows.ts`.

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
  const isUsual = stride == 3 && typeAt == 0 && nameAt == 1 && toAt == 2;
  // multiplying by this and shifting divides, for nearly all offsets; the rest are divided below
  const shift = 31 - clz(<i32>nodeFieldCount);
  const reciprocals = i32x4.splat(<i32>(((<u64>1) << (32 + shift)) / nodeFieldCount + 1));
  const elements = i32x4.splat(<i32>elementType);
  const hiddens = i32x4.splat(<i32>hiddenType);
  const typeEnds = i32x4.splat(<i32>typeCount);
  const nodeEnds = i32x4.splat(<i32>nodeCount);
  const fieldCounts = i32x4.splat(<i32>nodeFieldCount);
  let end = knownNameEnd;
  let row = 0;
  let singlesEnd = isUsual ? 0 : rows;
  for (let at = values; row < rows; ) {
    if (row >= singlesEnd) {
      if (row + 4 <= rows) {
        // four rows: type name to | type name to | …
        const first = v128.load(at);
        const second = v128.load(at, 16);
        const third = v128.load(at, 32);
        const fourTypes = v128.shuffle<i32>(v128.shuffle<i32>(first, second, 0, 3, 6, 0), third, 0, 1, 2, 5);
        const fourNames = v128.shuffle<i32>(v128.shuffle<i32>(first, second, 1, 4, 7, 0), third, 0, 1, 2, 6);
        const offsets = v128.shuffle<i32>(v128.shuffle<i32>(first, second, 2, 5, 0, 0), third, 0, 1, 4, 7);
        const low = i64x2.shr_u(i64x2.extmul_low_i32x4_u(offsets, reciprocals), 32 + shift);
        const high = i64x2.shr_u(i64x2.extmul_high_i32x4_u(offsets, reciprocals), 32 + shift);
        const fourTargets = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
        const isNumbered = v128.or(i32x4.eq(fourTypes, elements), i32x4.eq(fourTypes, hiddens));
        const isValid = v128.and(
          v128.and(i32x4.lt_u(fourTypes, typeEnds), i32x4.lt_u(fourTargets, nodeEnds)),
          v128.and(
            i32x4.eq(i32x4.mul(fourTargets, fieldCounts), offsets),
            i32x4.lt_u(v128.andnot(fourNames, isNumbered), i32x4.splat(end)),
          ),
        );
        if (i32x4.all_true(isValid)) {
          v128.store32_lane(types + row, v128.shuffle<i8>(fourTypes, fourTypes, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12), 0);
          v128.store(names + (<usize>row << 2), fourNames);
          v128.store(targets + (<usize>row << 2), fourTargets);
          row += 4;
          at += 48;
          continue;
        }
      }
      singlesEnd = row + 4;
    }
    const type = load<u32>(at + typeOffset);
    const offset = load<u32>(at + toOffset);
    // rounded, so that a multiple gives its quotient whatever the inverse lost
    const target = <u32>(<f64>offset * inverse + 0.5);
    if (type >= typeCount || target >= nodeCount || target * nodeFieldCount != offset) break;
    const name = load<u32>(at + nameOffset);
    if (name >= end && type != elementType && type != hiddenType) {
      if (name == u32.MAX_VALUE) break;
      end = name + 1;
      nameEndRow = row;
    }
    store<u8>(types + row, type);
    store<u32>(names + (<usize>row << 2), name);
    store<u32>(targets + (<usize>row << 2), target);
    row++;
    at += step;
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
    const name = load<u32>(at + (<usize>nameAt << 2));
    if (type >= typeCount || edges > limit || name == u32.MAX_VALUE) break;
    total = edges;
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

/** Copies every `stride`-th of the values from `first` on: one column of a table. */
export function extractField(first: usize, rows: i32, stride: i32, out: usize): void {
  const step = <usize>stride << 2;
  for (let row = 0, at = first, to = out; row < rows; row++, at += step, to += 4) store<u32>(to, load<u32>(at));
}

/** Sum of every `stride`-th of the values from `first` on. */
export function sumField(first: usize, rows: i32, stride: i32): f64 {
  const step = <usize>stride << 2;
  let sum: u64 = 0;
  for (let row = 0, at = first; row < rows; row++, at += step) sum += <u64>load<u32>(at);
  return <f64>sum;
}

/** Turns offsets of nodes into ordinals, in place; what is none of a node becomes the largest number. */
export function divideOffsets(at: usize, count: i32, nodeFieldCount: u32, nodeCount: u32): void {
  const inverse = 1.0 / <f64>nodeFieldCount;
  const end = at + (<usize>count << 2);
  for (let cell = at; cell < end; cell += 4) {
    const offset = load<u32>(cell);
    // rounded, so that a multiple gives its quotient whatever the inverse lost
    const ordinal = <u32>(<f64>offset * inverse + 0.5);
    store<u32>(cell, ordinal < nodeCount && ordinal * nodeFieldCount == offset ? ordinal : u32.MAX_VALUE);
  }
}

// The kernel of core's statistics.ts.
import { add, at, has } from '@heapstream/core/assembly/bits';
import { firstEdgeOf, targetOf, typeOf } from './graph';

/** Places of the sums, numbers of 64 bits each. */
const TOTAL: usize = 0;
const BUFFERS: usize = 1;
const ARRAYS: usize = 2;
/** The sum of a kind stands here, plus the number of the kind. */
const KINDS: usize = 3;

/** Numbers of kinds, by which types are told apart: see `sum-statistics.ts`. */
const OTHER: u32 = 0;
const NATIVE: u32 = 1;

let shallowSizeByNode: usize = 0;
let sums: usize = 0;

export function startStatistics(shallowSizes: usize, sumColumn: usize): void {
  shallowSizeByNode = shallowSizes;
  sums = sumColumn;
}

// @ts-ignore: decorator
@inline
function increase(place: usize, size: u64): void {
  const sum = sums + (place << 3);
  store<u64>(sum, load<u64>(sum) + size);
}

/**
 * Sums the sizes of the nodes in [first, last) by kind; of buffers' data and of arrays apart. Adds the backing stores of
 * the arrays that have a size left to `stores`; returns how many there were.
 */
export function sumKinds(
  first: u32,
  last: u32,
  typeByNode: usize,
  nameByNode: usize,
  kindByType: usize,
  bufferNames: usize,
  arrayNames: usize,
  nameByEdge: usize,
  internal: u32,
  elementsNames: usize,
  stores: usize,
): u32 {
  let found: u32 = 0;
  let total: u64 = 0;
  for (let node = first; node < last; node++) {
    const size = <u64>load<u32>(at(shallowSizeByNode, node));
    const kind = <u32>load<u8>(kindByType + load<u8>(typeByNode + node));
    total += size;
    increase(KINDS + kind, size);
    if (kind > NATIVE) continue;
    const name = load<u32>(at(nameByNode, node));
    if (kind == NATIVE) {
      if (has(bufferNames, name)) increase(BUFFERS, size);
      continue;
    }
    if (!has(arrayNames, name)) continue;
    increase(ARRAYS, size);
    const end = firstEdgeOf(node + 1);
    for (let edge = firstEdgeOf(node); edge < end; edge++) {
      if (typeOf(edge) != internal || !has(elementsNames, load<u32>(at(nameByEdge, edge)))) continue;
      const target = targetOf(edge);
      if (load<u32>(at(shallowSizeByNode, target)) > 0) {
        add(stores, target);
        found++;
      }
      break;
    }
  }
  increase(TOTAL, total);
  return found;
}

/** The sizes of those of the nodes in [first, last), which begins at a multiple of 32, that are in the set and have one retainer. */
export function sumStores(first: u32, last: u32, stores: usize, firstRetainerByNode: usize, sizes: usize): f64 {
  let sum: u64 = 0;
  for (let from = first; from < last; from += 32) {
    for (let bits = load<u32>(stores + (from >>> 3)); bits != 0; bits &= bits - 1) {
      const store = from + <u32>ctz(bits);
      const retainers = at(firstRetainerByNode, store);
      if (load<u32>(retainers, 4) - load<u32>(retainers) == 1) sum += load<u32>(at(sizes, store));
    }
  }
  return <f64>sum;
}

import { sharedUint32, type WideColumn } from '@heapstream/core';

/** Bits that a pass sorts by: 2,048 piles are few enough for the caches. */
const DIGIT_BITS = 11;
const PILES = 1 << DIGIT_BITS;
const TWO_32 = 2 ** 32;

/**
 * The nodes whose shallow size is above 0, by ascending id; equal ids stay in file order. V8 writes nodes in the order
 * of the heap, not of their ids.
 *
 * Radix sort, least significant digit first: as many passes as the largest id needs, three or fewer below 2³². 4 bytes
 * a node, 12 more meanwhile.
 */
export function sortById(idByNode: WideColumn, shallowSizeByNode: WideColumn): Uint32Array {
  let count = 0;
  for (let node = 0; node < shallowSizeByNode.length; node++) if (shallowSizeByNode[node] > 0) count++;
  let nodes = sharedUint32(count);
  let keys = new Uint32Array(count);
  let largest = 0;
  let isSorted = true;
  for (let node = 0, at = 0; node < shallowSizeByNode.length; node++) {
    if (shallowSizeByNode[node] === 0) continue;
    const id = idByNode[node];
    if (id >= largest) largest = id;
    else isSorted = false;
    nodes[at] = node;
    keys[at++] = id % TWO_32;
  }
  if (isSorted) return nodes;

  let otherNodes = sharedUint32(count);
  let otherKeys = new Uint32Array(count);
  const sortBy = (highest: number): void => {
    for (let shift = 0; shift < 32 && highest >>> shift > 0; shift += DIGIT_BITS) {
      deal(nodes, keys, otherNodes, otherKeys, shift);
      [nodes, otherNodes] = [otherNodes, nodes];
      [keys, otherKeys] = [otherKeys, keys];
    }
  };
  const highPart = Math.floor(largest / TWO_32);
  sortBy(highPart > 0 ? TWO_32 - 1 : largest);
  if (highPart > 0) {
    for (let at = 0; at < count; at++) keys[at] = Math.floor(idByNode[nodes[at]] / TWO_32);
    sortBy(highPart);
  }
  return nodes;
}

/** Deals the nodes onto piles by one digit of their keys, and puts the piles one behind the other. */
function deal(
  nodes: Uint32Array,
  keys: Uint32Array,
  intoNodes: Uint32Array,
  intoKeys: Uint32Array,
  shift: number,
): void {
  const next = new Uint32Array(PILES);
  for (let at = 0; at < keys.length; at++) next[(keys[at] >>> shift) & (PILES - 1)]++;
  let start = 0;
  for (let pile = 0; pile < PILES; pile++) {
    const size = next[pile];
    next[pile] = start;
    start += size;
  }
  for (let at = 0; at < keys.length; at++) {
    const to = next[(keys[at] >>> shift) & (PILES - 1)]++;
    intoKeys[to] = keys[at];
    intoNodes[to] = nodes[at];
  }
}

// Plain objects with the same properties: what is found out about one holds for all.
import { at } from './bits';
import { countByGroup, EMPTY, firstByGroup, groupBySlot, hashByGroup, mix, open, slotMask } from './groups';
import { firstEdgeByNode, nameByEdge, plainObjects, propertyType, typeByEdge } from './named-graph';

/** The name of the next property at `edge` or behind that, plus 1, in the high half with the edge behind it; 0 where there is none. */
// @ts-ignore: decorator
@inline
function nextName(edge: u32, end: u32): u64 {
  for (let next = edge; next < end; next++) {
    if (load<u8>(typeByEdge + next) == propertyType) {
      return ((<u64>load<u32>(at(nameByEdge, next)) + 1) << 32) | (next + 1);
    }
  }
  return 0;
}

/**
 * Groups the plain objects among the nodes in [first, last) by the names of their properties, in the order of the edges, and
 * counts them; node → shape. `first` is a multiple of 32.
 */
export function groupShapes(first: u32, last: u32, shapeByNode: usize): void {
  for (let word = first; word < last; word += 32) {
    for (let bits = load<u32>(plainObjects + (word >>> 3)); bits != 0; bits &= bits - 1) {
      const node = word + ctz(bits);
      store<u32>(at(shapeByNode, node), shapeOf(node));
    }
  }
}

function shapeOf(node: u32): u32 {
  const end = load<u32>(at(firstEdgeByNode, node + 1));
  let hash: u32 = 0;
  let found = nextName(load<u32>(at(firstEdgeByNode, node)), end);
  while (found != 0) {
    hash = mix(hash, <u32>(found >> 32));
    found = nextName(<u32>found, end);
  }
  let slot = hash & slotMask;
  let entry = load<u32>(at(groupBySlot, slot));
  while (entry != EMPTY && !hasSameNames(entry - 1, hash, node, end)) {
    slot = (slot + 1) & slotMask;
    entry = load<u32>(at(groupBySlot, slot));
  }
  if (entry == EMPTY) return open(slot, node, hash);
  store<u32>(at(countByGroup, entry - 1), load<u32>(at(countByGroup, entry - 1)) + 1);
  return entry - 1;
}

function hasSameNames(shape: u32, hash: u32, node: u32, end: u32): bool {
  if (load<u32>(at(hashByGroup, shape)) != hash) return false;
  const other = load<u32>(at(firstByGroup, shape));
  const otherEnd = load<u32>(at(firstEdgeByNode, other + 1));
  let own = load<u32>(at(firstEdgeByNode, node));
  let compared = load<u32>(at(firstEdgeByNode, other));
  while (true) {
    const a = nextName(own, end);
    const b = nextName(compared, otherEnd);
    if (a >> 32 != b >> 32) return false;
    if (a == 0) return true;
    own = <u32>a;
    compared = <u32>b;
  }
}

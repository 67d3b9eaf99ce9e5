// Plain objects by their lists of properties: by all of them, since what is found out about one object holds for all of its
// shape; and shapes by those of them that an interface has.
import { at } from './bits';
import { countByGroup, EMPTY, firstByGroup, groupBySlot, hashByGroup, mix, open, slotMask } from './groups';
import { firstEdgeByNode, nameByEdge, plainObjects, propertyType, typeByEdge } from './named-graph';

/** string → one string for each text */
let canonicalByString: usize = 0;
/** string → property number + 1 where an interface has the property, else 0; of the one for its text */
let propertyByString: usize = 0;

export function setProperties(canonical: usize, properties: usize): void {
  canonicalByString = canonical;
  propertyByString = properties;
}

/**
 * Groups the plain objects among the nodes in [first, last) by the names of their properties, in the order of the edges, and
 * counts them; node → shape. `first` is a multiple of 32.
 */
export function groupShapes(first: u32, last: u32, shapeByNode: usize): void {
  for (let word = first; word < last; word += 32) {
    for (let bits = load<u32>(plainObjects + (word >>> 3)); bits != 0; bits &= bits - 1) {
      const node = word + ctz(bits);
      store<u32>(at(shapeByNode, node), groupOf(node, true));
    }
  }
}

/** Groups the shapes in [first, last) by those of their properties that count; shape → group. */
export function groupByProperties(first: u32, last: u32, firstByShape: usize, groupByShape: usize): void {
  for (let shape = first; shape < last; shape++) {
    store<u32>(at(groupByShape, shape), groupOf(load<u32>(at(firstByShape, shape)), false));
  }
}

/** The group of the objects with the same list as this one. */
// @ts-ignore: decorator
@inline
function groupOf(node: u32, allCount: bool): u32 {
  const end = load<u32>(at(firstEdgeByNode, node + 1));
  let hash: u32 = 0;
  let found = nextProperty(load<u32>(at(firstEdgeByNode, node)), end, allCount);
  while (found != 0) {
    hash = mix(hash, <u32>(found >> 32));
    found = nextProperty(<u32>found, end, allCount);
  }
  let slot = hash & slotMask;
  let entry = load<u32>(at(groupBySlot, slot));
  while (entry != EMPTY && !hasSameList(entry - 1, hash, node, allCount)) {
    slot = (slot + 1) & slotMask;
    entry = load<u32>(at(groupBySlot, slot));
  }
  if (entry == EMPTY) return open(slot, node, hash);
  store<u32>(at(countByGroup, entry - 1), load<u32>(at(countByGroup, entry - 1)) + 1);
  return entry - 1;
}

// @ts-ignore: decorator
@inline
function hasSameList(group: u32, hash: u32, node: u32, allCount: bool): bool {
  if (load<u32>(at(hashByGroup, group)) != hash) return false;
  const other = load<u32>(at(firstByGroup, group));
  const end = load<u32>(at(firstEdgeByNode, node + 1));
  const otherEnd = load<u32>(at(firstEdgeByNode, other + 1));
  let own = load<u32>(at(firstEdgeByNode, node));
  let compared = load<u32>(at(firstEdgeByNode, other));
  while (true) {
    const a = nextProperty(own, end, allCount);
    const b = nextProperty(compared, otherEnd, allCount);
    if (a >> 32 != b >> 32) return false;
    if (a == 0) return true;
    own = <u32>a;
    compared = <u32>b;
  }
}

/**
 * The next property at `edge` or behind that counts, in the high half (its name + 1 where all count, else its number + 1) with
 * the edge behind it; 0 where there is none.
 */
// @ts-ignore: decorator
@inline
function nextProperty(edge: u32, end: u32, allCount: bool): u64 {
  for (let next = edge; next < end; next++) {
    if (load<u8>(typeByEdge + next) != propertyType) continue;
    const name = load<u32>(at(nameByEdge, next));
    if (allCount) return ((<u64>name + 1) << 32) | (next + 1);
    const property = load<u32>(at(propertyByString, load<u32>(at(canonicalByString, name))));
    if (property != 0) return (<u64>property << 32) | (next + 1);
  }
  return 0;
}

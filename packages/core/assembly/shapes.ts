// Plain objects by their lists of properties: by all of them, since what is found out about one object holds for all of its
// shape; and shapes by those of them that an interface has.
import { add, at } from './bits';
import { countByGroup, EMPTY, firstByGroup, groupBySlot, groupCount, hashByGroup, mix, open, slotMask } from './groups';
import { firstEdgeByNode, nameByEdge, plainObjects, propertyType, typeByEdge } from './named-graph';

/** string → one string for each text */
let canonicalByString: usize = 0;
/** string → property number + 1 where an interface has the property, else 0; of the one for its text */
let propertyByString: usize = 0;

export function setProperties(canonical: usize, properties: usize): void {
  canonicalByString = canonical;
  propertyByString = properties;
}

/** Place → the last shape of an object whose edges told that place, + 1; a set of strings. */
let recentShapes: usize = 0;
let propertyNames: usize = 0;
const RECENT: u32 = 1024;

/** No shapes yet; groups are those of `startGroups`. `recent` has room for {@link RECENT} entries. */
export function startShapes(recent: usize, names: usize): void {
  recentShapes = recent;
  propertyNames = names;
  memory.fill(recent, 0, <usize>RECENT << 2);
}

/**
 * Groups the plain objects among the nodes in [first, last) by the names of their properties, in the order of the edges, and
 * counts them; node → shape. Adds these names to their set. `first` is a multiple of 32.
 */
export function groupShapes(first: u32, last: u32, shapeByNode: usize): void {
  for (let word = first; word < last; word += 32) {
    for (let bits = load<u32>(plainObjects + (word >>> 3)); bits != 0; bits &= bits - 1) {
      const node = word + ctz(bits);
      store<u32>(at(shapeByNode, node), shapeOf(node));
    }
  }
}

/** Most objects have all edges alike with one before: then nothing is hashed. */
// @ts-ignore: decorator
@inline
function shapeOf(node: u32): u32 {
  const start = load<u32>(at(firstEdgeByNode, node));
  const edges = load<u32>(at(firstEdgeByNode, node + 1)) - start;
  const told = edges == 0 ? 0 : load<u32>(at(nameByEdge, start)) + load<u32>(at(nameByEdge, start + edges - 1));
  const place = at(recentShapes, mix(told, edges) % RECENT);
  const recent = load<u32>(place);
  if (recent != EMPTY && hasSameEdges(load<u32>(at(firstByGroup, recent - 1)), start, edges)) {
    const counter = at(countByGroup, recent - 1);
    store<u32>(counter, load<u32>(counter) + 1);
    return recent - 1;
  }
  const known = groupCount;
  const shape = groupOf(node, true);
  store<u32>(place, shape + 1);
  if (shape == known) {
    for (let edge = start; edge < start + edges; edge++) {
      if (load<u8>(typeByEdge + edge) == propertyType) add(propertyNames, load<u32>(at(nameByEdge, edge)));
    }
  }
  return shape;
}

/** Whether the node has as many edges, of the same types and names. */
// @ts-ignore: decorator
@inline
function hasSameEdges(node: u32, start: u32, edges: u32): bool {
  const other = load<u32>(at(firstEdgeByNode, node));
  if (load<u32>(at(firstEdgeByNode, node + 1)) - other != edges) return false;
  let edge: u32 = 0;
  for (; edge + 4 <= edges; edge += 4) {
    if (load<u32>(typeByEdge + start + edge) != load<u32>(typeByEdge + other + edge)) return false;
    const difference = v128.xor(v128.load(at(nameByEdge, start + edge)), v128.load(at(nameByEdge, other + edge)));
    if (v128.any_true(difference)) return false;
  }
  for (; edge < edges; edge++) {
    if (load<u8>(typeByEdge + start + edge) != load<u8>(typeByEdge + other + edge)) return false;
    if (load<u32>(at(nameByEdge, start + edge)) != load<u32>(at(nameByEdge, other + edge))) return false;
  }
  return true;
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

// Groups of plain objects that join the same interface, by shape.
import { at } from './bits';
import { EMPTY, firstByGroup, groupBySlot, hashByGroup, mix, open, slotMask } from './groups';
import { firstEdgeByNode, nameByEdge, propertyType, typeByEdge } from './named-graph';

/** string → one string for each text */
let canonicalByString: usize = 0;
/** string → property number + 1 where an interface has the property, else 0; of the one for its text */
let propertyByString: usize = 0;

export function setProperties(canonical: usize, properties: usize): void {
  canonicalByString = canonical;
  propertyByString = properties;
}

/** The next property at `edge` or behind that counts, in the high half with the edge behind it; 0 where there is none. */
// @ts-ignore: decorator
@inline
function nextProperty(edge: u32, end: u32): u64 {
  for (let next = edge; next < end; next++) {
    if (load<u8>(typeByEdge + next) != propertyType) continue;
    const name = load<u32>(at(canonicalByString, load<u32>(at(nameByEdge, next))));
    const property = load<u32>(at(propertyByString, name));
    if (property != 0) return (<u64>property << 32) | (next + 1);
  }
  return 0;
}

/** Groups the shapes in [first, last) by those of their properties that count; shape → group. */
export function groupByProperties(first: u32, last: u32, firstByShape: usize, groupByShape: usize): void {
  for (let shape = first; shape < last; shape++) {
    const node = load<u32>(at(firstByShape, shape));
    const end = load<u32>(at(firstEdgeByNode, node + 1));
    let hash: u32 = 0;
    let found = nextProperty(load<u32>(at(firstEdgeByNode, node)), end);
    while (found != 0) {
      hash = mix(hash, <u32>(found >> 32));
      found = nextProperty(<u32>found, end);
    }
    let slot = hash & slotMask;
    let entry = load<u32>(at(groupBySlot, slot));
    while (entry != EMPTY && !hasSameProperties(entry - 1, hash, node)) {
      slot = (slot + 1) & slotMask;
      entry = load<u32>(at(groupBySlot, slot));
    }
    store<u32>(at(groupByShape, shape), entry == EMPTY ? open(slot, node, hash) : entry - 1);
  }
}

function hasSameProperties(group: u32, hash: u32, node: u32): bool {
  if (load<u32>(at(hashByGroup, group)) != hash) return false;
  const other = load<u32>(at(firstByGroup, group));
  const end = load<u32>(at(firstEdgeByNode, node + 1));
  const otherEnd = load<u32>(at(firstEdgeByNode, other + 1));
  let own = load<u32>(at(firstEdgeByNode, node));
  let compared = load<u32>(at(firstEdgeByNode, other));
  while (true) {
    const a = nextProperty(own, end);
    const b = nextProperty(compared, otherEnd);
    if (a >> 32 != b >> 32) return false;
    if (a == 0) return true;
    own = <u32>a;
    compared = <u32>b;
  }
}

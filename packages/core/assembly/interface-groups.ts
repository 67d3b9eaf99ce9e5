// Groups of plain objects that join the same interface.
import { at, has } from './bits';
import { EMPTY, firstByGroup, groupBySlot, hashByGroup, mix, open, slotMask } from './groups';
import { firstEdgeByNode, nameByEdge, plainObjects, propertyType, typeByEdge } from './named-graph';

/** string → property number + 1 where an interface has the property, else 0 */
let propertyByString: usize = 0;

export function setProperties(properties: usize): void {
  propertyByString = properties;
}

/** The next property at `edge` or behind that counts, in the high half with the edge behind it; 0 where there is none. */
// @ts-ignore: decorator
@inline
function nextProperty(edge: u32, end: u32): u64 {
  for (let next = edge; next < end; next++) {
    if (load<u8>(typeByEdge + next) != propertyType) continue;
    const property = load<u32>(at(propertyByString, load<u32>(at(nameByEdge, next))));
    if (property != 0) return (<u64>property << 32) | (next + 1);
  }
  return 0;
}

/** Groups the plain objects among the nodes in [first, last) by their properties that count; node → group. */
export function groupByProperties(first: u32, last: u32, groupByNode: usize): void {
  for (let node = first; node < last; node++) {
    if (!has(plainObjects, node)) continue;
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
    store<u32>(at(groupByNode, node), entry == EMPTY ? open(slot, node, hash) : entry - 1);
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

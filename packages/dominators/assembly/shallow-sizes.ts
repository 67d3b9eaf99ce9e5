// The kernel of core's shallow-sizes.ts.
import { at, has } from '@heapstream/core/assembly/bits';
import { firstEdgeOf, nodeCount, root, targetOf, typeOf, weak } from './graph';

const NO_OWNER: u32 = 0;
const MANY_OWNERS: u32 = 0xffffffff;

let ownable: usize = 0;
let ownerByNode: usize = 0;
/** Room for every ownable node twice. */
let stack: usize = 0;

export function startOwners(ownableSet: usize, owners: usize, stackMemory: usize): void {
  ownable = ownableSet;
  ownerByNode = owners;
  stack = stackMemory;
  memory.fill(owners, 0, <usize>nodeCount << 2);
}

/** Searches from those of the nodes in [first, last) that own themselves. */
export function findOwners(first: u32, last: u32): void {
  for (let owner = first; owner < last; owner++) {
    if (has(ownable, owner)) continue;
    const source = owner + 1;
    let node = owner;
    let depth: u32 = 0;
    while (true) {
      // a node that turned out to have many owners passes that on
      const passed = node == owner ? source : load<u32>(at(ownerByNode, node));
      const end = firstEdgeOf(node + 1);
      for (let edge = firstEdgeOf(node); edge < end; edge++) {
        const target = targetOf(edge);
        if (!has(ownable, target) || typeOf(edge) == weak) continue;
        const place = at(ownerByNode, target);
        const known = load<u32>(place);
        if (known == passed || known == MANY_OWNERS) continue;
        store<u32>(place, known == NO_OWNER ? passed : MANY_OWNERS);
        store<u32>(at(stack, depth++), target);
      }
      if (depth == 0) break;
      node = load<u32>(at(stack, --depth));
    }
  }
}

/**
 * Moves the sizes of the nodes in [first, last) to their owners, in a copy of the self sizes; returns the first node
 * whose owner's size would exceed 32 bits, where it stops, or `last`.
 */
export function moveSizes(
  first: u32,
  last: u32,
  selfSizeByNode: usize,
  sizeByNode: usize,
  typeByNode: usize,
  synthetic: u32,
): u32 {
  for (let node = first; node < last; node++) {
    const known = load<u32>(at(ownerByNode, node));
    if (known == NO_OWNER || known == MANY_OWNERS) continue;
    const owner = known - 1;
    if (owner == root || load<u8>(typeByNode + owner) == synthetic) continue;
    const size = <u64>load<u32>(at(sizeByNode, owner)) + load<u32>(at(selfSizeByNode, node));
    if (size > u32.MAX_VALUE) return node;
    store<u32>(at(sizeByNode, owner), <u32>size);
    store<u32>(at(sizeByNode, node), 0);
  }
  return last;
}

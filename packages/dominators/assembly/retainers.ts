// The kernel of retainers.ts, for parts of the nodes that several threads work on.
import { at } from '@heapstream/core/assembly/bits';
import { firstEdgeOf, isEssential, targetOf } from './graph';

const NOT_ESSENTIAL: u32 = 0x80000000;

/** Counts the edges in [first, last) by their targets, in a column that is zero before. */
export function countRetainers(first: u32, last: u32, counts: usize): void {
  for (let edge = first; edge < last; edge++) {
    const counter = at(counts, targetOf(edge));
    store<u32>(counter, load<u32>(counter) + 1);
  }
}

/**
 * Turns the counts of the nodes in [first, last) into ends, from `before` on: each list has the entries of the first part
 * first. `parts`: addresses of `partCount` columns. Returns the last end.
 */
export function sumRetainers(first: u32, last: u32, before: u32, parts: usize, partCount: u32): u32 {
  let end = before;
  for (let node = first; node < last; node++) {
    for (let part: u32 = 0; part < partCount; part++) {
      const counter = at(load<u32>(at(parts, part)), node);
      end += load<u32>(counter);
      store<u32>(counter, end);
    }
  }
  return end;
}

/**
 * Enters the edges of the nodes in [first, last), the last first: calls of a part go backwards. Ends become starts. An entry
 * is the source's ordinal, or its number in a depth-first order where `numberByNode` is not 0.
 */
export function fillRetainers(
  first: u32,
  last: u32,
  ends: usize,
  retainerEntries: usize,
  numberByNode: usize,
): void {
  for (let node = last; node-- > first; ) {
    const source = numberByNode == 0 ? node : load<u32>(at(numberByNode, node));
    const start = firstEdgeOf(node);
    for (let edge = firstEdgeOf(node + 1); edge-- > start; ) {
      const target = targetOf(edge);
      const counter = at(ends, target);
      const entry = load<u32>(counter) - 1;
      store<u32>(counter, entry);
      store<u32>(at(retainerEntries, entry), isEssential(node, edge, target) ? source : source | NOT_ESSENTIAL);
    }
  }
}

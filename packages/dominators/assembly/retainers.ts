// The kernel of retainers.ts.
import { at } from './bits';
import { firstEdgeOf, isEssential, nodeCount, targetOf } from './graph';

const NOT_ESSENTIAL: u32 = 0x80000000;

let firstRetainerByNode: usize = 0;
let retainerEntries: usize = 0;

export function startRetainers(firstRetainers: usize, entries: usize): void {
  firstRetainerByNode = firstRetainers;
  retainerEntries = entries;
  memory.fill(firstRetainers, 0, (<usize>nodeCount + 1) << 2);
}

/** Counts the edges in [first, last) by their targets. */
export function countRetainers(first: u32, last: u32): void {
  for (let edge = first; edge < last; edge++) {
    const counter = at(firstRetainerByNode, targetOf(edge));
    store<u32>(counter, load<u32>(counter) + 1);
  }
}

/** Turns counts into ends of lists. */
export function sumRetainers(): void {
  let end: u32 = 0;
  for (let node: u32 = 0; node < nodeCount; node++) {
    const counter = at(firstRetainerByNode, node);
    end += load<u32>(counter);
    store<u32>(counter, end);
  }
  store<u32>(at(firstRetainerByNode, nodeCount), end);
}

/** Enters the edges of the nodes in [first, last), the last first: calls go backwards. */
export function fillRetainers(first: u32, last: u32): void {
  for (let node = last; node-- > first; ) {
    const start = firstEdgeOf(node);
    for (let edge = firstEdgeOf(node + 1); edge-- > start; ) {
      const target = targetOf(edge);
      const counter = at(firstRetainerByNode, target);
      const entry = load<u32>(counter) - 1;
      store<u32>(counter, entry);
      store<u32>(at(retainerEntries, entry), isEssential(node, edge, target) ? node : node | NOT_ESSENTIAL);
    }
  }
}

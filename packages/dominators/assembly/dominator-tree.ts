// The kernels of dominator-tree.ts and retained-sizes.ts.
import { at } from '@heapstream/core/assembly/bits';
import { root } from './graph';

/** Counts what each node dominates, among the nodes in [first, last). */
export function countDominated(first: u32, last: u32, dominatorByNode: usize, firstDominatedByNode: usize): void {
  for (let node = first; node < last; node++) {
    if (node == root) continue;
    const counter = at(firstDominatedByNode, load<u32>(at(dominatorByNode, node)));
    store<u32>(counter, load<u32>(counter) + 1);
  }
}

/** Turns the counts of the nodes in [first, last) into ends of lists, from `before` on; returns the last end. */
export function sumDominated(first: u32, last: u32, before: u32, firstDominatedByNode: usize): u32 {
  let end = before;
  for (let node = first; node < last; node++) {
    const counter = at(firstDominatedByNode, node);
    end += load<u32>(counter);
    store<u32>(counter, end);
  }
  return end;
}

/** Enters the nodes in [first, last), the last first: calls go backwards. */
export function fillDominated(
  first: u32,
  last: u32,
  dominatorByNode: usize,
  firstDominatedByNode: usize,
  dominatedNodes: usize,
): void {
  for (let node = last; node-- > first; ) {
    if (node == root) continue;
    const counter = at(firstDominatedByNode, load<u32>(at(dominatorByNode, node)));
    const entry = load<u32>(counter) - 1;
    store<u32>(counter, entry);
    store<u32>(at(dominatedNodes, entry), node);
  }
}

/** Adds the retained sizes of the numbers in [first, last) to their dominators', the last first: calls go backwards. */
export function addToDominators(
  first: u32,
  last: u32,
  nodeByNumber: usize,
  dominatorByNode: usize,
  retainedSizeByNode: usize,
): void {
  for (let number = last; number-- > first; ) {
    const node = load<u32>(at(nodeByNumber, number));
    const sum = retainedSizeByNode + (<usize>load<u32>(at(dominatorByNode, node)) << 3);
    store<f64>(sum, load<f64>(sum) + load<f64>(retainedSizeByNode + (<usize>node << 3)));
  }
}

/** Shallow sizes of 32 bits as doubles, for the nodes in [first, last). */
export function widenSizes(first: u32, last: u32, shallowSizeByNode: usize, retainedSizeByNode: usize): void {
  for (let node = first; node < last; node++) {
    store<f64>(retainedSizeByNode + (<usize>node << 3), <f64>load<u32>(at(shallowSizeByNode, node)));
  }
}

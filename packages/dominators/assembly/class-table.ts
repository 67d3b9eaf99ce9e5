// The kernels of class-table.ts.
import { at } from '@heapstream/core/assembly/bits';

const UNREACHED: u32 = 0xffffffff;
/** On a stack entry that stands for leaving a node; ordinals stay below 2³¹. */
const LEAVE: u32 = 0x80000000;

let classByNode: usize = 0;
let shallowSizeByNode: usize = 0;

export function startClassTable(classes: usize, shallowSizes: usize): void {
  classByNode = classes;
  shallowSizeByNode = shallowSizes;
}

/** Adds the nodes in [first, last) to the figures of their classes. `hasUnreached`: a byte a class. */
export function addToClasses(
  first: u32,
  last: u32,
  distanceByNode: usize,
  countByClass: usize,
  shallowSizeByClass: usize,
  distanceByClass: usize,
  hasUnreached: usize,
): void {
  for (let node = first; node < last; node++) {
    const size = load<u32>(at(shallowSizeByNode, node));
    if (size == 0) continue;
    const ofClass = load<u32>(at(classByNode, node));
    store<u32>(at(countByClass, ofClass), load<u32>(at(countByClass, ofClass)) + 1);
    const sum = shallowSizeByClass + (<usize>ofClass << 3);
    store<f64>(sum, load<f64>(sum) + <f64>size);
    const distance = load<u32>(at(distanceByNode, node));
    if (distance == UNREACHED) store<u8>(hasUnreached + ofClass, 1);
    else if (distance < load<u32>(at(distanceByClass, ofClass))) store<u32>(at(distanceByClass, ofClass), distance);
  }
}

let retainedSizeByNode: usize = 0;
let firstDominatedByNode: usize = 0;
let dominatedNodes: usize = 0;
let retainedSizeByClass: usize = 0;
/** A byte a class: a member is open further up. */
let isOpen: usize = 0;
/** Room for two entries a node. */
let stack: usize = 0;
let depth: u32 = 0;

export function startRetainedByClass(
  retainedSizes: usize,
  firstDominated: usize,
  dominated: usize,
  byClass: usize,
  open: usize,
  stackMemory: usize,
  root: u32,
): void {
  retainedSizeByNode = retainedSizes;
  firstDominatedByNode = firstDominated;
  dominatedNodes = dominated;
  retainedSizeByClass = byClass;
  isOpen = open;
  stack = stackMemory;
  depth = 1;
  store<u32>(stack, root);
}

/** Walks on over so many stack entries and a few more; true at the end. */
export function walkTree(budget: u32): bool {
  for (let left: i32 = budget; depth > 0; left--) {
    if (left < 0) return false;
    const entry = load<u32>(at(stack, --depth));
    const node = entry & ~LEAVE;
    const ofClass = load<u32>(at(classByNode, node));
    if (entry >= LEAVE) {
      store<u8>(isOpen + ofClass, 0);
      continue;
    }
    const first = load<u32>(at(firstDominatedByNode, node));
    const end = load<u32>(at(firstDominatedByNode, node + 1));
    if (load<u8>(isOpen + ofClass) == 0 && load<u32>(at(shallowSizeByNode, node)) > 0) {
      const sum = retainedSizeByClass + (<usize>ofClass << 3);
      store<f64>(sum, load<f64>(sum) + load<f64>(retainedSizeByNode + (<usize>node << 3)));
      if (first < end) {
        store<u8>(isOpen + ofClass, 1);
        store<u32>(at(stack, depth++), node | LEAVE);
      }
    }
    for (let i = first; i < end; i++) {
      const child = load<u32>(at(dominatedNodes, i));
      if (load<u32>(at(firstDominatedByNode, child)) != load<u32>(at(firstDominatedByNode, child + 1))) {
        store<u32>(at(stack, depth++), child);
        continue;
      }
      // most nodes dominate nothing, and retain their own size; no stack, and no waiting for the one before
      const size = load<u32>(at(shallowSizeByNode, child));
      const ofChild = load<u32>(at(classByNode, child));
      if (size == 0 || load<u8>(isOpen + ofChild) != 0) continue;
      const sum = retainedSizeByClass + (<usize>ofChild << 3);
      store<f64>(sum, load<f64>(sum) + <f64>size);
    }
    left -= end - first;
  }
  return true;
}

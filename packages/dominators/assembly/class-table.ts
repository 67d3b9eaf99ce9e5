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
): void {
  retainedSizeByNode = retainedSizes;
  firstDominatedByNode = firstDominated;
  dominatedNodes = dominated;
  retainedSizeByClass = byClass;
  isOpen = open;
  stack = stackMemory;
  depth = 0;
}

// @ts-ignore: decorator
@inline
function retainedSize(node: u32): f64 {
  return load<f64>(retainedSizeByNode + (<usize>node << 3));
}

/**
 * Writes the root and, as long as one node holds more than half of all, that one of those that the last one dominates; returns
 * how many, at most `limit`.
 */
export function findHeavyPath(root: u32, path: usize, limit: u32): u32 {
  const half = retainedSize(root) / 2;
  let count: u32 = 0;
  for (let node = root; count < limit; ) {
    store<u32>(at(path, count++), node);
    let heavy = node;
    const end = load<u32>(at(firstDominatedByNode, node + 1));
    for (let entry = load<u32>(at(firstDominatedByNode, node)); entry < end; entry++) {
      const dominated = load<u32>(at(dominatedNodes, entry));
      if (retainedSize(dominated) <= half) continue;
      heavy = dominated;
      break;
    }
    if (heavy == node) break;
    node = heavy;
  }
  return count;
}

/** An entry of what the nodes of a path dominate: those before it hold about half of what hangs off the path. */
let cutEntry: u32 = 0;

export function entryOfCut(): u32 {
  return cutEntry;
}

/** The place in the path of the node whose entries the cut goes through. */
export function cutPath(path: usize, count: u32): u32 {
  const half = retainedSize(load<u32>(path)) / 2;
  let sum: f64 = 0;
  for (let place: u32 = 0; place < count; place++) {
    const node = load<u32>(at(path, place));
    const onPath = place + 1 < count ? load<u32>(at(path, place + 1)) : node;
    const end = load<u32>(at(firstDominatedByNode, node + 1));
    for (cutEntry = load<u32>(at(firstDominatedByNode, node)); cutEntry < end; cutEntry++) {
      const dominated = load<u32>(at(dominatedNodes, cutEntry));
      if (dominated == onPath) continue;
      sum += retainedSize(dominated);
      if (sum > half) return place;
    }
  }
  return count - 1;
}

/** Opens the class of a node for good, and counts the node if `counts` and no other of its class is open. */
export function enterNode(node: u32, counts: bool): void {
  const ofClass = load<u32>(at(classByNode, node));
  if (load<u8>(isOpen + ofClass) != 0 || load<u32>(at(shallowSizeByNode, node)) == 0) return;
  store<u8>(isOpen + ofClass, 1);
  const sum = retainedSizeByClass + (<usize>ofClass << 3);
  if (counts) store<f64>(sum, load<f64>(sum) + retainedSize(node));
}

/** Walks down to the nodes of entries in [first, end) but one; what they dominate is left for `walkTree`. */
export function walkDown(first: u32, end: u32, left: u32): void {
  for (let entry = first; entry < end; entry++) {
    const node = load<u32>(at(dominatedNodes, entry));
    if (node == left) continue;
    if (load<u32>(at(firstDominatedByNode, node)) != load<u32>(at(firstDominatedByNode, node + 1))) {
      store<u32>(at(stack, depth++), node);
      continue;
    }
    // most nodes dominate nothing, and retain their own size; no stack, and no waiting for the one before
    const size = load<u32>(at(shallowSizeByNode, node));
    const ofClass = load<u32>(at(classByNode, node));
    if (size == 0 || load<u8>(isOpen + ofClass) != 0) continue;
    const sum = retainedSizeByClass + (<usize>ofClass << 3);
    store<f64>(sum, load<f64>(sum) + <f64>size);
  }
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
      store<f64>(sum, load<f64>(sum) + retainedSize(node));
      if (first < end) {
        store<u8>(isOpen + ofClass, 1);
        store<u32>(at(stack, depth++), node | LEAVE);
      }
    }
    walkDown(first, end, node);
    left -= end - first;
  }
  return true;
}

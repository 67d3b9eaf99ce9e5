// The depth-first search of depth-first-order.ts, which finds on its way what the page owns (page-owned.ts).
import { add, at, has } from '@heapstream/core/assembly/bits';
import {
  countsOutsidePages,
  firstEdgeOf,
  isEssential,
  missingFrom,
  nodeCount,
  pageOwned,
  root,
  shortcut,
  tableEdgeCount,
  tableEdges,
  targetOf,
  typeOf,
  weak,
} from './graph';

const NO_NUMBER: u32 = 0xffffffff;

let reached: usize = 0;
let numberByNode: usize = 0;
let nodeByNumber: usize = 0;
let parentByNumber: usize = 0;
/** Levels above the one that is searched, of {@link LEVEL_BYTES} each: a number, and edges from one up to another that are left there. */
let levels: usize = 0;
let levelCount: u32 = 0;
const LEVEL_BYTES: usize = 12;

let count: u32 = 0;
/** Where the search stands, between two calls. */
let number: u32 = 0;
let edge: u32 = 0;
let end: u32 = 0;
/** While the page is searched, its nodes are not known; afterwards edges into it are looked at twice. */
let isInPage: bool = false;
/** Something that the page owns may have been passed over. */
let isPageOpen: bool = false;
/** Something in the page points to the root. */
let ownsRoot: bool = false;

/** Nothing is reached yet but the root, which has number 0. `reachedSet` is empty; `levelStack` has three entries for each node. */
export function startSearch(
  reachedSet: usize,
  numbers: usize,
  nodes: usize,
  parents: usize,
  levelStack: usize,
): void {
  reached = reachedSet;
  numberByNode = numbers;
  nodeByNumber = nodes;
  parentByNumber = parents;
  levels = levelStack;
  levelCount = 0;
  count = 0;
  isInPage = false;
  isPageOpen = false;
  ownsRoot = false;
  take(root, 0);
}

/** Nodes that have a number. */
export function searchedCount(): u32 {
  return count;
}

function take(node: u32, parent: u32): void {
  add(reached, node);
  store<u32>(at(parentByNumber, count), parent);
  store<u32>(at(numberByNode, node), count);
  store<u32>(at(nodeByNumber, count), node);
  number = count++;
  edge = firstEdgeOf(node);
  end = firstEdgeOf(node + 1);
}

/** Begins below the root; false where the node is reached already. */
export function enterSearch(node: u32, inPage: bool): bool {
  isInPage = inPage;
  if (has(reached, node)) {
    if (inPage && node == root) ownsRoot = true;
    return false;
  }
  take(node, 0);
  return true;
}

/** Goes on, over so many edges and a few more; true when there is nothing left below where it began. */
export function search(edgeBudget: u32): bool {
  return isInPage ? searchBelow(edgeBudget, true) : searchBelow(edgeBudget, false);
}

// twice, so that neither asks at every edge what is searched
// @ts-ignore: decorator
@inline
function searchBelow(edgeBudget: u32, inPage: bool): bool {
  let left: i32 = edgeBudget;
  // the state of the module is memory, these are registers
  let own = number;
  let next = edge;
  let last = end;
  do {
    const first = next;
    let found: u32 = root;
    for (; next < last; next++) {
      const target = targetOf(next);
      if (has(reached, target)) {
        if (inPage && target == root && typeOf(next) != weak) ownsRoot = true;
        continue;
      }
      const source = load<u32>(at(nodeByNumber, own));
      if (inPage ? countsOutsidePages(source, next, target) : isEssential(source, next, target)) {
        found = target;
        break;
      }
      // the page owns what it reaches over such edges, too
      if (inPage && typeOf(next) == shortcut) isPageOpen = true;
    }
    left -= next - first + 1;
    if (found != root) {
      // nothing is left at a level whose last edge it takes
      if (++next < last) {
        const level = levels + <usize>levelCount * LEVEL_BYTES;
        store<u32>(level, own);
        store<u32>(level, next, 4);
        store<u32>(level, last, 8);
        levelCount++;
      }
      take(found, own);
      own = number;
      next = edge;
      last = end;
    } else {
      if (levelCount == 0) return true;
      const level = levels + <usize>--levelCount * LEVEL_BYTES;
      own = load<u32>(level);
      next = load<u32>(level, 4);
      last = load<u32>(level, 8);
    }
  } while (left >= 0);
  number = own;
  edge = next;
  end = last;
  return false;
}

/** Numbers of nodes that the search did not reach are `NO_NUMBER`. */
export function endSearch(): void {
  for (let first: u32 = 0; first < nodeCount; first += 32) {
    for (let rest = missingFrom(load<u32>(reached + (first >>> 3)), first); rest != 0; rest &= rest - 1) {
      store<u32>(at(numberByNode, first + ctz(rest)), NO_NUMBER);
    }
  }
}

/**
 * What the search below the page's roots has reached is the page's; adds what only edges reach that are not essential.
 * `stack` has room for all nodes. The root belongs to the page only where something in the page points to it.
 */
export function closePage(stack: usize): void {
  memory.copy(pageOwned, reached, (<usize>((nodeCount + 31) >>> 5)) << 2);
  const word = pageOwned + ((root >>> 5) << 2);
  store<u32>(word, load<u32>(word) & ~(1 << (root & 31)));
  let depth: u32 = 0;
  if (ownsRoot) {
    add(pageOwned, root);
    store<u32>(at(stack, depth++), root);
  }
  for (let i: u32 = 0; i < tableEdgeCount; i++) {
    const tableEdge = load<u32>(at(tableEdges, i));
    const target = targetOf(tableEdge);
    if (has(pageOwned, target) || !has(pageOwned, sourceOf(tableEdge))) continue;
    add(pageOwned, target);
    store<u32>(at(stack, depth++), target);
  }
  if (isPageOpen) {
    for (let i: u32 = 1; i < count; i++) depth = enterTargets(load<u32>(at(nodeByNumber, i)), stack, depth);
  }
  while (depth > 0) depth = enterTargets(load<u32>(at(stack, depth - 1)), stack, depth - 1);
}

function enterTargets(node: u32, stack: usize, depth: u32): u32 {
  const last = firstEdgeOf(node + 1);
  for (let i = firstEdgeOf(node); i < last; i++) {
    const target = targetOf(i);
    if (typeOf(i) == weak || has(pageOwned, target)) continue;
    add(pageOwned, target);
    store<u32>(at(stack, depth++), target);
  }
  return depth;
}

/** The last node whose first edge is not behind the given one. */
function sourceOf(ofEdge: u32): u32 {
  let low: u32 = 0;
  let high = nodeCount;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (firstEdgeOf(middle) <= ofEdge) low = middle;
    else high = middle;
  }
  return low;
}

/** Adds to `held` what the nodes that are not reached hold with essential edges: nothing that is reached does. */
export function markHeld(held: usize): void {
  for (let first: u32 = 0; first < nodeCount; first += 32) {
    for (let rest = missingFrom(load<u32>(reached + (first >>> 3)), first); rest != 0; rest &= rest - 1) {
      const node = first + ctz(rest);
      const last = firstEdgeOf(node + 1);
      for (let i = firstEdgeOf(node); i < last; i++) {
        const target = targetOf(i);
        if (isEssential(node, i, target)) add(held, target);
      }
    }
  }
}

/** The next node from `from` on that nothing reaches and nothing holds; as many as there are nodes where there is none. */
export function nextOrphan(from: u32, held: usize): u32 {
  for (let first = from & ~31; first < nodeCount; first += 32) {
    const word = first >>> 3;
    let rest = missingFrom(load<u32>(reached + word) | load<u32>(held + word), first);
    if (first < from) rest &= -1 << (from & 31);
    if (rest != 0) return first + ctz(rest);
  }
  return nodeCount;
}

// The depth-first search of depth-first-order.ts, which finds on its way what the page owns (page-owned.ts).
import { add, at, has } from '@heapstream/core/assembly/bits';
import {
  countsOutsidePages,
  firstEdgeOf,
  isEssential,
  mayEnterPage,
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

let reached: usize = 0;
let numberByNode: usize = 0;
let nodeByNumber: usize = 0;
let parentByNumber: usize = 0;
/** number → edge at which the search goes on there */
let nextEdgeByNumber: usize = 0;

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

/** Nothing is reached yet but the root, which has number 0. `reachedSet` is empty. */
export function startSearch(
  reachedSet: usize,
  numbers: usize,
  nodes: usize,
  parents: usize,
  nextEdges: usize,
): void {
  reached = reachedSet;
  numberByNode = numbers;
  nodeByNumber = nodes;
  parentByNumber = parents;
  nextEdgeByNumber = nextEdges;
  memory.fill(numberByNode, 0xff, <usize>nodeCount << 2);
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
  return isInPage ? searchPage(edgeBudget) : searchRest(edgeBudget);
}

function searchPage(edgeBudget: u32): bool {
  let left: i32 = edgeBudget;
  do {
    const source = load<u32>(at(nodeByNumber, number));
    const start = edge;
    let next: u32 = root;
    while (edge < end) {
      const target = targetOf(edge);
      if (!has(reached, target)) {
        if (countsOutsidePages(source, edge, target)) {
          next = target;
          break;
        }
        // the page owns what it reaches over such edges, too
        if (typeOf(edge) == shortcut) isPageOpen = true;
      } else if (target == root && typeOf(edge) != weak) ownsRoot = true;
      edge++;
    }
    left -= edge - start + 1;
    if (next != root) {
      store<u32>(at(nextEdgeByNumber, number), edge + 1);
      take(next, number);
    } else if (!leave()) return true;
  } while (left >= 0);
  return false;
}

function searchRest(edgeBudget: u32): bool {
  let left: i32 = edgeBudget;
  do {
    const source = load<u32>(at(nodeByNumber, number));
    const start = edge;
    let next: u32 = root;
    while (edge < end) {
      const target = targetOf(edge);
      if (!has(reached, target) && isEssential(source, edge, target)) {
        next = target;
        break;
      }
      edge++;
    }
    left -= edge - start + 1;
    if (next != root) {
      store<u32>(at(nextEdgeByNumber, number), edge + 1);
      take(next, number);
    } else if (!leave()) return true;
  } while (left >= 0);
  return false;
}

/** Goes back to the parent; false where that is the root. */
function leave(): bool {
  number = load<u32>(at(parentByNumber, number));
  if (number == 0) return false;
  edge = load<u32>(at(nextEdgeByNumber, number));
  end = firstEdgeOf(load<u32>(at(nodeByNumber, number)) + 1);
  return true;
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

/** Of the 32 nodes of a word, those that there are and that are not in the sets: most often none. */
// @ts-ignore: decorator
@inline
function missingFrom(words: u32, first: u32): u32 {
  return nodeCount - first < 32 ? ~words & ((1 << (nodeCount - first)) - 1) : ~words;
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

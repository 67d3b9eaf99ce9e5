// The kernel of distances.ts and frontier.ts.
import { add, at, has } from '@heapstream/core/assembly/bits';
import { firstEdgeOf, missingFrom, nodeCount, targetOf, typeOf, weak } from './graph';

/** Whether the search follows an edge of a node that has exceptions: see `distance-exceptions.ts`. */
// @ts-ignore: decorator
@external("distances", "isFollowed")
declare function isFollowed(edge: u32): i32;

const UNREACHED: u32 = 0xffffffff;

let distanceByNode: usize = 0;
let reached: usize = 0;
/** Nodes whose edges are asked about. */
let exceptions: usize = 0;
let hasExceptions: bool = false;

/** A level is a list of so many nodes at most, or a set: its place, and how often nodes were added. */
let listCapacity: u32 = 0;
let list: usize = 0;
let set: usize = 0;
let levelCount: u32 = 0;
let foundList: usize = 0;
let foundSet: usize = 0;
let foundCount: u32 = 0;
/** Where the level is: a place in the list, or a word of the set and what is left of it. */
let cursor: u32 = 0;
let bits: u32 = 0;
let distance: u32 = 0;

export function startDistances(
  distances: usize,
  reachedSet: usize,
  exceptionSet: usize,
  isAnyException: bool,
  capacity: u32,
  firstList: usize,
  firstSet: usize,
  secondList: usize,
  secondSet: usize,
): void {
  distanceByNode = distances;
  reached = reachedSet;
  exceptions = exceptionSet;
  hasExceptions = isAnyException;
  listCapacity = capacity;
  list = firstList;
  set = firstSet;
  levelCount = 0;
  foundList = secondList;
  foundSet = secondSet;
  foundCount = 0;
  cursor = 0;
  bits = 0;
}

/** Puts a node into the level to come, which has that distance. */
export function addStart(node: u32, startDistance: u32): void {
  distance = startDistance - 1;
  find(node);
}

function find(node: u32): void {
  add(reached, node);
  if (foundCount < listCapacity) {
    store<u32>(at(foundList, foundCount++), node);
    return;
  }
  if (foundCount == listCapacity) {
    for (let i: u32 = 0; i < listCapacity; i++) add(foundSet, load<u32>(at(foundList, i)));
  }
  add(foundSet, node);
  foundCount++;
}

function advance(): bool {
  const emptiedList = list;
  const emptiedSet = set;
  list = foundList;
  set = foundSet;
  levelCount = foundCount;
  foundList = emptiedList;
  foundSet = emptiedSet;
  foundCount = 0;
  cursor = 0;
  bits = 0;
  distance++;
  return levelCount > 0;
}

/** The next node of the level; as many as there are nodes at its end. */
// @ts-ignore: decorator
@inline
function next(): u32 {
  if (levelCount <= listCapacity) {
    return cursor < levelCount ? load<u32>(at(list, cursor++)) : nodeCount;
  }
  const words = (nodeCount + 31) >>> 5;
  while (bits == 0) {
    if (cursor == words) return nodeCount;
    const word = at(set, cursor++);
    bits = load<u32>(word);
    // the level after the next one starts empty
    if (bits != 0) store<u32>(word, 0);
  }
  const node = ((cursor - 1) << 5) + ctz(bits);
  bits &= bits - 1;
  return node;
}

/** Searches on, over so many edges and a few more; true when nothing is left. */
export function searchLevels(edgeBudget: u32): bool {
  let left: i32 = edgeBudget;
  do {
    const node = next();
    if (node == nodeCount) {
      if (!advance()) return true;
      continue;
    }
    store<u32>(at(distanceByNode, node), distance);
    const first = firstEdgeOf(node);
    const end = firstEdgeOf(node + 1);
    if (hasExceptions && has(exceptions, node)) {
      for (let edge = first; edge < end; edge++) {
        const target = targetOf(edge);
        if (!has(reached, target) && typeOf(edge) != weak && isFollowed(edge) != 0) find(target);
      }
    } else {
      for (let edge = first; edge < end; edge++) {
        const target = targetOf(edge);
        if (!has(reached, target) && typeOf(edge) != weak) find(target);
      }
    }
    left -= end - first + 1;
  } while (left >= 0);
  return false;
}

/** Nodes that the search did not reach are `UNREACHED`. */
export function endDistances(): void {
  for (let first: u32 = 0; first < nodeCount; first += 32) {
    for (let rest = missingFrom(load<u32>(reached + (first >>> 3)), first); rest != 0; rest &= rest - 1) {
      store<u32>(at(distanceByNode, first + ctz(rest)), UNREACHED);
    }
  }
}

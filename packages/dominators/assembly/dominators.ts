// The kernels of semidominators.ts and dominators.ts; names and comments there.
import { at } from '@heapstream/core/assembly/bits';
import { firstEdgeOf, isEssential, targetOf } from './graph';

const NOT_ESSENTIAL: u32 = 0x80000000;
const NO_NUMBER: u32 = 0xffffffff;
const NOTHING_LOWER: u32 = 0xffffffff;
const MANY_RETAINERS: u32 = 1024;
const GAIN: u32 = 4;
/** Entries that are looked at together. */
const SKIP: u32 = 4;

let count: u32 = 0;
let numberByNode: usize = 0;
let nodeByNumber: usize = 0;
let parentByNumber: usize = 0;
let firstRetainerByNode: usize = 0;
let retainerEntries: usize = 0;
/** Whether they are numbers already. */
let areNumbered: bool = false;
/** Pairs: an ancestor, and the least semidominator up to, exclusively, there. */
let forest: usize = 0;
let semidominatorByNumber: usize = 0;
/** Pairs of a number and its semidominator, descending numbers and ascending semidominators. */
let lower: usize = 0;
let lowerCount: u32 = 0;

export function startDominators(
  numbered: u32,
  numbers: usize,
  nodes: usize,
  parents: usize,
  firstRetainers: usize,
  entries: usize,
  numberedEntries: bool,
  forestPairs: usize,
  semidominators: usize,
  lowerPairs: usize,
): void {
  count = numbered;
  numberByNode = numbers;
  nodeByNumber = nodes;
  parentByNumber = parents;
  firstRetainerByNode = firstRetainers;
  retainerEntries = entries;
  areNumbered = numberedEntries;
  forest = forestPairs;
  semidominatorByNumber = semidominators;
  lower = lowerPairs;
  lowerCount = 0;
}

/** Links the numbers in [first, last) to nothing but their parents. */
export function startForest(first: u32, last: u32): void {
  for (let number = first; number < last; number++) {
    store<u32>(pair(number), load<u32>(at(parentByNumber, number)));
  }
}

// @ts-ignore: decorator
@inline
function pair(number: u32): usize {
  return forest + (<usize>number << 3);
}

/** Semidominators of the numbers in [first, last), the last first: calls go backwards down to 1. */
export function findSemidominators(first: u32, last: u32): void {
  for (let number = last; number-- > first; ) {
    const least = semidominatorOf(number);
    store<u32>(at(semidominatorByNumber, number), least);
    store<u32>(pair(number), least, 4);
    while (lowerCount > 0 && load<u32>(lower + (<usize>(lowerCount - 1) << 3), 4) >= least) lowerCount--;
    store<u32>(lower + (<usize>lowerCount << 3), number);
    store<u32>(lower + (<usize>lowerCount << 3), least, 4);
    lowerCount++;
  }
}

function semidominatorOf(number: u32): u32 {
  const node = load<u32>(at(nodeByNumber, number));
  let least = load<u32>(at(parentByNumber, number));
  let isKnown = false;
  let worthwhile: u32 = 0;
  const first = load<u32>(at(firstRetainerByNode, node));
  const end = load<u32>(at(firstRetainerByNode, node + 1));
  let nextTry = end - first > MANY_RETAINERS ? first : end;
  let nextSkip = areNumbered ? first : end;
  for (let index = first; index < end; index++) {
    if (isKnown && index >= nextSkip) {
      index = skipVain(index, end, least, worthwhile);
      if (index == end) break;
      nextSkip = index + SKIP;
    }
    const entry = load<u32>(at(retainerEntries, index));
    if (entry >= NOT_ESSENTIAL) continue;
    const retainer = areNumbered ? entry : load<u32>(at(numberByNode, entry));
    if (retainer < number) {
      if (retainer < least) {
        least = retainer;
        isKnown = false;
      }
      continue;
    }
    if (!isKnown) {
      worthwhile = firstBelow(least);
      isKnown = true;
    }
    if (index >= nextTry) {
      if (fewArePreferable(least, worthwhile, end - index)) {
        return leastOfFew(node, number, least, worthwhile);
      }
      nextTry += max<u32>(1, index - first);
    }
    if (retainer < worthwhile || retainer == NO_NUMBER) continue;
    const candidate = leastOnPath(retainer, number + 1);
    if (candidate < least) {
      least = candidate;
      isKnown = false;
    }
  }
  return least;
}

/** The first entry from `from` on, or one up to three before it, that can lead below `least`; `end` where there is none. Entries are numbers. */
// @ts-ignore: decorator
@inline
function skipVain(from: u32, end: u32, least: u32, worthwhile: u32): u32 {
  const leasts = i32x4.splat(least);
  const spans = i32x4.splat(worthwhile - least);
  let index = from;
  for (; index + SKIP <= end; index += SKIP) {
    const entries = v128.load(at(retainerEntries, index));
    // what is not essential is below 0 as a signed number
    const isVain = v128.or(
      i32x4.lt_s(entries, i32x4.splat(0)),
      i32x4.lt_u(i32x4.sub(entries, leasts), spans),
    );
    if (!i32x4.all_true(isVain)) return index;
  }
  return index;
}

function firstBelow(bound: u32): u32 {
  let low: u32 = 0;
  let high = lowerCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<u32>(lower + (<usize>middle << 3), 4) < bound) low = middle + 1;
    else high = middle;
  }
  return low == 0 ? NOTHING_LOWER : load<u32>(lower + (<usize>(low - 1) << 3));
}

/** Compresses the path on its way: ancestors turn round going up, and back going down. */
// @ts-ignore: decorator
@inline
function leastOnPath(number: u32, linked: u32): u32 {
  const ancestor = load<u32>(pair(number));
  if (ancestor < linked) return load<u32>(pair(number), 4);
  return compress(number, ancestor, linked);
}

function compress(number: u32, firstAncestor: u32, linked: u32): u32 {
  let below = number;
  let top = firstAncestor;
  // `below` is the start of the path, which nothing lies under
  let under: u32 = NO_NUMBER;
  store<u32>(pair(below), under);
  while (true) {
    const ancestor = load<u32>(pair(top));
    if (ancestor < linked) {
      let least = load<u32>(pair(top), 4);
      while (true) {
        under = load<u32>(pair(below));
        store<u32>(pair(below), ancestor);
        const own = load<u32>(pair(below), 4);
        if (least < own) store<u32>(pair(below), least, 4);
        else least = own;
        if (under == NO_NUMBER) return least;
        below = under;
      }
    }
    store<u32>(pair(top), below);
    below = top;
    top = ancestor;
  }
}

function outDegree(number: u32): u32 {
  const node = load<u32>(at(nodeByNumber, number));
  return firstEdgeOf(node + 1) - firstEdgeOf(node);
}

function fewArePreferable(below: u32, from: u32, retainerCount: u32): bool {
  let budget = <i64>(retainerCount / GAIN);
  if (<i64>below + (from == NOTHING_LOWER ? 0 : <i64>count - <i64>from) > budget) return false;
  for (let number: u32 = 0; number < below && budget >= 0; number++) budget -= outDegree(number);
  for (let number = from; number < count && budget >= 0; number++) budget -= outDegree(number);
  return budget >= 0;
}

function leastOfFew(node: u32, number: u32, least: u32, from: u32): u32 {
  let improved = least;
  for (let candidate: u32 = 0; candidate < improved; candidate++) {
    if (holds(candidate, node)) improved = candidate;
  }
  for (let candidate = from; candidate < count; candidate++) {
    if (holds(candidate, node)) improved = min<u32>(improved, leastOnPath(candidate, number + 1));
  }
  return improved;
}

function holds(number: u32, target: u32): bool {
  const node = load<u32>(at(nodeByNumber, number));
  const end = firstEdgeOf(node + 1);
  for (let edge = firstEdgeOf(node); edge < end; edge++) {
    if (targetOf(edge) == target && isEssential(node, edge, target)) return true;
  }
  return false;
}

/** From semidominators to dominators, by number, in what was `parentByNumber`: numbers in [first, last), upwards. */
export function findAncestors(first: u32, last: u32): void {
  for (let number = first; number < last; number++) {
    const semidominator = load<u32>(at(semidominatorByNumber, number));
    let candidate = load<u32>(at(parentByNumber, number));
    while (candidate > semidominator) candidate = load<u32>(at(parentByNumber, candidate));
    store<u32>(at(parentByNumber, number), candidate);
  }
}

/** From numbers to nodes: the dominators of the numbers in [first, last). */
export function nameDominators(first: u32, last: u32, dominatorByNode: usize): void {
  for (let number = first; number < last; number++) {
    const dominator = load<u32>(at(nodeByNumber, load<u32>(at(parentByNumber, number))));
    store<u32>(at(dominatorByNode, load<u32>(at(nodeByNumber, number))), dominator);
  }
}

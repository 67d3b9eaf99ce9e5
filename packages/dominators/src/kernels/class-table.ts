import { addressOf, untilDone, upwards, type WideColumn } from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
import { UNREACHED } from './distances.js';
import type { DominatorTree } from './dominator-tree.js';
import { NodeStack } from './node-stack.js';

/** class ordinal → figures over its members whose shallow size is above 0 */
export interface ClassTable {
  readonly countByClass: Uint32Array;
  /** Bytes. */
  readonly shallowSizeByClass: Float64Array;
  /** Bytes, each counted once: the retained sizes of the members that no other member dominates. */
  readonly retainedSizeByClass: Float64Array;
  /** The smallest of the members' distances; `UNREACHED` if any of them is unreached. */
  readonly distanceByClass: Uint32Array;
}

export interface ClassTableInput {
  readonly classCount: number;
  readonly classByNode: Uint32Array;
  readonly rootOrdinal: number;
  readonly shallowSizeByNode: WideColumn;
  readonly retainedSizeByNode: Float64Array;
  readonly distanceByNode: Uint32Array;
  readonly tree: DominatorTree;
}

/** What a class's members are, one by one. */
export type MemberFigures = Omit<ClassTable, 'retainedSizeByClass'>;
export type MemberFiguresInput = Pick<
  ClassTableInput,
  'classByNode' | 'classCount' | 'distanceByNode' | 'shallowSizeByNode'
>;

/** What a class's members retain together. */
export type ClassRetainedInput = Omit<ClassTableInput, 'distanceByNode'>;

/** Sums nodes up by class: a pass over the nodes and a walk down the dominator tree. */
export function tabulateClasses(input: ClassTableInput): ClassTable {
  return { ...sumMembersByClass(input), retainedSizeByClass: sumRetainedByClass(input) };
}

/** A pass over the nodes. */
export function sumMembersByClass(input: MemberFiguresInput): MemberFigures {
  const { classByNode, classCount, distanceByNode, shallowSizeByNode } = input;
  const countByClass = new Uint32Array(classCount);
  const shallowSizeByClass = new Float64Array(classCount);
  const distanceByClass = new Uint32Array(classCount).fill(UNREACHED);
  const hasUnreached = new Uint8Array(classCount);
  for (let node = 0; node < classByNode.length; node++) {
    const size = shallowSizeByNode[node];
    if (size === 0) continue;
    const classOrdinal = classByNode[node];
    countByClass[classOrdinal]++;
    shallowSizeByClass[classOrdinal] += size;
    const distance = distanceByNode[node];
    if (distance === UNREACHED) hasUnreached[classOrdinal] = 1;
    else if (distance < distanceByClass[classOrdinal]) distanceByClass[classOrdinal] = distance;
  }
  forgetDistances(distanceByClass, hasUnreached);
  return { countByClass, shallowSizeByClass, distanceByClass };
}

function forgetDistances(distanceByClass: Uint32Array, hasUnreached: Uint8Array): void {
  hasUnreached.forEach((is, classOrdinal) => {
    if (is === 1) distanceByClass[classOrdinal] = UNREACHED;
  });
}

/** Set on a stack entry that stands for leaving a node. */
const LEAVE = 1;

/**
 * Depth first down the dominator tree: a member counts unless one of its class is open above it. Without recursion; the
 * stack holds, at most, the siblings along one path.
 */
export function sumRetainedByClass(input: ClassRetainedInput): Float64Array {
  const { classByNode, classCount, retainedSizeByNode, rootOrdinal, shallowSizeByNode, tree } = input;
  const { dominatedNodes, firstDominatedByNode } = tree;
  const retainedSizeByClass = new Float64Array(classCount);
  const isOpen = new Uint8Array(classCount);
  const nodes = new NodeStack();
  const kinds = new NodeStack();
  nodes.push(rootOrdinal);
  kinds.push(0);
  while (nodes.size > 0) {
    const node = nodes.pop();
    const classOrdinal = classByNode[node];
    if (kinds.pop() === LEAVE) {
      isOpen[classOrdinal] = 0;
      continue;
    }
    const first = firstDominatedByNode[node];
    const end = firstDominatedByNode[node + 1];
    if (isOpen[classOrdinal] === 0 && shallowSizeByNode[node] > 0) {
      retainedSizeByClass[classOrdinal] += retainedSizeByNode[node];
      if (first < end) {
        isOpen[classOrdinal] = 1;
        nodes.push(node);
        kinds.push(LEAVE);
      }
    }
    for (let entry = first; entry < end; entry++) {
      nodes.push(dominatedNodes[entry]);
      kinds.push(0);
    }
  }
  return retainedSizeByClass;
}

/** What {@link sumMembersByClassInKernel} works in, whatever it holds: an entry a class each. */
export interface MemberScratch extends MemberFigures {
  readonly hasUnreached: Uint8Array;
}

/** The same as {@link sumMembersByClass}, of sizes that need no more than 32 bits. */
export function sumMembersByClassInKernel(
  { exports }: AnalysisKernel,
  { classByNode, distanceByNode, shallowSizeByNode }: MemberFiguresInput,
  { countByClass, distanceByClass, hasUnreached, shallowSizeByClass }: MemberScratch,
): MemberFigures {
  countByClass.fill(0);
  shallowSizeByClass.fill(0);
  distanceByClass.fill(UNREACHED);
  hasUnreached.fill(0);
  exports.startClassTable(addressOf(classByNode), addressOf(shallowSizeByNode));
  const [distances, counts, sizes, classDistances, unreached] = [
    distanceByNode,
    countByClass,
    shallowSizeByClass,
    distanceByClass,
    hasUnreached,
  ].map(addressOf);
  upwards(0, classByNode.length, (first, end) =>
    exports.addToClasses(first, end, distances, counts, sizes, classDistances, unreached),
  );
  forgetDistances(distanceByClass, hasUnreached);
  // columns of their own, so that the memory can serve others
  return {
    countByClass: countByClass.slice(),
    shallowSizeByClass: shallowSizeByClass.slice(),
    distanceByClass: distanceByClass.slice(),
  };
}

/** What {@link sumRetainedByClassInKernel} works in, whatever it holds: an entry a class, and two a node. */
export interface RetainedScratch {
  readonly retainedSizeByClass: Float64Array;
  readonly isOpen: Uint8Array;
  readonly stack: Uint32Array;
  /** {@link HEAVY_PATH} nodes. */
  readonly path: Uint32Array;
}

/** Nodes from the root down, most of the heap hanging off any of them, at most. */
export const HEAVY_PATH = 256;

/**
 * One of two parts of {@link sumRetainedByClass}, of sizes that need no more than 32 bits; the sums of both are the answer.
 *
 * A path leads from the root down to where no node holds more than half of the heap. What hangs off it is cut in two, in
 * the order of the path. The classes of the path are open to all that hangs below.
 */
export function sumRetainedByClassInKernel(
  { exports }: AnalysisKernel,
  { classByNode, retainedSizeByNode, rootOrdinal, shallowSizeByNode, tree }: ClassRetainedInput,
  { isOpen, path, retainedSizeByClass, stack }: RetainedScratch,
  part: number,
): Float64Array {
  const { dominatedNodes, firstDominatedByNode } = tree;
  retainedSizeByClass.fill(0);
  isOpen.fill(0);
  exports.startClassTable(addressOf(classByNode), addressOf(shallowSizeByNode));
  exports.startRetainedByClass(
    addressOf(retainedSizeByNode),
    addressOf(firstDominatedByNode),
    addressOf(dominatedNodes),
    addressOf(retainedSizeByClass),
    addressOf(isOpen),
    addressOf(stack),
  );
  const length = exports.findHeavyPath(rootOrdinal, addressOf(path), path.length);
  const placeOfCut = exports.cutPath(addressOf(path), length);
  const entryOfCut = exports.entryOfCut();
  for (let place = 0; place < length; place++) {
    const node = path[place];
    const next = place + 1 < length ? path[place + 1] : node;
    exports.enterNode(node, Number(part === 0));
    const [first, end] = [firstDominatedByNode[node], firstDominatedByNode[node + 1]];
    const cut = place === placeOfCut ? entryOfCut : place < placeOfCut ? end : first;
    exports.walkDown(part === 0 ? first : cut, part === 0 ? cut : end, next);
    untilDone((budget) => exports.walkTree(budget));
  }
  return retainedSizeByClass.slice();
}

/** Adds the sums of parts up. */
export function joinRetainedByClass(parts: readonly Float64Array[]): Float64Array {
  const [first, ...others] = parts;
  return first.map((sum, classOrdinal) => others.reduce((total, part) => total + part[classOrdinal], sum));
}

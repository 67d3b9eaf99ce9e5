import type { WideColumn } from '@heapstream/core';
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

/** Sums nodes up by class: a pass over the nodes and a walk down the dominator tree. */
export function tabulateClasses(input: ClassTableInput): ClassTable {
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
  for (let classOrdinal = 0; classOrdinal < classCount; classOrdinal++) {
    if (hasUnreached[classOrdinal] === 1) distanceByClass[classOrdinal] = UNREACHED;
  }
  return {
    countByClass,
    shallowSizeByClass,
    distanceByClass,
    retainedSizeByClass: sumRetainedByClass(input),
  };
}

/** Set on a stack entry that stands for leaving a node. */
const LEAVE = 1;

/**
 * Depth first down the dominator tree: a member counts unless one of its class is open above it. Without recursion; the
 * stack holds, at most, the siblings along one path.
 */
function sumRetainedByClass(input: ClassTableInput): Float64Array {
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

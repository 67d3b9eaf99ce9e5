import { type GraphColumns, sharedUint32 } from '@heapstream/core';
import { type DepthFirstOrder, NO_NUMBER } from './depth-first-order.js';
import { NodeStack } from './node-stack.js';
import { NOT_ESSENTIAL, type Retainers } from './retainers.js';

/**
 * node ordinal → ordinal of its immediate dominator: the last node that every path from the root to it goes through.
 * The root names itself; nodes that the search did not reach have the root.
 *
 * Semi-NCA (L. Georgiadis, R. Tarjan, R. Werneck, "Finding Dominators in Practice", 2006, section 2.3): semidominators
 * as in Lengauer and Tarjan's simple algorithm, with path compression, then the nearest common ancestor of the
 * semidominator and the parent. All in the space of depth-first numbers, without recursion. 16 bytes a node meanwhile.
 */
export function findDominators(
  columns: GraphColumns,
  retainers: Retainers,
  order: DepthFirstOrder,
): Uint32Array {
  const { nodeCount, rootOrdinal } = columns;
  const { count, nodeByNumber } = order;
  const dominatorByNumber = order.parentByNumber.slice(0, count);
  const semidominatorByNumber = findSemidominators(retainers, order);

  // in depth-first order the dominators of all ancestors are known
  for (let number = 1; number < count; number++) {
    const semidominator = semidominatorByNumber[number];
    let candidate = dominatorByNumber[number];
    while (candidate > semidominator) candidate = dominatorByNumber[candidate];
    dominatorByNumber[number] = candidate;
  }
  const dominatorByNode = sharedUint32(nodeCount).fill(rootOrdinal);
  for (let number = 1; number < count; number++) {
    dominatorByNode[nodeByNumber[number]] = nodeByNumber[dominatorByNumber[number]];
  }
  return dominatorByNode;
}

/** number → number of the semidominator */
function findSemidominators(retainers: Retainers, order: DepthFirstOrder): Uint32Array {
  const { count, nodeByNumber, numberByNode, parentByNumber } = order;
  const { firstRetainerByNode, retainerEntries } = retainers;
  const semidominatorByNumber = new Uint32Array(count);
  const forest = new CompressedForest(parentByNumber.slice(0, count));
  for (let number = count - 1; number > 0; number--) {
    const node = nodeByNumber[number];
    let semidominator = parentByNumber[number];
    const end = firstRetainerByNode[node + 1];
    for (let index = firstRetainerByNode[node]; index < end; index++) {
      const entry = retainerEntries[index];
      if (entry >= NOT_ESSENTIAL) continue;
      const retainer = numberByNode[entry];
      // edges from what was not reached count for nothing
      if (retainer === NO_NUMBER) continue;
      const least = retainer < number ? retainer : forest.leastOnPath(retainer, number + 1);
      if (least < semidominator) semidominator = least;
    }
    semidominatorByNumber[number] = semidominator;
    forest.leastByNumber[number] = semidominator;
  }
  return semidominatorByNumber;
}

/**
 * The search tree over the numbers from `linked` on, which have their semidominators; asked for the least of these on
 * the way up from a number, it shortens the way for the next time.
 */
class CompressedForest {
  /** number → least semidominator between it and, exclusively, its ancestor below; at first itself */
  readonly leastByNumber: Uint32Array;
  /** number → an ancestor, at first the parent */
  readonly #ancestorByNumber: Uint32Array;
  readonly #path = new NodeStack();

  constructor(parentByNumber: Uint32Array) {
    this.#ancestorByNumber = parentByNumber;
    this.leastByNumber = parentByNumber.map((_, number) => number);
  }

  leastOnPath(number: number, linked: number): number {
    const ancestorByNumber = this.#ancestorByNumber;
    const leastByNumber = this.leastByNumber;
    if (ancestorByNumber[number] < linked) return leastByNumber[number];
    const path = this.#path;
    let top = number;
    while (ancestorByNumber[top] >= linked) {
      path.push(top);
      top = ancestorByNumber[top];
    }
    const ancestor = ancestorByNumber[top];
    let least = leastByNumber[top];
    while (path.size > 0) {
      const lower = path.pop();
      ancestorByNumber[lower] = ancestor;
      if (least < leastByNumber[lower]) leastByNumber[lower] = least;
      else least = leastByNumber[lower];
    }
    return least;
  }
}

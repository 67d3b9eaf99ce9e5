import { addressOf, downwards, type GraphColumns, upwards } from '@heapstream/core';
import type { AnalysisKernel } from './analysis-kernel.js';
import type { DepthFirstOrder } from './depth-first-order.js';
import type { EssentialEdges, Essentials } from './essential-edges.js';
import type { Retainers } from './retainers.js';
import { findSemidominators } from './semidominators.js';

/** What {@link findDominators} works in. Entries: 2, 1 and 2 a node. */
export interface DominatorScratch {
  readonly forest: Uint32Array;
  readonly semidominatorByNumber: Uint32Array;
  /** The kernel's alone. Little of it is used but for chains of nodes. */
  readonly lowerAhead: Uint32Array;
}

/**
 * node ordinal → ordinal of its immediate dominator: the last node that every path from the root to it goes through.
 * The root names itself; nodes that the search did not reach have the root.
 *
 * Semi-NCA (L. Georgiadis, R. Tarjan, R. Werneck, "Finding Dominators in Practice", 2006, section 2.3): semidominators,
 * then the nearest common ancestor of the semidominator and the parent. All in the space of depth-first numbers,
 * without recursion.
 *
 * Uses the order up, for the sake of memory: the result is {@link dominatorColumnOf}, and `parentByNumber` is scrap.
 * `areNumbered`: the retainers' entries are numbers (see `findRetainers`), and nobody looks at `numberByNode`.
 */
export function findDominators(
  columns: GraphColumns,
  essential: EssentialEdges,
  retainers: Retainers,
  order: DepthFirstOrder,
  scratch: DominatorScratch = emptyScratch(columns.nodeCount),
  areNumbered = false,
): Uint32Array {
  const { count, nodeByNumber, parentByNumber } = order;
  const { forest, semidominatorByNumber } = scratch;
  findSemidominators(columns, essential, retainers, order, forest, semidominatorByNumber, areNumbered);

  // in depth-first order the dominators of all ancestors are known
  const dominatorByNumber = parentByNumber;
  for (let number = 1; number < count; number++) {
    const semidominator = semidominatorByNumber[number];
    let candidate = dominatorByNumber[number];
    while (candidate > semidominator) candidate = dominatorByNumber[candidate];
    dominatorByNumber[number] = candidate;
  }

  const { nodeCount, rootOrdinal } = columns;
  const dominatorByNode = dominatorColumnOf(order, scratch, areNumbered);
  if (count < nodeCount) dominatorByNode.fill(rootOrdinal);
  for (let number = 0; number < count; number++) {
    dominatorByNode[nodeByNumber[number]] = nodeByNumber[dominatorByNumber[number]];
  }
  return dominatorByNode;
}

/** Where the result is: what was `numberByNode`, or, where nobody looks at that, `semidominatorByNumber`. */
export function dominatorColumnOf(
  { numberByNode }: DepthFirstOrder,
  { semidominatorByNumber }: DominatorScratch,
  areNumbered: boolean,
): Uint32Array {
  return areNumbered ? semidominatorByNumber : numberByNode;
}

function emptyScratch(nodeCount: number): DominatorScratch {
  return {
    forest: new Uint32Array(nodeCount * 2),
    semidominatorByNumber: new Uint32Array(nodeCount),
    lowerAhead: new Uint32Array(0),
  };
}

/** The same as {@link findDominators}. */
export function findDominatorsInKernel(
  kernel: AnalysisKernel,
  { nodeCount, rootOrdinal }: GraphColumns,
  essentials: Essentials,
  retainers: Retainers,
  order: DepthFirstOrder,
  scratch: DominatorScratch,
  areNumbered: boolean,
): void {
  const { count, nodeByNumber, numberByNode, parentByNumber } = order;
  const { forest, lowerAhead, semidominatorByNumber } = scratch;
  const { exports } = kernel.useEssentials(essentials);
  exports.startDominators(
    count,
    addressOf(numberByNode),
    addressOf(nodeByNumber),
    addressOf(parentByNumber),
    addressOf(retainers.firstRetainerByNode),
    addressOf(retainers.retainerEntries),
    Number(areNumbered),
    addressOf(forest),
    addressOf(semidominatorByNumber),
    addressOf(lowerAhead),
  );
  upwards(0, count, exports.startForest);
  downwards(1, count, exports.findSemidominators);
  upwards(1, count, exports.findAncestors);
  const dominatorByNode = dominatorColumnOf(order, scratch, areNumbered);
  if (count < nodeCount) dominatorByNode.fill(rootOrdinal);
  const into = addressOf(dominatorByNode);
  upwards(0, count, (first, end) => exports.nameDominators(first, end, into));
}

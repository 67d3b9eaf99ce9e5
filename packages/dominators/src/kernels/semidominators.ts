import type { GraphColumns } from '@heapstream/core';
import { CompressedForest } from './compressed-forest.js';
import { type DepthFirstOrder, NO_NUMBER } from './depth-first-order.js';
import type { EssentialEdges } from './essential-edges.js';
import { LowerAhead, NOTHING_LOWER } from './lower-ahead.js';
import { NOT_ESSENTIAL, type Retainers } from './retainers.js';

/** Retainers left at which it may pay to look for the few that matter from their side. */
const MANY_RETAINERS = 1024;
/** It pays when so many times fewer edges are looked at. */
const GAIN = 4;

/** Not asked yet: no number is that high. */
const UNKNOWN = -1;

/**
 * number → number of the semidominator, by descending numbers as in Lengauer and Tarjan's simple algorithm (1979). Two
 * shortcuts of ours, which change no answer, spare most look-ups in a heap, where a few nodes (hidden classes,
 * `undefined`, prototypes) have most of the edges:
 *
 * - A retainer counts by the semidominators on its way up, all of numbers between the node's own and the retainer's. Up
 *   to the first number ahead whose semidominator is below the best one found, no retainer can improve on it.
 * - What still can improve on it, for a node with many retainers, is often a handful of nodes: then their edges are
 *   looked at instead of the node's retainers.
 *
 * `areNumbered`: the retainers' entries are numbers. `forestMemory` takes two entries a number.
 */
export function findSemidominators(
  columns: GraphColumns,
  essential: EssentialEdges,
  retainers: Retainers,
  order: DepthFirstOrder,
  forestMemory: Uint32Array,
  semidominatorByNumber: Uint32Array,
  areNumbered = false,
): void {
  const { count, nodeByNumber, numberByNode, parentByNumber } = order;
  const { firstRetainerByNode, retainerEntries } = retainers;
  const forest = new CompressedForest(parentByNumber, count, forestMemory);
  const lowerAhead = new LowerAhead();
  const few = new FewCandidates(columns, essential, order);

  for (let number = count - 1; number > 0; number--) {
    const node = nodeByNumber[number];
    let least = parentByNumber[number];
    // retainers between this number and that one change nothing
    let worthwhile = UNKNOWN;
    const first = firstRetainerByNode[node];
    const end = firstRetainerByNode[node + 1];
    let nextTry = end - first > MANY_RETAINERS ? first : end;
    for (let index = first; index < end; index++) {
      const entry = retainerEntries[index];
      if (entry >= NOT_ESSENTIAL) continue;
      const retainer = areNumbered ? entry : numberByNode[entry];
      if (retainer < number) {
        if (retainer < least) {
          least = retainer;
          worthwhile = UNKNOWN;
        }
        continue;
      }
      if (worthwhile === UNKNOWN) worthwhile = lowerAhead.firstBelow(least);
      if (index >= nextTry) {
        if (few.arePreferable(least, worthwhile, end - index)) {
          least = few.leastFor(node, least, worthwhile, (candidate) =>
            forest.leastOnPath(candidate, number + 1),
          );
          break;
        }
        // so that all tries together cost little, too
        nextTry += Math.max(1, index - first);
      }
      // edges from what was not reached count for nothing
      if (retainer < worthwhile || retainer === NO_NUMBER) continue;
      const candidate = forest.leastOnPath(retainer, number + 1);
      if (candidate < least) {
        least = candidate;
        worthwhile = UNKNOWN;
      }
    }
    semidominatorByNumber[number] = least;
    forest.link(number, least);
    lowerAhead.push(number, least);
  }
}

/** The numbers below a bound and those from another one on, when their edges are fewer than a node's retainers. */
class FewCandidates {
  readonly #columns: GraphColumns;
  readonly #essential: EssentialEdges;
  readonly #order: DepthFirstOrder;

  constructor(columns: GraphColumns, essential: EssentialEdges, order: DepthFirstOrder) {
    this.#columns = columns;
    this.#essential = essential;
    this.#order = order;
  }

  /** Whether the numbers in [0, below) and [from, …) have, together, far fewer edges than `retainerCount`. */
  arePreferable(below: number, from: number, retainerCount: number): boolean {
    let budget = retainerCount / GAIN;
    const { count } = this.#order;
    if (below + (from === NOTHING_LOWER ? 0 : count - from) > budget) return false;
    for (let number = 0; number < below && budget >= 0; number++) budget -= this.#outDegree(number);
    for (let number = from; number < count && budget >= 0; number++) budget -= this.#outDegree(number);
    return budget >= 0;
  }

  /** `least`, or what the retainers of `node` among the candidates improve it to. */
  leastFor(node: number, least: number, from: number, leastOnPath: (number: number) => number): number {
    let improved = least;
    for (let number = 0; number < improved; number++) if (this.#holds(number, node)) improved = number;
    for (let number = from; number < this.#order.count; number++) {
      if (this.#holds(number, node)) improved = Math.min(improved, leastOnPath(number));
    }
    return improved;
  }

  #outDegree(number: number): number {
    const { firstEdgeByNode } = this.#columns;
    const node = this.#order.nodeByNumber[number];
    return firstEdgeByNode[node + 1] - firstEdgeByNode[node];
  }

  #holds(number: number, target: number): boolean {
    const { firstEdgeByNode, targetByEdge } = this.#columns;
    const node = this.#order.nodeByNumber[number];
    const end = firstEdgeByNode[node + 1];
    for (let edge = firstEdgeByNode[node]; edge < end; edge++) {
      if (targetByEdge[edge] === target && this.#essential.has(node, edge)) return true;
    }
    return false;
  }
}

import { OrdinalSet, rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { UNREACHED } from '../kernels/distances.js';
import { RETAINER_NODE } from '../kernels/retainers.js';
import type { DistanceClimb } from './distance-climb.js';
import type { PathCosts } from './path-costs.js';
import { NO_EDGE, type PathEdges, type Way, WORK_OF_OBJECT } from './path-edges.js';
import { PathQueue } from './path-queue.js';

/** Unfinished ways that a search which gives up follows to their ends. */
const FINISHED_WAYS = 16;

/**
 * What a way costs more that seems to go round: its node is dominated by one below, so that what holds it leads back
 * there. Children that point to their parents would be most of what a search comes to.
 */
const COST_OF_GOING_ROUND = 50;
/** Nodes below, and dominators, that are looked at to tell. */
const NODES_TO_TELL = 32;

interface PathSearchInput {
  readonly analysis: HeapAnalysis;
  readonly edges: PathEdges;
  readonly climb: DistanceClimb;
  readonly costs: PathCosts;
  /** The object that paths lead to. */
  readonly ordinal: number;
  /** What may be looked at, in edges. */
  readonly maxWork: number;
  /** Whether a way is of use, though perhaps not the cheapest; asked about each that comes to a start. */
  readonly isFit: (way: Way, isCheapest: boolean) => boolean;
  /** Edges of a way at most. */
  readonly maxLength: number;
}

/**
 * A best-first search upwards from an object, guided by the distances that are known (A*: P. Hart, N. Nilsson,
 * B. Raphael, 1968). Where it has looked at as much as it may, the most promising ways go on to a start as distances
 * tell, and the cheapest of these counts.
 */
export class PathSearch {
  /** Whether the search gave up somewhere: there may be other ways, and cheaper ones. */
  isCut = false;
  readonly #input: PathSearchInput;
  readonly #queue = new PathQueue();
  readonly #settled: OrdinalSet;
  readonly #workEnd: number;
  /** Entries of nodes with more retainers than may be looked at. */
  readonly #hubs: number[] = [];
  /** Entries of which it is known whether they seem to go round. */
  readonly #isJudged = new Set<number>();

  constructor(input: PathSearchInput) {
    this.#input = input;
    this.#settled = new OrdinalSet(input.analysis.graph.nodeCount);
    this.#workEnd = input.edges.work + input.maxWork;
  }

  /** The cheapest way that is fit, or one that is fit where the search is cut short; `undefined` if there is none. */
  find(): Way | undefined {
    const { climb, isFit, maxLength, ordinal } = this.#input;
    const queue = this.#queue;
    queue.add(ordinal, NO_EDGE, 0, 0);
    for (let entry = queue.takeBest(); entry !== undefined; entry = queue.takeBest()) {
      const node = queue.nodeOf(entry);
      if (this.#settled.has(node) || !this.#pay(entry)) continue;
      this.#settled.add(node);
      if (climb.isStart(node)) {
        const way = this.#wayDown(entry);
        if (isFit(way, true)) return way;
      } else if (this.#workLeft <= 0) {
        return this.#cheapestFinished([...this.#hubs, entry]);
      } else if (queue.lengthOf(entry) < maxLength) {
        this.#goUp(entry, node);
      }
    }
    return this.#hubs.length > 0 ? this.#cheapestFinished(this.#hubs) : undefined;
  }

  get #workLeft(): number {
    return this.#workEnd - this.#input.edges.work;
  }

  /**
   * Finds the edge by which the entry's node holds the one below, and goes on if it costs no more than an edge must. If
   * it does, the entry goes back into the queue at its price; if there is no such edge, or it tells nothing new, it is
   * dropped.
   */
  #pay(entry: number): boolean {
    const { costs, edges } = this.#input;
    const queue = this.#queue;
    const below = queue.entryBelow(entry);
    if (below === NO_EDGE || queue.edgeOf(entry) !== NO_EDGE) return true;
    const node = queue.nodeOf(entry);
    const part = queue.nodeOf(below);
    if (!this.#isJudged.has(entry)) {
      this.#isJudged.add(entry);
      if (this.#seemsToGoRound(entry)) {
        queue.putBack(entry, COST_OF_GOING_ROUND);
        return false;
      }
    }
    const edge = edges.between(node, part);
    if (edge === NO_EDGE) return false;
    const next = queue.entryBelow(below);
    if (next !== NO_EDGE && edges.isDetour(node, part, queue.nodeOf(next))) return false;
    queue.setEdge(entry, edge);
    const extra = costs.extraOf(edge, node);
    if (extra === 0) return true;
    queue.putBack(entry, extra);
    return false;
  }

  #seemsToGoRound(entry: number): boolean {
    const { analysis } = this.#input;
    const queue = this.#queue;
    const below = new Set<number>();
    let lower = queue.entryBelow(entry);
    for (; lower !== NO_EDGE && below.size < NODES_TO_TELL; lower = queue.entryBelow(lower)) {
      below.add(queue.nodeOf(lower));
    }
    let node = queue.nodeOf(entry);
    for (let steps = 0; steps < NODES_TO_TELL; steps++) {
      const dominator = analysis.dominatorOf(node);
      if (below.has(dominator)) return true;
      // the root
      if (dominator === node) return false;
      node = dominator;
    }
    return false;
  }

  /** Adds the nodes with edges to `node`, each once. */
  #goUp(entry: number, node: number): void {
    const { analysis, costs, edges } = this.#input;
    const firsts = rowsOf(analysis.columns, 'firstRetainerByNode', node, node + 2);
    if (firsts[node + 1] - firsts[node] > this.#workLeft) {
      this.#hubs.push(entry);
      this.isCut = true;
      return;
    }
    let last = NO_EDGE;
    for (const retainer of analysis.retainerEntriesOf(node)) {
      const source = retainer & RETAINER_NODE;
      edges.work++;
      if (source === last) continue;
      last = source;
      edges.work += WORK_OF_OBJECT;
      const distance = rowsOf(analysis.columns, 'distanceByNode', source)[source];
      if (distance === UNREACHED || this.#settled.has(source)) continue;
      this.#queue.add(source, entry, this.#queue.costSoFar(entry) + 1, costs.above(distance));
    }
  }

  /** Follows the given entries to their ends, and then the best ones of the queue. */
  #cheapestFinished(entries: readonly number[]): Way | undefined {
    this.isCut = true;
    let cheapest: Way | undefined;
    let least = Number.POSITIVE_INFINITY;
    let tries = 0;
    const tryEntry = (entry: number): void => {
      const way = this.#finished(entry);
      const cost = way === undefined ? least : this.#costOf(way);
      if (cost < least && this.#input.isFit(way!, false)) {
        cheapest = way;
        least = cost;
      }
      tries++;
    };
    for (const entry of entries) tryEntry(entry);
    const queue = this.#queue;
    for (let entry = queue.takeBest(); entry !== undefined; entry = queue.takeBest()) {
      if (tries >= FINISHED_WAYS || queue.costOf(entry) >= least) break;
      if (!this.#settled.has(queue.nodeOf(entry)) && this.#pay(entry)) tryEntry(entry);
    }
    return cheapest;
  }

  /** The way that the entry stands for, with the shortest way to its node before it. */
  #finished(entry: number): Way | undefined {
    const queue = this.#queue;
    const known = this.#wayDown(entry);
    const below = queue.entryBelow(entry);
    const above = this.#input.climb.wayTo(
      queue.nodeOf(entry),
      below === NO_EDGE ? undefined : queue.nodeOf(below),
      new Set(known.nodes),
    );
    if (above === undefined) return undefined;
    return {
      nodes: [...above.nodes, ...known.nodes.slice(1)],
      edges: [...above.edges, ...known.edges.slice(1)],
    };
  }

  #costOf({ edges, nodes }: Way): number {
    const { analysis, costs } = this.#input;
    const start = nodes[0];
    let cost = costs.above(rowsOf(analysis.columns, 'distanceByNode', start)[start]);
    for (let i = 1; i < nodes.length; i++) cost += 1 + costs.extraOf(edges[i], nodes[i - 1]);
    return cost;
  }

  /** From the entry's node down to the object. */
  #wayDown(from: number): Way {
    const queue = this.#queue;
    const nodes: number[] = [];
    const edges: number[] = [];
    let edge = NO_EDGE;
    for (let entry = from; entry !== NO_EDGE; entry = queue.entryBelow(entry)) {
      nodes.push(queue.nodeOf(entry));
      edges.push(edge);
      edge = queue.edgeOf(entry);
    }
    return { nodes, edges };
  }
}

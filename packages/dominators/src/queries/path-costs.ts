import { EdgeView, type HeapGraph, rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { BASE_SYSTEM_DISTANCE } from '../kernels/distances.js';
import { NO_EDGE, type Way } from './path-edges.js';

/** What an edge of an earlier path costs more, and one that reads like such an edge: in edges that would be new. */
const COST_OF_SAME = 7;
const COST_OF_ALIKE = 6;
/** How much dearer the former gets when an earlier path came back, cheaper than any that is new. */
const RAISE = 512;
/** What it costs to start at the root instead of a user root, once the nearest path is known. */
const COST_OF_SYSTEM = 20;

const NUMBERED_NAME = /^\d/;

/** What a path costs, in edges that are new: the edges of paths found before cost extra, and so do those that read the same. */
export class PathCosts {
  readonly #analysis: HeapAnalysis;
  readonly #graph: HeapGraph;
  readonly #usedEdges = new Set<number>();
  readonly #usedReadings = new Set<string>();
  /** The classes at both ends of these edges, as one number: what is not among them needs no reading. */
  readonly #usedClassPairs = new Set<number>();
  #raise = 1;

  constructor(analysis: HeapAnalysis) {
    this.#analysis = analysis;
    this.#graph = analysis.graph;
  }

  /** Makes the edges of a path dearer, and those that read like them. */
  addUsed({ edges, nodes }: Way): void {
    edges.forEach((edge, i) => {
      if (edge === NO_EDGE) return;
      this.#usedEdges.add(edge);
      this.#usedReadings.add(this.#readingOf(edge, nodes[i - 1]));
      this.#usedClassPairs.add(this.#classPairOf(edge, nodes[i - 1]));
    });
  }

  /** Makes the edges of earlier paths much dearer. */
  raise(): void {
    this.#raise *= RAISE;
  }

  /** What the edge costs beyond the one that every edge costs. */
  extraOf(edge: number, source: number): number {
    if (this.#usedEdges.has(edge)) return COST_OF_SAME * this.#raise;
    if (this.#usedClassPairs.size === 0) return 0;
    if (!this.#usedClassPairs.has(this.#classPairOf(edge, source))) return 0;
    return this.#usedReadings.has(this.#readingOf(edge, source)) ? COST_OF_ALIKE : 0;
  }

  /** At least what is left from a node of this distance. */
  above(distance: number): number {
    if (distance < BASE_SYSTEM_DISTANCE || this.#usedEdges.size === 0) return distance;
    return distance - BASE_SYSTEM_DISTANCE + COST_OF_SYSTEM;
  }

  /** The edge without what tells one element or object from another: its type, its name unless a number, the classes. */
  #readingOf(edge: number, source: number): string {
    const view = new EdgeView(this.#graph, edge);
    const isNumbered = view.hasNumericName || NUMBERED_NAME.test(String(view.name));
    const name = isNumbered ? '' : rowsOf(this.#graph.columns, 'nameByEdge', edge)[edge];
    return `${this.#classOf(source)} ${view.type} ${name} ${this.#classOf(view.target)}`;
  }

  #classPairOf(edge: number, source: number): number {
    const target = rowsOf(this.#graph.columns, 'targetByEdge', edge)[edge];
    return this.#classOf(source) * this.#graph.classes.classes.length + this.#classOf(target);
  }

  #classOf(node: number): number {
    return rowsOf(this.#analysis.columns, 'classByNode', node)[node];
  }
}

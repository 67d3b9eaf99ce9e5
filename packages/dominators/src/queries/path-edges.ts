import { EDGE_TYPE, EdgeView, type HeapGraph, rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';
import { weakMapEntryOf } from './weak-map-entry.js';

/** Instead of an edge, where there is none. */
export const NO_EDGE = -1;

/** Of parallel edges the one that says most. */
const TELLING_EDGE_TYPES: readonly string[] = [
  EDGE_TYPE.property,
  EDGE_TYPE.context,
  EDGE_TYPE.element,
  EDGE_TYPE.internal,
  EDGE_TYPE.shortcut,
  EDGE_TYPE.hidden,
];

/** What it costs to ask about an object, whose numbers may be on pages that nobody has read yet: in edges looked at. */
export const WORK_OF_OBJECT = 16;

/** Nodes from a start down to an object, and the edge to each; none to the first. */
export interface Way {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/** The edges that retaining paths may go over: not the weak ones, and the value of a WeakMap's entry from its key only. */
export class PathEdges {
  /** For odd files only, where the key of a WeakMap's entry is not held: the table holds the value then. */
  takesTables = false;
  /** What was looked at, in edges. */
  work = 0;
  readonly #analysis: HeapAnalysis;
  readonly #graph: HeapGraph;

  constructor(analysis: HeapAnalysis) {
    this.#analysis = analysis;
    this.#graph = analysis.graph;
  }

  /** The edge that says most of those by which `source` keeps `target` alive, or {@link NO_EDGE}. */
  between(source: number, target: number): number {
    const { end, first } = this.#graph.edgeRangeOf(source);
    const targetByEdge = rowsOf(this.#graph.columns, 'targetByEdge', first, end);
    this.work += WORK_OF_OBJECT + end - first;
    let best = NO_EDGE;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let edge = first; edge < end; edge++) {
      if (targetByEdge[edge] !== target) continue;
      const rank = this.#rankOf(edge, source);
      if (rank >= bestRank) continue;
      best = edge;
      bestRank = rank;
    }
    return best;
  }

  /** The edge by which the root holds the node, or {@link NO_EDGE}. */
  fromRoot(node: number): number {
    const { rootOrdinal } = this.#graph;
    return node === rootOrdinal ? NO_EDGE : this.between(rootOrdinal, node);
  }

  /** Whether `holder` holds `below` through `part`, a part of its own (its elements, say), that it also holds directly. */
  isDetour(holder: number, part: number, below: number): boolean {
    return this.#isOwnedPart(part) && this.between(holder, below) !== NO_EDGE;
  }

  /** Whether the node's size counts with that of the object it belongs to. */
  #isOwnedPart(node: number): boolean {
    if (this.#analysis.shallowSizeOf(node) > 0) return false;
    return rowsOf(this.#graph.columns, 'selfSizeByNode', node)[node] > 0;
  }

  /** Infinite for edges that do not keep their target alive. */
  #rankOf(edge: number, source: number): number {
    const view = new EdgeView(this.#graph, edge);
    if (view.type === EDGE_TYPE.weak) return Number.POSITIVE_INFINITY;
    const entry = weakMapEntryOf(view);
    const isTablesSide = entry !== null && entry.tableId === this.#graph.node(source).id;
    if (isTablesSide && !this.takesTables) return Number.POSITIVE_INFINITY;
    const rank = TELLING_EDGE_TYPES.indexOf(view.type);
    return rank < 0 ? TELLING_EDGE_TYPES.length : rank;
  }
}

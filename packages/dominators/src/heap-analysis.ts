import {
  EdgeView,
  type HeapGraph,
  type HeapStatistics,
  NodeView,
  rowsOf,
  type SnapshotWarning,
  scatteredRowsOf,
} from '@heapstream/core';
import type { AnalysisColumns } from './analysis-columns.js';
import { type ClassFigures, listClasses } from './class-figures.js';
import { UNREACHED } from './kernels/distances.js';
import { RETAINER_NODE } from './kernels/retainers.js';

/** A row of the Summary: a class and the figures over its objects that take memory. */
export interface ClassRow extends ClassFigures {
  /** Ordinals of these objects, in file order; a pass over the nodes. */
  ordinals(): Uint32Array;
}

/** An edge that points to a node, and the node it comes from. */
export interface Retainer {
  readonly edge: EdgeView;
  readonly node: NodeView;
  /** Distance of that node, `null` where nothing reaches it. */
  readonly distance: number | null;
}

/**
 * A graph with the numbers that people come for. Sizes in bytes, nodes as ordinals; getters are cheap, `columns` is the
 * raw memory behind them.
 */
export class HeapAnalysis {
  readonly graph: HeapGraph;
  readonly columns: AnalysisColumns;
  readonly statistics: HeapStatistics;

  /** Those of the graph, and whether the analysis could not be kept in the index file. */
  readonly warnings: readonly SnapshotWarning[];

  constructor(
    graph: HeapGraph,
    columns: AnalysisColumns,
    statistics: HeapStatistics,
    warnings: readonly SnapshotWarning[] = graph.warnings,
  ) {
    this.warnings = warnings;
    this.graph = graph;
    this.columns = columns;
    this.statistics = statistics;
  }

  /** Bytes: what the root retains, and what the producer adds for memory outside the heap. */
  get totalSize(): number {
    return this.retainedSizeOf(this.graph.rootOrdinal) + this.graph.extraNativeBytes;
  }

  shallowSizeOf(ordinal: number): number {
    return rowsOf(this.columns, 'shallowSizeByNode', ordinal)[ordinal];
  }

  /** Bytes that would be freed with the node. */
  retainedSizeOf(ordinal: number): number {
    return rowsOf(this.columns, 'retainedSizeByNode', ordinal)[ordinal];
  }

  /** Edges from the nearest user root, which has 1; `null` where nothing reaches the node. */
  distanceOf(ordinal: number): number | null {
    const distance = rowsOf(this.columns, 'distanceByNode', ordinal)[ordinal];
    return distance === UNREACHED ? null : distance;
  }

  /** The immediate dominator; the root's own is the root. */
  dominatorOf(ordinal: number): number {
    return rowsOf(this.columns, 'dominatorByNode', ordinal)[ordinal];
  }

  /** Immediately dominated nodes, the largest retained size first, then in file order. */
  dominatedBy(ordinal: number): Uint32Array {
    const nodes = this.childrenOf(ordinal).slice();
    const retainedSizeByNode = scatteredRowsOf(this.columns, 'retainedSizeByNode', nodes);
    return nodes.sort((a, b) => retainedSizeByNode[b] - retainedSizeByNode[a] || a - b);
  }

  /** The same in file order, as a view that nobody may write to. */
  childrenOf(ordinal: number): Uint32Array {
    const firsts = rowsOf(this.columns, 'firstDominatedByNode', ordinal, ordinal + 2);
    const first = firsts[ordinal];
    const end = firsts[ordinal + 1];
    return rowsOf(this.columns, 'dominatedNodes', first, end).subarray(first, end);
  }

  /**
   * The sources of the edges that point to the node, in file order, one entry an edge: a node ordinal, with the top bit
   * set where the edge is not essential. A view that nobody may write to.
   */
  retainerEntriesOf(ordinal: number): Uint32Array {
    const firsts = rowsOf(this.columns, 'firstRetainerByNode', ordinal, ordinal + 2);
    const first = firsts[ordinal];
    const end = firsts[ordinal + 1];
    return rowsOf(this.columns, 'retainerEntries', first, end).subarray(first, end);
  }

  /** The edges that point to the node, weak ones too, in file order. Reads the edges of every node that has one. */
  *retainersOf(ordinal: number): Generator<Retainer> {
    let last = -1;
    for (const entry of this.retainerEntriesOf(ordinal)) {
      // in file order the entries of one source stand together
      const source = entry & RETAINER_NODE;
      if (source === last) continue;
      last = source;
      const { end, first } = this.graph.edgeRangeOf(source);
      const targetByEdge = rowsOf(this.graph.columns, 'targetByEdge', first, end);
      for (let edge = first; edge < end; edge++) {
        if (targetByEdge[edge] !== ordinal) continue;
        yield {
          edge: new EdgeView(this.graph, edge),
          node: new NodeView(this.graph, source),
          distance: this.distanceOf(source),
        };
      }
    }
  }

  /** The classes that have objects with a shallow size above 0, the largest retained size first, then by name and key. */
  classes(): ClassRow[] {
    return listClasses(this.graph.classes.classes, this.columns, (figures, classOrdinal) => ({
      ...figures,
      ordinals: () => this.#ordinalsOf(classOrdinal),
    }));
  }

  #ordinalsOf(classOrdinal: number): Uint32Array {
    const { classByNode, countByClass, shallowSizeByNode } = this.columns;
    const ordinals = new Uint32Array(countByClass[classOrdinal]);
    let count = 0;
    for (let node = 0; node < classByNode.length; node++) {
      if (classByNode[node] === classOrdinal && shallowSizeByNode[node] > 0) ordinals[count++] = node;
    }
    return ordinals;
  }
}

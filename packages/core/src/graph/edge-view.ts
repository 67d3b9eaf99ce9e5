import { rowsOf } from './column-rows.js';
import type { HeapGraph } from './heap-graph.js';
import { NodeView } from './node-view.js';

/** One edge, read from the columns on demand. */
export class EdgeView {
  readonly graph: HeapGraph;
  readonly ordinal: number;

  constructor(graph: HeapGraph, ordinal: number) {
    this.graph = graph;
    this.ordinal = ordinal;
  }

  /** The type's name as the file spells it: `property`, `element`, `weak`, … */
  get type(): string {
    return this.graph.meta.edgeTypes[this.#typeOrdinal];
  }

  /** A number for `element` and `hidden` edges, else a string. */
  get name(): string | number {
    const name = rowsOf(this.graph.columns, 'nameByEdge', this.ordinal)[this.ordinal];
    return this.hasNumericName ? name : this.graph.strings.get(name);
  }

  /** Ordinal of the node the edge points to. */
  get target(): number {
    return rowsOf(this.graph.columns, 'targetByEdge', this.ordinal)[this.ordinal];
  }

  get targetNode(): NodeView {
    return new NodeView(this.graph, this.target);
  }

  get hasNumericName(): boolean {
    const type = this.#typeOrdinal;
    return type === this.graph.edgeType.element || type === this.graph.edgeType.hidden;
  }

  get #typeOrdinal(): number {
    return rowsOf(this.graph.columns, 'typeByEdge', this.ordinal)[this.ordinal];
  }
}

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
    return this.graph.meta.edgeTypes[this.graph.columns.typeByEdge[this.ordinal]];
  }

  /** A number for `element` and `hidden` edges, else a string. */
  get name(): string | number {
    const { nameByEdge } = this.graph.columns;
    return this.hasNumericName ? nameByEdge[this.ordinal] : this.graph.strings.get(nameByEdge[this.ordinal]);
  }

  /** Ordinal of the node the edge points to. */
  get target(): number {
    return this.graph.columns.targetByEdge[this.ordinal];
  }

  get targetNode(): NodeView {
    return new NodeView(this.graph, this.target);
  }

  get hasNumericName(): boolean {
    const type = this.graph.columns.typeByEdge[this.ordinal];
    return type === this.graph.edgeType.element || type === this.graph.edgeType.hidden;
  }
}

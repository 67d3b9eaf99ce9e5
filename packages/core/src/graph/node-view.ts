import { DETACHEDNESS, SPECIAL_NAME } from '../format/type-names.js';
import { displayName } from '../naming/display-name.js';
import { rowsOf } from './column-rows.js';
import { EdgeView } from './edge-view.js';
import type { HeapGraph } from './heap-graph.js';
import type { SourceLocation } from './source-location.js';

export type Detachedness = 'unknown' | 'attached' | 'detached';

/** One node, read from the columns on demand. Two words: make as many as you like, keep none in bulk. */
export class NodeView {
  readonly graph: HeapGraph;
  readonly ordinal: number;

  constructor(graph: HeapGraph, ordinal: number) {
    this.graph = graph;
    this.ordinal = ordinal;
  }

  /** V8's object id (`@id`). */
  get id(): number {
    return rowsOf(this.graph.columns, 'idByNode', this.ordinal)[this.ordinal];
  }

  /** The type's name as the file spells it: `object`, `closure`, … */
  get type(): string {
    return this.graph.meta.nodeTypes[this.graph.typeOrdinalOf(this.ordinal)];
  }

  /** What people read: concatenated strings joined, plain objects as `{a, b, …}`; see `displayName`. */
  get name(): string {
    return displayName(this.graph, this.ordinal);
  }

  /** The name as in the file (see `HeapGraph.rawNameOf`). */
  get rawName(): string {
    return this.graph.rawNameOf(this.ordinal);
  }

  /** The constructor or kind that Summary groups by, inferred interfaces included. Classifies the whole graph on first use. */
  get className(): string {
    return this.graph.classes.nameOf(this.ordinal);
  }

  /** Bytes of the object itself, as in the file. */
  get selfSize(): number {
    return rowsOf(this.graph.columns, 'selfSizeByNode', this.ordinal)[this.ordinal];
  }

  /** Bytes of the object and of the hidden parts that only it owns. */
  get shallowSize(): number {
    return this.graph.shallowSizeOf(this.ordinal);
  }

  /** Whether a DOM node is in the document. */
  get detachedness(): Detachedness {
    const detachednessByNode = rowsOf(this.graph.columns, 'detachednessByNode', this.ordinal);
    if (detachednessByNode !== null) {
      const state = detachednessByNode[this.ordinal];
      if (state === DETACHEDNESS.detached) return 'detached';
      return state === DETACHEDNESS.attached ? 'attached' : 'unknown';
    }
    const isDetached =
      this.graph.typeOrdinalOf(this.ordinal) === this.graph.nodeType.native &&
      this.rawName.startsWith(SPECIAL_NAME.detachedPrefix);
    return isDetached ? 'detached' : 'unknown';
  }

  get location(): SourceLocation | null {
    return this.graph.locationOf(this.ordinal);
  }

  /** The number of edges that leave the node. */
  get edgeCount(): number {
    const { end, first } = this.graph.edgeRangeOf(this.ordinal);
    return end - first;
  }

  /** The edges that leave the node, in file order. */
  *edges(): Generator<EdgeView> {
    const { end, first } = this.graph.edgeRangeOf(this.ordinal);
    for (let edge = first; edge < end; edge++) yield new EdgeView(this.graph, edge);
  }
}

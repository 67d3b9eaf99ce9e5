import { EDGE_TYPE, edgeTypeOrdinal, type GraphColumns, OrdinalSet } from '@heapstream/core';

/** What tells, beside the columns, which edges are essential. */
export interface Essentials {
  /** The words of an `OrdinalSet`: the nodes that the page owns. */
  readonly pageOwned: Uint32Array;
  /** The edges by which WeakMap tables hold the values of their entries; ascending. */
  readonly tableEdges: Uint32Array;
  /** The words of an `OrdinalSet`: the nodes that have any of these. */
  readonly tableNodes: Uint32Array;
}

/**
 * Tells the edges that keep their targets alive, as far as dominators go. Those do *not* count: weak ones; self loops;
 * `shortcut` edges of other nodes than the root; edges from what the page does not own into what it owns (the root's
 * excepted: debuggers and such hold pages too); and of the two edges that hold a WeakMap's value the table's, so that
 * the value lives by its key.
 */
export class EssentialEdges {
  readonly #columns: GraphColumns;
  readonly #weak: number;
  readonly #shortcut: number;
  readonly #pageOwned: OrdinalSet;
  readonly #tableNodes: OrdinalSet;
  readonly #tableEdges: ReadonlySet<number>;

  constructor(columns: GraphColumns, { pageOwned, tableEdges, tableNodes }: Essentials) {
    this.#columns = columns;
    this.#weak = edgeTypeOrdinal(columns.meta, EDGE_TYPE.weak);
    this.#shortcut = edgeTypeOrdinal(columns.meta, EDGE_TYPE.shortcut);
    this.#pageOwned = new OrdinalSet(columns.nodeCount, pageOwned);
    this.#tableNodes = new OrdinalSet(columns.nodeCount, tableNodes);
    this.#tableEdges = new Set(tableEdges);
  }

  /** Whether an edge, which starts at `source`, is essential. */
  has(source: number, edge: number): boolean {
    const { rootOrdinal, targetByEdge, typeByEdge } = this.#columns;
    const type = typeByEdge[edge];
    const target = targetByEdge[edge];
    if (type === this.#weak || target === source) return false;
    if (type === this.#shortcut && source !== rootOrdinal) return false;
    if (this.#tableNodes.has(source) && this.#tableEdges.has(edge)) return false;
    return source === rootOrdinal || this.#pageOwned.has(source) || !this.#pageOwned.has(target);
  }
}

/** A part of a sorted list of nodes. */
export interface NodePage {
  /** Length of the whole list. */
  readonly total: number;
  /** The nodes asked for, in the list's order. */
  readonly ordinals: Uint32Array;
}

/** Which part of a list to give. */
export interface PageOptions {
  /** Default 0. */
  readonly offset?: number;
  /** Default: all. */
  readonly limit?: number;
}

/**
 * Keeps the nodes that have the largest values, ties in file order: for the first page of a long list without sorting
 * the rest. Transient: twice the nodes kept.
 */
export class LargestNodes {
  readonly #valueByNode: ArrayLike<number>;
  readonly #limit: number;
  #nodes: number[] = [];
  /** No node below this value is among the largest. */
  #threshold = Number.NEGATIVE_INFINITY;
  #offered = 0;

  constructor(valueByNode: ArrayLike<number>, limit: number) {
    this.#valueByNode = valueByNode;
    this.#limit = limit;
  }

  /** To be called in file order. */
  offer(node: number): void {
    this.#offered++;
    // of equal ones the earlier stays
    if (this.#valueByNode[node] <= this.#threshold) return;
    this.#nodes.push(node);
    if (this.#nodes.length >= 2 * this.#limit + 1024) this.#cut();
  }

  page(offset = 0): NodePage {
    this.#cut();
    return { total: this.#offered, ordinals: Uint32Array.from(this.#nodes.slice(offset)) };
  }

  #cut(): void {
    const values = this.#valueByNode;
    this.#nodes.sort((a, b) => values[b] - values[a] || a - b);
    if (this.#nodes.length <= this.#limit) return;
    this.#nodes.length = this.#limit;
    if (this.#limit > 0) this.#threshold = values[this.#nodes[this.#limit - 1]];
  }
}

/** The nodes with the largest values, as {@link LargestNodes} keeps them. `nodes` must be in file order. */
export function largestNodes(
  nodes: Iterable<number>,
  valueByNode: ArrayLike<number>,
  { limit = Number.POSITIVE_INFINITY, offset = 0 }: PageOptions = {},
): NodePage {
  const largest = new LargestNodes(valueByNode, offset + limit);
  for (const node of nodes) largest.offer(node);
  return largest.page(offset);
}

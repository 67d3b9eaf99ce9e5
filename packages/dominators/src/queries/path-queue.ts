/** No entry: below the object that a search starts from. */
const NONE = -1;

/**
 * The ways upwards of a search for retaining paths, as a tree that grows: an entry is a node on one way, and knows the
 * entry below it, nearer to the object. And a binary heap of the entries not gone to yet: the cheapest first, of equal
 * ones the one that has come farthest, then the oldest. 7 numbers an entry.
 */
export class PathQueue {
  readonly #node: number[] = [];
  readonly #below: number[] = [];
  readonly #length: number[] = [];
  /** What the way up to here costs. */
  readonly #costSoFar: number[] = [];
  /** What a whole path this way costs at least. */
  readonly #cost: number[] = [];
  /** The edge to the entry below, once it was looked for. */
  readonly #edge: number[] = [];
  readonly #heap: number[] = [];

  nodeOf(entry: number): number {
    return this.#node[entry];
  }

  /** -1 for the object itself. */
  entryBelow(entry: number): number {
    return this.#below[entry];
  }

  /** Edges up to here. */
  lengthOf(entry: number): number {
    return this.#length[entry];
  }

  costSoFar(entry: number): number {
    return this.#costSoFar[entry];
  }

  /** What a whole path over the entry costs at least. */
  costOf(entry: number): number {
    return this.#cost[entry];
  }

  /** -1 until it is set. */
  edgeOf(entry: number): number {
    return this.#edge[entry];
  }

  setEdge(entry: number, edge: number): void {
    this.#edge[entry] = edge;
  }

  /** Adds a node above the entry `below`; `costAbove` is the least that the rest of the way can cost. */
  add(node: number, below: number, costSoFar: number, costAbove: number): void {
    const entry = this.#node.push(node) - 1;
    this.#below.push(below);
    this.#length.push(below === NONE ? 0 : this.#length[below] + 1);
    this.#costSoFar.push(costSoFar);
    this.#cost.push(costSoFar + costAbove);
    this.#edge.push(NONE);
    this.#rise(entry);
  }

  /** Puts an entry that was taken back among the others, at a higher price. */
  putBack(entry: number, extraCost: number): void {
    this.#costSoFar[entry] += extraCost;
    this.#cost[entry] += extraCost;
    this.#rise(entry);
  }

  takeBest(): number | undefined {
    const heap = this.#heap;
    const best = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return best;
  }

  #isBefore(a: number, b: number): boolean {
    if (this.#cost[a] !== this.#cost[b]) return this.#cost[a] < this.#cost[b];
    if (this.#costSoFar[a] !== this.#costSoFar[b]) return this.#costSoFar[a] > this.#costSoFar[b];
    return a < b;
  }

  #rise(entry: number): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      if (!this.#isBefore(entry, heap[parent])) break;
      heap[place] = heap[parent];
      place = parent;
    }
    heap[place] = entry;
  }

  #sink(entry: number): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#isBefore(heap[child + 1], heap[child])) child++;
      if (!this.#isBefore(heap[child], entry)) break;
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = entry;
  }
}

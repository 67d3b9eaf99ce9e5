/** A set of node ordinals: one bit a node, so that it stays in the cache where a byte a node would not. */
export class NodeSet {
  readonly #words: Uint32Array;

  constructor(nodeCount: number) {
    this.#words = new Uint32Array(Math.ceil(nodeCount / 32));
  }

  add(ordinal: number): void {
    this.#words[ordinal >>> 5] |= 1 << (ordinal & 31);
  }

  has(ordinal: number): boolean {
    return (this.#words[ordinal >>> 5] & (1 << (ordinal & 31))) !== 0;
  }
}

const FIRST_CAPACITY = 4096;

/** A stack of node or edge ordinals that grows: 4 bytes each, never deeper than what is pushed. */
export class NodeStack {
  #items = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: number): void {
    if (this.#size === this.#items.length) {
      const larger = new Uint32Array(this.#size * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#size++] = item;
  }

  /** Only while `size` > 0. */
  pop(): number {
    return this.#items[--this.#size];
  }
}

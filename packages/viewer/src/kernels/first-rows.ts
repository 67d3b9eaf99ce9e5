import { sharedUint32 } from '@heapstream/core';
import type { SortOrder } from '../api/index.js';

/**
 * The first positions of a sorted list, found in one pass that keeps the best so far: for the first page of a list that is
 * too long to be sorted. Equal keys keep their order. 24 bytes a position wanted.
 */
export function firstRows(
  rowCount: number,
  keyAt: (position: number) => number,
  order: SortOrder,
  wanted: number,
): Uint32Array {
  const best = new BestRows(Math.min(wanted, rowCount));
  const sign = order === 'asc' ? 1 : -1;
  for (let position = 0; position < rowCount; position++) best.offer(sign * keyAt(position), position);
  return best.positions();
}

/** The smallest keys, the earlier of equal ones. To be offered in the order of positions. */
class BestRows {
  readonly #wanted: number;
  readonly #keys: Float64Array;
  readonly #positions: Uint32Array;
  #count = 0;
  /** No key from here on is among the best. */
  #threshold = Number.POSITIVE_INFINITY;

  constructor(wanted: number) {
    this.#wanted = wanted;
    this.#keys = new Float64Array(2 * wanted);
    this.#positions = new Uint32Array(2 * wanted);
  }

  offer(key: number, position: number): void {
    if (key >= this.#threshold || this.#wanted === 0) return;
    this.#keys[this.#count] = key;
    this.#positions[this.#count++] = position;
    if (this.#count === this.#keys.length) this.#cut();
  }

  positions(): Uint32Array {
    this.#cut();
    const result = sharedUint32(this.#count);
    result.set(this.#positions.subarray(0, this.#count));
    return result;
  }

  #cut(): void {
    const keys = this.#keys.slice(0, this.#count);
    const positions = this.#positions.slice(0, this.#count);
    const order = Uint32Array.from(keys, (_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
    this.#count = Math.min(this.#count, this.#wanted);
    for (let i = 0; i < this.#count; i++) {
      this.#keys[i] = keys[order[i]];
      this.#positions[i] = positions[order[i]];
    }
    if (this.#count === this.#wanted && this.#count > 0) this.#threshold = this.#keys[this.#count - 1];
  }
}

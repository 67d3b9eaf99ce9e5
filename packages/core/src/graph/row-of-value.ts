import type { WideColumn } from './graph-columns.js';
import { slotOfValue } from './value-slot.js';

const EMPTY = 0xffffffff;

/**
 * value → row of a column that holds it: an open-addressing hash of rows (linear probing, at most half full), 8 to 16
 * bytes a row. Where a value stands in several rows, `keeps` says which one counts.
 */
export class RowOfValue {
  readonly #column: WideColumn;
  readonly #slots: Uint32Array;
  readonly #bits: number;

  constructor(column: WideColumn, keeps: 'first' | 'last') {
    this.#column = column;
    // 2³² slots are as many as a typed array has, and enough for 2³¹ nodes
    this.#bits = Math.min(32, Math.ceil(Math.log2(Math.max(2, column.length * 2))));
    this.#slots = new Uint32Array(2 ** this.#bits).fill(EMPTY);
    for (let row = 0; row < column.length; row++) {
      const slot = this.#slotOf(column[row]);
      if (this.#slots[slot] === EMPTY || keeps === 'last') this.#slots[slot] = row;
    }
  }

  rowOf(value: number): number | undefined {
    const row = this.#slots[this.#slotOf(value)];
    return row === EMPTY ? undefined : row;
  }

  /** The slot that holds the value, or the empty one where it would go. */
  #slotOf(value: number): number {
    let slot = slotOfValue(value, this.#bits);
    for (;;) {
      const row = this.#slots[slot];
      if (row === EMPTY || this.#column[row] === value) return slot;
      slot = slot + 1 === this.#slots.length ? 0 : slot + 1;
    }
  }
}

import type { WideColumn } from './graph-columns.js';

const EMPTY = 0xffffffff;

/**
 * value → row of a column that holds it: an open-addressing hash of rows (linear probing, at most half full), 8 to 16
 * bytes a row. Where a value stands in several rows, `keeps` says which one counts.
 */
export class RowOfValue {
  readonly #column: WideColumn;
  readonly #slots: Uint32Array;
  readonly #mask: number;

  constructor(column: WideColumn, keeps: 'first' | 'last') {
    this.#column = column;
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, column.length * 2)));
    this.#mask = size - 1;
    this.#slots = new Uint32Array(size).fill(EMPTY);
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
    // values of 2³² and more differ in their high part too
    const folded = (value >>> 0) ^ Math.imul((value / 4294967296) >>> 0, 0x85ebca6b);
    let slot = (Math.imul(folded, 0x9e3779b1) >>> 7) & this.#mask;
    for (;;) {
      const row = this.#slots[slot];
      if (row === EMPTY || this.#column[row] === value) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}

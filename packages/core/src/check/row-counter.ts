import { type NumberBatch, type NumberSink, RowProblem } from '../parse/number-sink.js';

/** Looks at every row of a section once and keeps none. */
export abstract class RowCounter implements NumberSink {
  /** Whole rows so far. */
  count = 0;
  readonly #stride: number;
  /** The row that a batch cuts, and how many of its values are there. */
  readonly #cutRow: Float64Array;
  #cutCount = 0;

  constructor(stride: number) {
    this.#stride = stride;
    this.#cutRow = new Float64Array(stride);
  }

  /** Takes the row that begins at `values[at]`; `index` is where it, or its last value, stands in the batch. */
  protected abstract take(values: NumberBatch, at: number, index: number): void;

  push(values: NumberBatch, count: number): void {
    let next = 0;
    while (this.#cutCount > 0 && next < count) this.#takeCut(values, next++);
    for (; next + this.#stride <= count; next += this.#stride) {
      this.take(values, next, next);
      this.count++;
    }
    while (next < count) this.#takeCut(values, next++);
  }

  end(): void {
    if (this.#cutCount === 0) return;
    const actual = `${this.count} rows and ${this.#cutCount} numbers`;
    throw new RowProblem(-1, 'BAD_ROWS', `whole rows of ${this.#stride} numbers`, actual);
  }

  #takeCut(values: NumberBatch, index: number): void {
    this.#cutRow[this.#cutCount++] = values[index];
    if (this.#cutCount < this.#stride) return;
    this.#cutCount = 0;
    this.take(this.#cutRow, 0, index);
    this.count++;
  }
}

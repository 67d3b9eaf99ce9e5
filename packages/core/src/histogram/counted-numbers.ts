import { MAX_EDGES } from '../limits.js';
import type { NumberBatch, NumberSink } from '../parse/number-sink.js';
import type { PlacedRows, RowPlan } from '../parse/parallel/row-plan.js';

/** Counts numbers and forgets them. */
export class CountedNumbers implements NumberSink {
  count = 0;
  readonly claimedRows: number;
  readonly #stride: number | undefined;

  /** `stride`: numbers of a row, where that is known, so that several threads may count. */
  constructor(stride?: number, claimedRows = 0) {
    this.#stride = stride;
    this.claimedRows = claimedRows;
  }

  push(_values: NumberBatch, count: number): void {
    this.count += count;
  }

  /** A table of no columns. */
  plan(maxRows: number | undefined): RowPlan | undefined {
    const stride = this.#stride;
    if (stride === undefined || this.count % stride !== 0) return undefined;
    const row = this.count / stride;
    return { kind: 'table', stride, row, capacity: row + (maxRows ?? MAX_EDGES), columns: [] };
  }

  adopt({ row }: PlacedRows): void {
    this.count = row * this.#stride!;
  }

  end(): void {
    // whoever knows the fields compares the count
  }
}

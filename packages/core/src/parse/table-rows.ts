import type { WideColumn } from '../graph/graph-columns.js';
import {
  grownWide,
  MAX_UINT32,
  nextCapacity,
  plannedCapacity,
  sharedUint32,
  widened,
} from './allocate-columns.js';
import type { NumberBatch, NumberSink } from './number-sink.js';
import type { PlacedRows, RowPlan } from './parallel/row-plan.js';
import { placeTable } from './place-rows.js';
import type { ScanKernel } from './scan-kernel.js';

/** Splits the rows of a section into one growing column per field. */
export class TableRows implements NumberSink {
  readonly #fields: readonly string[];
  readonly #columns: WideColumn[];
  readonly #likelyRows: number;
  #row = 0;
  /** Field that the next value belongs to; after the end: how many values of the last row are there. */
  #field = 0;
  #capacity = 0;

  /** `likelyRows`: rows that there may be at most, a hint. */
  constructor(fields: readonly string[], likelyRows = 0) {
    this.#fields = fields;
    this.#likelyRows = likelyRows;
    this.#columns = fields.map(() => sharedUint32(0));
  }

  /** Whole rows. */
  get count(): number {
    return this.#row;
  }

  /** Values that stand after the last whole row. */
  get leftover(): number {
    return this.#field;
  }

  push(values: NumberBatch, count: number): void {
    const columns = this.#columns;
    const fieldCount = columns.length;
    this.#reserve(this.#row + Math.ceil((this.#field + count) / fieldCount));
    let row = this.#row;
    let field = this.#field;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      if (value > MAX_UINT32) columns[field] = widened(columns[field]);
      columns[field][row] = value;
      if (++field === fieldCount) {
        field = 0;
        row++;
      }
    }
    this.#row = row;
    this.#field = field;
  }

  pushScanned(kernel: ScanKernel, count: number): void {
    const fieldCount = this.#columns.length;
    const cut = Math.min(count, (fieldCount - this.#field) % fieldCount);
    this.push(kernel.values, cut);
    const rows = Math.floor((count - cut) / fieldCount);
    this.#reserve(this.#row + rows);
    placeTable(kernel, this.#columns, cut, rows, this.#row);
    this.#row += rows;
    const next = cut + rows * fieldCount;
    this.push(kernel.values.subarray(next), count - next);
  }

  plan(maxRows: number | undefined): RowPlan | undefined {
    if (this.#field !== 0) return undefined;
    const capacity = plannedCapacity(this.#row, this.#likelyRows, maxRows);
    if (capacity > this.#capacity) this.#setCapacity(capacity);
    const stride = this.#fields.length;
    return { kind: 'table', stride, row: this.#row, capacity: this.#capacity, columns: [...this.#columns] };
  }

  adopt({ row }: PlacedRows): void {
    this.#row = row;
  }

  end(): void {
    // a last row that is not whole is the reader's affair
  }

  /** row → value; a column of zeros for a field that the section does not have. */
  column(field: string): WideColumn {
    const column = this.#columns[this.#fields.indexOf(field)];
    return column === undefined ? sharedUint32(this.#row) : column.subarray(0, this.#row);
  }

  has(field: string): boolean {
    return this.#fields.includes(field);
  }

  #reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    this.#setCapacity(nextCapacity(this.#capacity, rows, this.#likelyRows));
  }

  #setCapacity(capacity: number): void {
    for (let i = 0; i < this.#columns.length; i++) this.#columns[i] = grownWide(this.#columns[i], capacity);
    this.#capacity = capacity;
  }
}

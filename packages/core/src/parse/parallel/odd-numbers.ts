import type { WideColumn } from '../../graph/graph-columns.js';
import { MAX_UINT32 } from '../allocate-columns.js';
import { BYTE, isWhiteSpace } from '../value-parser.js';
import type { RowPlan } from './row-plan.js';

/** Numbers of a chunk that are odd at most: more are for the sequential parser. */
const MAX_ODD = 1024;
/** V8 prints the index of an element as int32, so large ones come out negative; see `EdgeRows`. */
const WRAP = 2 ** 32;
const LOWEST_WRAPPED = -(2 ** 31);

/** Valid numbers that the kernel does not take: of 2³² and more, and negative ones. */
export class OddNumbers {
  /** Their positions among the values of the chunk, ascending. */
  readonly #positions: number[] = [];
  readonly #numbers: number[] = [];
  /** Wide values of the rows to be placed: row in the chunk, field, number. */
  #wide: { row: number; field: number; number: number }[] = [];

  clear(): void {
    this.#positions.length = 0;
    this.#numbers.length = 0;
    this.#wide = [];
  }

  /** Reads `number,` at `from`; returns the position behind the comma, -1 where there is something else. */
  read(bytes: Uint8Array, from: number, end: number, position: number): number {
    if (this.#positions.length === MAX_ODD) return -1;
    let at = from;
    while (at < end && isWhiteSpace(bytes[at])) at++;
    const isNegative = bytes[at] === BYTE.minus;
    if (isNegative) at++;
    const start = at;
    let value = 0;
    while (at < end && bytes[at] >= BYTE.zero && bytes[at] <= BYTE.nine && value <= Number.MAX_SAFE_INTEGER) {
      value = value * 10 + (bytes[at++] - BYTE.zero);
    }
    const hasLeadingZero = bytes[start] === BYTE.zero && at - start > 1;
    if (at === start || hasLeadingZero || value > Number.MAX_SAFE_INTEGER) return -1;
    while (at < end && isWhiteSpace(bytes[at])) at++;
    if (at >= end || bytes[at] !== BYTE.comma) return -1;
    this.#positions.push(position);
    this.#numbers.push(isNegative ? -value : value);
    return at + 1;
  }

  /**
   * Decides what becomes of the odd numbers now that the rows begin at the value `first`: the index of an element is put
   * in its place among the values, others wait for {@link patch}. Returns how many rows can be placed: the next one
   * needs a wider column, or is wrong.
   */
  settle(plan: RowPlan, values: Uint32Array, first: number, rows: number): number {
    for (let i = 0; i < this.#positions.length; i++) {
      const position = this.#positions[i];
      if (position < first) continue;
      const row = Math.floor((position - first) / plan.stride);
      if (row >= rows) return rows;
      const field = position - first - row * plan.stride;
      const number = this.#numbers[i];
      if (plan.kind === 'edges' && field === plan.shape.nameAt && isWrapped(number)) {
        const type = values[first + row * plan.stride + plan.shape.typeAt];
        if (type !== plan.shape.elementType) return row;
        values[position] = number + WRAP;
      } else if (number > MAX_UINT32 && columnOf(plan, field) instanceof Float64Array) {
        values[position] = 0;
        this.#wide.push({ row, field, number });
      } else return row;
    }
    return rows;
  }

  /** Writes what 32 bits could not hold to the columns, where the rows of the chunk begin at `row`. */
  patch(plan: RowPlan, row: number): void {
    for (const wide of this.#wide) columnOf(plan, wide.field)![row + wide.row] = wide.number;
  }
}

function isWrapped(number: number): boolean {
  return number <= -2 && number >= LOWEST_WRAPPED;
}

/** The column of a field that may be wide; wide names and edge counts are for the sequential parser. */
function columnOf(plan: RowPlan, field: number): WideColumn | null {
  if (plan.kind === 'table') return plan.columns[field];
  if (plan.kind === 'edges') return null;
  if (field === plan.shape.idAt) return plan.columns.idByNode;
  if (field === plan.shape.sizeAt) return plan.columns.selfSizeByNode;
  return field === plan.shape.traceAt ? plan.columns.traceNodeIdByNode : null;
}

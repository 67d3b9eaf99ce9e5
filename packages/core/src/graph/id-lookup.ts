import { rowCountOf, rowsOf } from './column-rows.js';
import type { GraphColumns, WideColumn } from './graph-columns.js';
import { RowOfValue } from './row-of-value.js';

/** With more runs than this a table is better. */
const MAX_RUNS = 32;

type IdColumns = Pick<GraphColumns, 'idByNode'>;

/**
 * The starts of the longest runs in which ids ascend, in file order; `null` where there are many. V8 numbers objects in
 * the order in which it writes them, so a file of its has a few.
 */
export function findAscendingRuns(ids: WideColumn): Uint32Array | null {
  const starts: number[] = [];
  for (let row = 0; row < ids.length; row++) {
    if (row > 0 && ids[row] > ids[row - 1]) continue;
    if (starts.length === MAX_RUNS) return null;
    starts.push(row);
  }
  return Uint32Array.from(starts);
}

/**
 * object id → node ordinal, the first in file order where a producer repeats one. Where ids ascend, or nearly do, by
 * searching the column; else by a table of at most 16 bytes a node.
 */
export class IdLookup {
  readonly #columns: IdColumns;
  readonly #runs: Uint32Array | null;
  readonly #table: RowOfValue | null;

  /** `runs`: what {@link findAscendingRuns} said, where somebody knows. */
  constructor(columns: IdColumns, runs: Uint32Array | null = findAscendingRuns(columns.idByNode)) {
    this.#columns = columns;
    this.#runs = runs;
    this.#table = runs === null ? new RowOfValue(columns.idByNode, 'first') : null;
  }

  ordinalOf(id: number): number | undefined {
    if (this.#table !== null) return this.#table.rowOf(id);
    const runs = this.#runs!;
    const nodeCount = rowCountOf(this.#columns, 'idByNode');
    for (let run = 0; run < runs.length; run++) {
      const end = run + 1 < runs.length ? runs[run + 1] : nodeCount;
      const row = this.#find(id, runs[run], end);
      if (row !== undefined) return row;
    }
    return undefined;
  }

  /** Halves the run until the id is found, or cannot be there. */
  #find(id: number, start: number, end: number): number | undefined {
    let low = start;
    let high = end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const found = rowsOf(this.#columns, 'idByNode', middle)[middle];
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }
}

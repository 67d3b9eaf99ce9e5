import { NODE_REQUIRED_FIELDS } from '../format/parse-meta.js';
import type { SnapshotHeader } from '../format/snapshot-header.js';
import { MAX_UINT32, sharedFloat64 } from '../parse/allocate-columns.js';
import { NodeRows } from '../parse/node-rows.js';
import { type NumberBatch, type NumberSink, RowProblem } from '../parse/number-sink.js';
import type { NodePlan, PlacedRows, RowPlan } from '../parse/parallel/row-plan.js';
import type { NodeRowColumns } from '../parse/place-rows.js';
import { TypeNameTable } from './type-name-table.js';

/** Rows that are split into columns before they are summed up: 25 bytes each. */
export const ROWS_AT_ONCE = 2 ** 18;

/** Sums nodes up by type and name. */
export class NodeTally implements NumberSink {
  readonly table = new TypeNameTable();
  count = 0;
  totalSize = 0;
  edgeTotal = 0;
  readonly claimedRows: number;
  readonly #header: SnapshotHeader;
  readonly #rowsAtOnce: number;
  #window: NodePlan | undefined;
  readonly #fieldCount: number;
  readonly #typeCount: number;
  readonly #typeAt: number;
  readonly #nameAt: number;
  readonly #sizeAt: number;
  readonly #edgeCountAt: number;
  /** The row that a batch cuts, and how many of its values are there. */
  readonly #cutRow: Float64Array;
  #cutCount = 0;

  constructor(header: SnapshotHeader, rowsAtOnce: number) {
    this.#rowsAtOnce = rowsAtOnce;
    this.#header = header;
    this.claimedRows = header.claimedNodeCount ?? 0;
    const { nodeFields, nodeTypes } = header.meta;
    const [type, name, , size, edgeCount] = NODE_REQUIRED_FIELDS;
    this.#fieldCount = nodeFields.length;
    this.#typeCount = nodeTypes.length;
    this.#typeAt = nodeFields.indexOf(type);
    this.#nameAt = nodeFields.indexOf(name);
    this.#sizeAt = nodeFields.indexOf(size);
    this.#edgeCountAt = nodeFields.indexOf(edgeCount);
    this.#cutRow = new Float64Array(nodeFields.length);
  }

  push(values: NumberBatch, count: number): void {
    let next = 0;
    while (this.#cutCount > 0 && next < count) this.#takeCut(values, next++);
    for (; next + this.#fieldCount <= count; next += this.#fieldCount) this.#take(values, next, next);
    while (next < count) this.#takeCut(values, next++);
  }

  /** Some rows at a time, always into the same columns. */
  plan(): RowPlan | undefined {
    if (this.#cutCount > 0) return undefined;
    this.#window ??= windowOf(this.#header, this.#rowsAtOnce);
    return { ...this.#window, edgeTotal: this.edgeTotal };
  }

  adopt({ edgeTotal, row: rows }: PlacedRows): void {
    const { nameByNode, selfSizeByNode, typeByNode } = this.#window!.columns;
    for (let row = 0; row < rows; row++) {
      this.totalSize += selfSizeByNode[row];
      this.table.add(typeByNode[row], nameByNode[row], selfSizeByNode[row]);
    }
    this.count += rows;
    this.edgeTotal = edgeTotal;
  }

  end(): void {
    if (this.#cutCount === 0) return;
    const actual = `${this.count} rows and ${this.#cutCount} numbers`;
    throw new RowProblem(-1, 'BAD_ROWS', `whole rows of ${this.#fieldCount} numbers`, actual);
  }

  /** String ordinals of all names. */
  usedNames(): Set<number> {
    const names = new Set<number>();
    for (const { name } of this.table.rows()) names.add(name);
    return names;
  }

  #takeCut(values: NumberBatch, index: number): void {
    this.#check(this.#cutCount, values[index], index);
    this.#cutRow[this.#cutCount++] = values[index];
    if (this.#cutCount < this.#fieldCount) return;
    this.#cutCount = 0;
    this.#take(this.#cutRow, 0, index);
  }

  /** The row at `at`; `index` is where its values stand in the batch. */
  #take(row: NumberBatch, at: number, index: number): void {
    const type = row[at + this.#typeAt];
    const name = row[at + this.#nameAt];
    const size = row[at + this.#sizeAt];
    if (type >= this.#typeCount || name > MAX_UINT32) {
      this.#check(this.#typeAt, type, index + this.#typeAt);
      this.#check(this.#nameAt, name, index + this.#nameAt);
    }
    this.count++;
    this.totalSize += size;
    this.edgeTotal += row[at + this.#edgeCountAt];
    this.table.add(type, name, size);
  }

  #check(field: number, value: number, index: number): void {
    if (field === this.#typeAt && value >= this.#typeCount) {
      throw new RowProblem(index, 'BAD_REFERENCE', `a node type below ${this.#typeCount}`, String(value));
    }
    if (field === this.#nameAt && value > MAX_UINT32) {
      throw new RowProblem(index, 'BAD_REFERENCE', 'a string ordinal', String(value));
    }
  }
}

/** The plan of a graph's nodes, of which some columns are of no use and the others hold every number. */
function windowOf({ meta }: SnapshotHeader, rows: number): NodePlan {
  const plan = new NodeRows(meta, rows).plan(rows) as NodePlan;
  const columns: NodeRowColumns = {
    ...plan.columns,
    idByNode: sharedFloat64(plan.capacity),
    selfSizeByNode: sharedFloat64(plan.capacity),
    detachednessByNode: null,
    traceNodeIdByNode: null,
  };
  return { ...plan, columns };
}

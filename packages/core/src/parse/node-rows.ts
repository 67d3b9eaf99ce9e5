import { NODE_REQUIRED_FIELDS } from '../format/parse-meta.js';
import type { SnapshotMeta } from '../format/snapshot-meta.js';
import type { WideColumn } from '../graph/graph-columns.js';
import { MAX_EDGES, MAX_NODES } from '../limits.js';
import {
  type ColumnAllocator,
  grownUint8,
  grownUint32,
  grownWide,
  MAX_UINT32,
  nextCapacity,
  plannedCapacity,
  type RowOptions,
  SHARED_COLUMNS,
  sharedUint8,
  sharedUint32,
  widened,
} from './allocate-columns.js';
import { type NumberBatch, type NumberSink, RowProblem, tooManyRows } from './number-sink.js';
import type { PlacedRows, RowPlan } from './parallel/row-plan.js';
import { MAX_DETACHEDNESS, placeNodes } from './place-rows.js';
import type { NodeRowShape, ScanKernel } from './scan-kernel.js';

/** Splits the rows of `nodes` into columns. Checks types and edge counts; names are checked once the strings are known. */
export class NodeRows implements NumberSink {
  typeByNode: Uint8Array = sharedUint8(0);
  nameByNode: Uint32Array = sharedUint32(0);
  idByNode: WideColumn = sharedUint32(0);
  selfSizeByNode: WideColumn = sharedUint32(0);
  firstEdgeByNode: Uint32Array = sharedUint32(1);
  detachednessByNode: Uint8Array | null = null;
  traceNodeIdByNode: WideColumn | null = null;
  /** Sum of `edge_count` so far. */
  edgeTotal = 0;
  /** Whether a node has a detachedness other than 0. */
  hasDetachedness = false;
  /** Largest string ordinal of a name, and the first node that has it. */
  maxName = -1;
  maxNameNode = 0;

  /** The header's count. */
  readonly claimedRows: number;

  readonly #fields: readonly string[];
  readonly #typeNames: readonly string[];
  readonly #typeAt: number;
  readonly #nameAt: number;
  readonly #idAt: number;
  readonly #sizeAt: number;
  readonly #edgeCountAt: number;
  readonly #detachednessAt: number;
  readonly #traceAt: number;
  readonly #shape: NodeRowShape;
  #row = 0;
  /** Field that the next value belongs to; not 0 where a batch ended inside a row. */
  #field = 0;
  #capacity = 0;

  readonly #maxRows: number;
  readonly #memory: ColumnAllocator;

  /** `claimedRows`: the header's count, a hint. */
  constructor(
    meta: SnapshotMeta,
    claimedRows: number,
    { maxRows = MAX_NODES, memory = SHARED_COLUMNS }: RowOptions = {},
  ) {
    this.#memory = memory;
    this.#maxRows = maxRows;
    this.#fields = meta.nodeFields;
    this.#typeNames = meta.nodeTypes;
    const [type, name, id, size, edgeCount] = NODE_REQUIRED_FIELDS;
    this.#typeAt = meta.nodeFields.indexOf(type);
    this.#nameAt = meta.nodeFields.indexOf(name);
    this.#idAt = meta.nodeFields.indexOf(id);
    this.#sizeAt = meta.nodeFields.indexOf(size);
    this.#edgeCountAt = meta.nodeFields.indexOf(edgeCount);
    this.#detachednessAt = meta.nodeFields.indexOf('detachedness');
    this.#traceAt = meta.nodeFields.indexOf('trace_node_id');
    this.claimedRows = claimedRows;
    this.#shape = {
      stride: meta.nodeFields.length,
      typeAt: this.#typeAt,
      nameAt: this.#nameAt,
      idAt: this.#idAt,
      sizeAt: this.#sizeAt,
      edgeCountAt: this.#edgeCountAt,
      detachednessAt: this.#detachednessAt,
      traceAt: this.#traceAt,
      typeCount: meta.nodeTypes.length,
      maxEdges: MAX_EDGES,
    };
    if (this.#detachednessAt >= 0) this.detachednessByNode = sharedUint8(0);
    if (this.#traceAt >= 0) this.traceNodeIdByNode = sharedUint32(0);
  }

  /** Whole rows taken so far. */
  get count(): number {
    return this.#row;
  }

  push(values: NumberBatch, count: number): void {
    const stride = this.#fields.length;
    let next = 0;
    this.#reserve(this.#row + Math.ceil((this.#field + count) / stride));
    while (this.#field !== 0 && next < count) this.#takeField(values, next++);
    const rows = Math.floor((count - next) / stride);
    this.#takeRows(values, next, rows);
    next += rows * stride;
    while (next < count) this.#takeField(values, next++);
  }

  pushScanned(kernel: ScanKernel, count: number): void {
    const { stride } = this.#shape;
    let next = 0;
    this.#reserve(this.#row + Math.ceil((this.#field + count) / stride));
    while (this.#field !== 0 && next < count) this.#takeField(kernel.values, next++);
    const rows = Math.floor((count - next) / stride);
    const row = this.#row;
    const scanned = { first: next, rows, row, nameEnd: this.maxName + 1 };
    const { hasDetachedness, taken } = placeNodes(kernel, this.#shape, this, scanned, this.edgeTotal);
    if (kernel.nameEnd > this.maxName + 1) {
      this.maxName = kernel.nameEnd - 1;
      this.maxNameNode = row + kernel.nameEndRow;
    }
    this.hasDetachedness ||= hasDetachedness;
    this.edgeTotal = kernel.edgeTotal;
    this.#row += taken;
    // a row that the kernel refused is looked at here
    this.#takeRows(kernel.values, next + taken * stride, rows - taken);
    next += rows * stride;
    while (next < count) this.#takeField(kernel.values, next++);
  }

  plan(maxRows: number | undefined): RowPlan | undefined {
    if (this.#field !== 0) return undefined;
    const capacity = Math.min(plannedCapacity(this.#row, this.claimedRows, maxRows), this.#maxRows);
    if (capacity > this.#capacity) this.#setCapacity(capacity);
    const { typeByNode, nameByNode, idByNode, selfSizeByNode, firstEdgeByNode } = this;
    const { detachednessByNode, traceNodeIdByNode } = this;
    return {
      kind: 'nodes',
      stride: this.#fields.length,
      row: this.#row,
      capacity: Math.min(this.#capacity, this.#maxRows),
      shape: this.#shape,
      columns: {
        typeByNode,
        nameByNode,
        idByNode,
        selfSizeByNode,
        firstEdgeByNode,
        detachednessByNode,
        traceNodeIdByNode,
      },
      nameEnd: this.maxName + 1,
      edgeTotal: this.edgeTotal,
    };
  }

  adopt({ edgeTotal, hasDetachedness, maxName, maxNameRow, row }: PlacedRows): void {
    this.#row = row;
    this.edgeTotal = edgeTotal;
    this.hasDetachedness ||= hasDetachedness;
    if (maxName <= this.maxName) return;
    this.maxName = maxName;
    this.maxNameNode = maxNameRow;
  }

  end(): void {
    if (this.#field !== 0) {
      const fields = this.#fields.length;
      throw new RowProblem(
        -1,
        'BAD_ROWS',
        `whole rows of ${fields} numbers`,
        `${this.#row} rows and ${this.#field} numbers`,
      );
    }
  }

  #takeRows(values: NumberBatch, from: number, rows: number): void {
    const stride = this.#fields.length;
    const typeCount = this.#typeNames.length;
    const typeAt = this.#typeAt;
    const nameAt = this.#nameAt;
    const idAt = this.#idAt;
    const sizeAt = this.#sizeAt;
    const edgeCountAt = this.#edgeCountAt;
    const { typeByNode, nameByNode, firstEdgeByNode } = this;
    let { idByNode, selfSizeByNode, edgeTotal, maxName } = this;
    let row = this.#row;
    for (let i = 0, at = from; i < rows; i++, at += stride, row++) {
      const type = values[at + typeAt];
      const name = values[at + nameAt];
      const id = values[at + idAt];
      const size = values[at + sizeAt];
      const edges = edgeTotal + values[at + edgeCountAt];
      if (type >= typeCount || name > MAX_UINT32 || edges > MAX_EDGES) {
        this.edgeTotal = edgeTotal;
        // the first problem of the file counts, and an earlier row may have one that is looked for below
        if (this.#detachednessAt >= 0) this.#takeDetachedness(values, from, i);
        this.#refuseRow(values, at);
      }
      edgeTotal = edges;
      if (id > MAX_UINT32) idByNode = this.idByNode = widened(idByNode);
      if (size > MAX_UINT32) selfSizeByNode = this.selfSizeByNode = widened(selfSizeByNode);
      if (name > maxName) {
        maxName = name;
        this.maxNameNode = row;
      }
      typeByNode[row] = type;
      nameByNode[row] = name;
      idByNode[row] = id;
      selfSizeByNode[row] = size;
      firstEdgeByNode[row + 1] = edgeTotal;
    }
    if (this.#detachednessAt >= 0) this.#takeDetachedness(values, from, rows);
    if (this.#traceAt >= 0) this.#takeTraceIds(values, from, rows);
    this.edgeTotal = edgeTotal;
    this.maxName = maxName;
    this.#row = row;
  }

  /** Zeros are not written: a page of nothing else never takes memory. */
  #takeDetachedness(values: NumberBatch, from: number, rows: number): void {
    const stride = this.#fields.length;
    for (let i = 0, at = from + this.#detachednessAt; i < rows; i++, at += stride) {
      if (values[at] > MAX_DETACHEDNESS) this.#refuseRow(values, at - this.#detachednessAt);
      if (values[at] !== 0) this.#setDetachedness(this.#row + i, values[at]);
    }
  }

  #setDetachedness(node: number, state: number): void {
    this.detachednessByNode![node] = state;
    this.hasDetachedness ||= state !== 0;
  }

  #takeTraceIds(values: NumberBatch, from: number, rows: number): void {
    const stride = this.#fields.length;
    for (let i = 0, at = from + this.#traceAt; i < rows; i++, at += stride) {
      if (values[at] !== 0) this.#setTraceId(this.#row + i, values[at]);
    }
  }

  #setTraceId(node: number, traceId: number): void {
    if (traceId > MAX_UINT32) this.traceNodeIdByNode = widened(this.traceNodeIdByNode!);
    this.traceNodeIdByNode![node] = traceId;
  }

  /** The row at `at` has something wrong: finds the field and throws. */
  #refuseRow(values: NumberBatch, at: number): never {
    for (let field = 0; field < this.#fields.length; field++)
      this.#checkField(field, values[at + field], at + field);
    throw new RowProblem(at, 'BAD_ROWS', 'a valid row', 'another');
  }

  #checkField(field: number, value: number, index: number): void {
    if (field === this.#typeAt && value >= this.#typeNames.length) {
      const expected = `a node type below ${this.#typeNames.length}`;
      throw new RowProblem(index, 'BAD_REFERENCE', expected, String(value));
    }
    if (field === this.#nameAt && value > MAX_UINT32) {
      throw new RowProblem(index, 'BAD_REFERENCE', 'a string ordinal', String(value));
    }
    if (field === this.#edgeCountAt && this.edgeTotal + value > MAX_EDGES) {
      if (value <= MAX_EDGES) throw tooManyRows(index, 'maxEdges', MAX_EDGES);
      const expected = `an edge_count that keeps the sum at ${MAX_EDGES} or less`;
      throw new RowProblem(index, 'BAD_ROWS', expected, String(value));
    }
    if (field === this.#detachednessAt && value > MAX_DETACHEDNESS) {
      throw new RowProblem(index, 'BAD_REFERENCE', 'a detachedness of 0, 1 or 2', String(value));
    }
  }

  /** One value of a row that the batch cuts. */
  #takeField(values: NumberBatch, index: number): void {
    const field = this.#field;
    const value = values[index];
    const row = this.#row;
    this.#checkField(field, value, index);
    if (field === this.#typeAt) this.typeByNode[row] = value;
    else if (field === this.#nameAt) {
      this.nameByNode[row] = value;
      if (value > this.maxName) {
        this.maxName = value;
        this.maxNameNode = row;
      }
    } else if (field === this.#idAt) {
      if (value > MAX_UINT32) this.idByNode = widened(this.idByNode);
      this.idByNode[row] = value;
    } else if (field === this.#sizeAt) {
      if (value > MAX_UINT32) this.selfSizeByNode = widened(this.selfSizeByNode);
      this.selfSizeByNode[row] = value;
    } else if (field === this.#edgeCountAt) {
      this.edgeTotal += value;
      this.firstEdgeByNode[row + 1] = this.edgeTotal;
    } else if (field === this.#detachednessAt) this.#setDetachedness(row, value);
    else if (field === this.#traceAt) this.#setTraceId(row, value);
    this.#field = field + 1;
    if (this.#field === this.#fields.length) {
      this.#field = 0;
      this.#row++;
    }
  }

  #reserve(rows: number): void {
    if (rows > this.#maxRows) throw tooManyRows(-1, 'maxNodes', this.#maxRows);
    if (rows <= this.#capacity) return;
    this.#setCapacity(nextCapacity(this.#capacity, rows, this.claimedRows));
  }

  #setCapacity(capacity: number): void {
    this.typeByNode = grownUint8(this.typeByNode, capacity, this.#memory);
    this.nameByNode = grownUint32(this.nameByNode, capacity, this.#memory);
    this.idByNode = grownWide(this.idByNode, capacity, this.#memory);
    this.selfSizeByNode = grownWide(this.selfSizeByNode, capacity, this.#memory);
    this.firstEdgeByNode = grownUint32(this.firstEdgeByNode, capacity + 1, this.#memory);
    if (this.detachednessByNode)
      this.detachednessByNode = grownUint8(this.detachednessByNode, capacity, this.#memory);
    if (this.traceNodeIdByNode)
      this.traceNodeIdByNode = grownWide(this.traceNodeIdByNode, capacity, this.#memory);
    this.#capacity = capacity;
  }
}

import { EDGE_REQUIRED_FIELDS } from '../format/parse-meta.js';
import { edgeTypeOrdinal, type SnapshotMeta } from '../format/snapshot-meta.js';
import type { WideColumn } from '../graph/graph-columns.js';
import { MAX_EDGES } from '../limits.js';
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
import { placeEdges } from './place-rows.js';
import type { EdgeRowShape, ScanKernel } from './scan-kernel.js';

/** V8 prints the index of an element as int32: `array[4294967294]`, the last one there can be, comes out as -2. */
const WRAP = 2 ** 32;
const ONLY_ELEMENTS = 'an index below 0 on element edges only';

function isWrappedIndex(name: number): boolean {
  return name <= -2 && name >= -(2 ** 31);
}

/** Splits the rows of `edges` into columns, node offsets turned into ordinals. */
export class EdgeRows implements NumberSink {
  typeByEdge: Uint8Array = sharedUint8(0);
  nameByEdge: WideColumn = sharedUint32(0);
  targetByEdge: Uint32Array = sharedUint32(0);
  /** Largest string ordinal of a name, and the first edge that has it. */
  maxName = -1;
  maxNameEdge = 0;
  /** Largest target so far, and the first edge that has it: for the check of files whose nodes come later. */
  maxTarget = -1;
  maxTargetEdge = 0;

  /** The header's count. */
  readonly claimedRows: number;

  readonly #fields: readonly string[];
  readonly #typeNames: readonly string[];
  readonly #typeAt: number;
  readonly #nameAt: number;
  readonly #toAt: number;
  readonly #nameIsCheckedAt: number;
  readonly #nodeFieldCount: number;
  readonly #nodeCount: number;
  readonly #elementType: number;
  readonly #hiddenType: number;
  readonly #maxRows: number;
  readonly #memory: ColumnAllocator;
  readonly #shape: EdgeRowShape;
  #row = 0;
  #field = 0;
  /** The name in the row that a batch cuts, as the file has it. */
  #cutName = 0;
  #capacity = 0;

  /** `nodeCount`: Infinity while the nodes are not read yet. `claimedRows`: the header's count, a hint. */
  constructor(
    meta: SnapshotMeta,
    nodeCount: number,
    claimedRows: number,
    { maxRows = MAX_EDGES, memory = SHARED_COLUMNS }: RowOptions = {},
  ) {
    this.#memory = memory;
    this.#maxRows = maxRows;
    this.#fields = meta.edgeFields;
    this.#typeNames = meta.edgeTypes;
    const [type, name, to] = EDGE_REQUIRED_FIELDS;
    this.#typeAt = meta.edgeFields.indexOf(type);
    this.#nameAt = meta.edgeFields.indexOf(name);
    this.#toAt = meta.edgeFields.indexOf(to);
    this.#nameIsCheckedAt = Math.max(this.#typeAt, this.#nameAt);
    this.#nodeFieldCount = meta.nodeFields.length;
    this.#nodeCount = nodeCount;
    this.#elementType = edgeTypeOrdinal(meta, 'element');
    this.#hiddenType = edgeTypeOrdinal(meta, 'hidden');
    this.claimedRows = claimedRows;
    this.#shape = {
      stride: meta.edgeFields.length,
      typeAt: this.#typeAt,
      nameAt: this.#nameAt,
      toAt: this.#toAt,
      typeCount: meta.edgeTypes.length,
      elementType: this.#elementType,
      hiddenType: this.#hiddenType,
      nodeFieldCount: this.#nodeFieldCount,
      nodeCount,
    };
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
    if (!Number.isFinite(this.#nodeCount)) {
      this.push(kernel.values, count);
      return;
    }
    const { stride } = this.#shape;
    let next = 0;
    this.#reserve(this.#row + Math.ceil((this.#field + count) / stride));
    while (this.#field !== 0 && next < count) this.#takeField(kernel.values, next++);
    const rows = Math.floor((count - next) / stride);
    const row = this.#row;
    const scanned = { first: next, rows, row, nameEnd: this.maxName + 1 };
    const taken = placeEdges(kernel, this.#shape, this, scanned);
    if (kernel.nameEnd > this.maxName + 1) {
      this.maxName = kernel.nameEnd - 1;
      this.maxNameEdge = row + kernel.nameEndRow;
    }
    this.#row += taken;
    // a row that the kernel refused is looked at here
    this.#takeRows(kernel.values, next + taken * stride, rows - taken);
    next += rows * stride;
    while (next < count) this.#takeField(kernel.values, next++);
  }

  plan(maxRows: number | undefined): RowPlan | undefined {
    if (this.#field !== 0 || !Number.isFinite(this.#nodeCount)) return undefined;
    const capacity = Math.min(plannedCapacity(this.#row, this.claimedRows, maxRows), this.#maxRows);
    if (capacity > this.#capacity) this.#setCapacity(capacity);
    const { nameByEdge, targetByEdge, typeByEdge } = this;
    return {
      kind: 'edges',
      stride: this.#fields.length,
      row: this.#row,
      capacity: Math.min(this.#capacity, this.#maxRows),
      shape: this.#shape,
      columns: { typeByEdge, nameByEdge, targetByEdge },
      nameEnd: this.maxName + 1,
    };
  }

  adopt({ maxName, maxNameRow, row }: PlacedRows): void {
    this.#row = row;
    if (maxName <= this.maxName) return;
    this.maxName = maxName;
    this.maxNameEdge = maxNameRow;
  }

  end(): void {
    if (this.#field === 0) return;
    const actual = `${this.#row} rows and ${this.#field} numbers`;
    throw new RowProblem(-1, 'BAD_ROWS', `whole rows of ${this.#fields.length} numbers`, actual);
  }

  #takeRows(values: NumberBatch, from: number, rows: number): void {
    const stride = this.#fields.length;
    const typeCount = this.#typeNames.length;
    const nodeFieldCount = this.#nodeFieldCount;
    const maxOrdinal = Math.min(this.#nodeCount - 1, MAX_UINT32);
    const typeAt = this.#typeAt;
    const nameAt = this.#nameAt;
    const toAt = this.#toAt;
    const elementType = this.#elementType;
    const hiddenType = this.#hiddenType;
    const { typeByEdge, targetByEdge } = this;
    let { nameByEdge, maxName, maxTarget } = this;
    let row = this.#row;
    for (let i = 0, at = from; i < rows; i++, at += stride, row++) {
      const type = values[at + typeAt];
      let name = values[at + nameAt];
      const target = values[at + toAt] / nodeFieldCount;
      // an offset inside a row gives a fraction, which is no uint32
      if (type < 0 || type >= typeCount || target > maxOrdinal || target >>> 0 !== target) {
        this.#refuseRow(values, at);
      }
      if (name < 0) {
        if (type !== elementType || !isWrappedIndex(name)) this.#refuseRow(values, at);
        name += WRAP;
      }
      if (name > maxName && type !== elementType && type !== hiddenType) {
        maxName = name;
        this.maxNameEdge = row;
      }
      if (name > MAX_UINT32) nameByEdge = this.nameByEdge = widened(nameByEdge);
      if (target > maxTarget) {
        maxTarget = target;
        this.maxTargetEdge = row;
      }
      typeByEdge[row] = type;
      nameByEdge[row] = name;
      targetByEdge[row] = target;
    }
    this.maxName = maxName;
    this.maxTarget = maxTarget;
    this.#row = row;
  }

  #refuseRow(values: NumberBatch, at: number): never {
    for (let field = 0; field < this.#fields.length; field++) {
      this.#checkField(field, values[at + field], at + field);
      if (field === this.#nameIsCheckedAt) {
        this.#checkWrap(values[at + this.#typeAt], values[at + this.#nameAt], at + field);
      }
    }
    throw new RowProblem(at, 'BAD_ROWS', 'a valid row', 'another');
  }

  /** An index below 0 needs the type, which may come later. */
  #checkWrap(type: number, name: number, index: number): void {
    if (name < 0 && type !== this.#elementType) {
      throw new RowProblem(index, 'BAD_NUMBER', ONLY_ELEMENTS, String(name));
    }
  }

  #checkField(field: number, value: number, index: number): void {
    const isKnown = field === this.#typeAt || field === this.#nameAt || field === this.#toAt;
    if (isKnown && value < 0 && !(field === this.#nameAt && isWrappedIndex(value))) {
      throw new RowProblem(index, 'BAD_NUMBER', 'an integer of 0 or more', String(value));
    }
    if (field === this.#typeAt && value >= this.#typeNames.length) {
      const expected = `an edge type below ${this.#typeNames.length}`;
      throw new RowProblem(index, 'BAD_REFERENCE', expected, String(value));
    }
    if (field !== this.#toAt) return;
    const target = value / this.#nodeFieldCount;
    if (!Number.isInteger(target)) {
      const expected = `a node offset: a multiple of ${this.#nodeFieldCount}`;
      throw new RowProblem(index, 'BAD_REFERENCE', expected, String(value));
    }
    if (target > Math.min(this.#nodeCount - 1, MAX_UINT32)) {
      const end = Math.min(this.#nodeCount, MAX_UINT32) * this.#nodeFieldCount;
      throw new RowProblem(index, 'BAD_REFERENCE', `a node offset below ${end}`, String(value));
    }
  }

  /** One value of a row that the batch cuts. */
  #takeField(values: NumberBatch, index: number): void {
    const field = this.#field;
    const value = values[index];
    const row = this.#row;
    this.#checkField(field, value, index);
    if (field === this.#typeAt) this.typeByEdge[row] = value;
    else if (field === this.#nameAt) {
      if (value > MAX_UINT32) this.nameByEdge = widened(this.nameByEdge);
      this.nameByEdge[row] = value < 0 ? value + WRAP : value;
      this.#cutName = value;
    } else if (field === this.#toAt) {
      const target = value / this.#nodeFieldCount;
      this.targetByEdge[row] = target;
      if (target > this.maxTarget) {
        this.maxTarget = target;
        this.maxTargetEdge = row;
      }
    }
    if (field === this.#nameIsCheckedAt) this.#checkWrap(this.typeByEdge[row], this.#cutName, index);
    this.#field = field + 1;
    if (this.#field < this.#fields.length) return;
    this.#field = 0;
    this.#row++;
    this.#noteName(row);
  }

  /** Type and name may come in any order, so a cut row is looked at when it is whole. */
  #noteName(row: number): void {
    const type = this.typeByEdge[row];
    const name = this.nameByEdge[row];
    if (name > this.maxName && type !== this.#elementType && type !== this.#hiddenType) {
      this.maxName = name;
      this.maxNameEdge = row;
    }
  }

  #reserve(rows: number): void {
    if (rows > this.#maxRows) throw tooManyRows(-1, 'maxEdges', this.#maxRows);
    if (rows <= this.#capacity) return;
    this.#setCapacity(nextCapacity(this.#capacity, rows, this.claimedRows));
  }

  #setCapacity(capacity: number): void {
    this.typeByEdge = grownUint8(this.typeByEdge, capacity, this.#memory);
    this.nameByEdge = grownWide(this.nameByEdge, capacity, this.#memory);
    this.targetByEdge = grownUint32(this.targetByEdge, capacity, this.#memory);
    this.#capacity = capacity;
  }
}

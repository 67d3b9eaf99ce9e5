import { EDGE_REQUIRED_FIELDS } from '../format/parse-meta.js';
import { edgeTypeOrdinal, type SnapshotMeta } from '../format/snapshot-meta.js';
import { type NumberBatch, RowProblem } from '../parse/number-sink.js';
import { RowCounter } from './row-counter.js';

/** Checks the rows of `edges` as far as one pass can, and keeps what the other sections must agree with. */
export class EdgeCheck extends RowCounter {
  /** The largest string ordinal of a name. */
  maxName = -1;
  /** The largest node ordinal. */
  maxTarget = -1;
  readonly #typeCount: number;
  readonly #typeAt: number;
  readonly #nameAt: number;
  readonly #toAt: number;
  readonly #nodeFieldCount: number;
  readonly #elementType: number;
  readonly #hiddenType: number;

  constructor(meta: SnapshotMeta) {
    super(meta.edgeFields.length);
    const [type, name, to] = EDGE_REQUIRED_FIELDS;
    this.#typeCount = meta.edgeTypes.length;
    this.#typeAt = meta.edgeFields.indexOf(type);
    this.#nameAt = meta.edgeFields.indexOf(name);
    this.#toAt = meta.edgeFields.indexOf(to);
    this.#nodeFieldCount = meta.nodeFields.length;
    this.#elementType = edgeTypeOrdinal(meta, 'element');
    this.#hiddenType = edgeTypeOrdinal(meta, 'hidden');
  }

  protected override take(values: NumberBatch, at: number, index: number): void {
    const type = values[at + this.#typeAt];
    const name = values[at + this.#nameAt];
    const offset = values[at + this.#toAt];
    const target = offset / this.#nodeFieldCount;
    if (type < 0 || type >= this.#typeCount) {
      throw new RowProblem(index, 'BAD_REFERENCE', `an edge type below ${this.#typeCount}`, String(type));
    }
    if (target < 0 || !Number.isInteger(target)) {
      const expected = `a node offset: a multiple of ${this.#nodeFieldCount}`;
      throw new RowProblem(index, 'BAD_REFERENCE', expected, String(offset));
    }
    // V8 prints the largest indexes of elements as negative numbers
    if (name < 0 && (type !== this.#elementType || name > -2 || name < -(2 ** 31))) {
      throw new RowProblem(index, 'BAD_NUMBER', 'an index below 0 on element edges only', String(name));
    }
    if (type !== this.#elementType && type !== this.#hiddenType && name > this.maxName) this.maxName = name;
    if (target > this.maxTarget) this.maxTarget = target;
  }
}

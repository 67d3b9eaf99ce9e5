import { NODE_REQUIRED_FIELDS } from '../format/parse-meta.js';
import type { SnapshotMeta } from '../format/snapshot-meta.js';
import { MAX_UINT32 } from '../parse/allocate-columns.js';
import { type NumberBatch, RowProblem } from '../parse/number-sink.js';
import { RowCounter } from './row-counter.js';

/** Checks the rows of `nodes` as far as one pass can, and keeps what the other sections must agree with. */
export class NodeCheck extends RowCounter {
  /** The sum of `edge_count`. */
  edgeTotal = 0;
  /** The largest string ordinal of a name. */
  maxName = -1;
  readonly #typeCount: number;
  readonly #typeAt: number;
  readonly #nameAt: number;
  readonly #edgeCountAt: number;

  constructor({ nodeFields, nodeTypes }: SnapshotMeta) {
    super(nodeFields.length);
    const [type, name, , , edgeCount] = NODE_REQUIRED_FIELDS;
    this.#typeCount = nodeTypes.length;
    this.#typeAt = nodeFields.indexOf(type);
    this.#nameAt = nodeFields.indexOf(name);
    this.#edgeCountAt = nodeFields.indexOf(edgeCount);
  }

  protected override take(values: NumberBatch, at: number, index: number): void {
    const type = values[at + this.#typeAt];
    const name = values[at + this.#nameAt];
    if (type >= this.#typeCount) {
      throw new RowProblem(index, 'BAD_REFERENCE', `a node type below ${this.#typeCount}`, String(type));
    }
    if (name > MAX_UINT32) throw new RowProblem(index, 'BAD_REFERENCE', 'a string ordinal', String(name));
    if (name > this.maxName) this.maxName = name;
    this.edgeTotal += values[at + this.#edgeCountAt];
  }
}

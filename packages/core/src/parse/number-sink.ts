import type { SnapshotFormatCode } from '../errors.js';
import type { PlacedRows, RowPlan } from './parallel/row-plan.js';
import type { ScanKernel } from './scan-kernel.js';

/** A batch of numbers: doubles from the careful scanner, 32-bit ones from the kernel. */
export type NumberBatch = Float64Array | Uint32Array;

/** Takes the numbers of a section in order, in batches that may end in the middle of a row. */
export interface NumberSink {
  /** Takes `values[0..count)`; throws a {@link RowProblem} for a value it refuses. `values` is reused afterwards. */
  push(values: NumberBatch, count: number): void;
  /** Takes the first `count` values of the kernel's last scan, like `push`, but may have the kernel split them. */
  pushScanned?(kernel: ScanKernel, count: number): void;
  /** Rows that the header claims. */
  readonly claimedRows?: number;
  /**
   * How several threads may put the rows from here on into their columns; undefined where that is not possible, or inside
   * a row. `maxRows`: no more can come, where that is known.
   */
  plan?(maxRows: number | undefined): RowPlan | undefined;
  /** Rows were placed as planned. */
  adopt?(placed: PlacedRows): void;
  /** All numbers were pushed; throws a {@link RowProblem} if they do not make whole rows. */
  end(): void;
}

/** More rows than a graph can have. */
export function tooManyRows(index: number, name: 'maxNodes' | 'maxEdges', allowed: number): RowProblem {
  const rows = name === 'maxNodes' ? 'nodes' : 'edges';
  return new RowProblem(index, 'BAD_ROWS', `at most ${allowed} ${rows}`, 'more', { name, allowed });
}

/** A value that does not fit its row. The section's parser adds where it stood. */
export class RowProblem {
  /** Position of the value in its batch; -1 for the end of the section. */
  readonly index: number;
  readonly code: SnapshotFormatCode;
  readonly expected: string;
  readonly actual: string;

  /** The limit that is exceeded, where the rows are valid but too many. */
  readonly limit: { readonly name: string; readonly allowed: number } | undefined;

  constructor(
    index: number,
    code: SnapshotFormatCode,
    expected: string,
    actual: string,
    limit?: { readonly name: string; readonly allowed: number },
  ) {
    this.limit = limit;
    this.index = index;
    this.code = code;
    this.expected = expected;
    this.actual = actual;
  }
}

import type { WideColumn } from '../../graph/graph-columns.js';
import type { EdgeRowColumns, NodeRowColumns } from '../place-rows.js';
import type { EdgeRowShape, NodeRowShape } from '../scan-kernel.js';

interface PlanBase {
  /** Numbers of a row. */
  readonly stride: number;
  /** Rows that are in the columns already: the next one goes there. */
  readonly row: number;
  /** Rows that the columns have room for. */
  readonly capacity: number;
}

export interface NodePlan extends PlanBase {
  readonly kind: 'nodes';
  readonly shape: NodeRowShape;
  readonly columns: NodeRowColumns;
  /** One more than the largest string ordinal of a name so far. */
  readonly nameEnd: number;
  /** Sum of `edge_count` so far. */
  readonly edgeTotal: number;
}

export interface EdgePlan extends PlanBase {
  readonly kind: 'edges';
  readonly shape: EdgeRowShape;
  readonly columns: EdgeRowColumns;
  readonly nameEnd: number;
}

export interface TablePlan extends PlanBase {
  readonly kind: 'table';
  readonly columns: readonly WideColumn[];
}

/** How the rows of a section become columns: all that a worker needs. The columns lie on shared memory. */
export type RowPlan = NodePlan | EdgePlan | TablePlan;

/** What came of the rows that were placed by a plan. */
export interface PlacedRows {
  /** Whole rows that are in the columns, those before the plan included. */
  readonly row: number;
  /** Of nodes: the sum of `edge_count`, and whether a row has a detachedness other than 0. */
  readonly edgeTotal: number;
  readonly hasDetachedness: boolean;
  /** Of nodes and edges: the largest string ordinal of a name that exceeds the plan's, and its first row; -1: none. */
  readonly maxName: number;
  readonly maxNameRow: number;
}

import type { WideColumn } from '../graph/graph-columns.js';
import type { EdgeRowShape, NodeRowShape, ScanKernel } from './scan-kernel.js';

/** The columns that rows of `nodes` are split into; see `GraphColumns`. */
export interface NodeRowColumns {
  readonly typeByNode: Uint8Array;
  readonly nameByNode: Uint32Array;
  readonly idByNode: WideColumn;
  readonly selfSizeByNode: WideColumn;
  readonly firstEdgeByNode: Uint32Array;
  readonly detachednessByNode: Uint8Array | null;
  readonly traceNodeIdByNode: WideColumn | null;
}

export interface EdgeRowColumns {
  readonly typeByEdge: Uint8Array;
  readonly nameByEdge: WideColumn;
  readonly targetByEdge: Uint32Array;
}

/** Rows of the kernel's last scan, and where they go. */
export interface ScannedRows {
  /** The value that the first of them begins with. */
  readonly first: number;
  readonly rows: number;
  /** The row of the columns that the first one becomes. */
  readonly row: number;
  /** One more than the largest string ordinal of a name so far. */
  readonly nameEnd: number;
}

/** Largest state; see `DETACHEDNESS`. */
export const MAX_DETACHEDNESS = 2;

/**
 * Has the kernel split rows of nodes and copies them to their place in the columns. Returns how many: the next row, if
 * there is one, holds something that `NodeRows` refuses. The kernel has `nameEnd` and `edgeTotal` afterwards.
 */
export function placeNodes(
  kernel: ScanKernel,
  shape: NodeRowShape,
  columns: NodeRowColumns,
  { first, nameEnd, row, rows }: ScannedRows,
  edgeTotal: number,
): { taken: number; hasDetachedness: boolean } {
  const { detachednessAt, stride, traceAt } = shape;
  const { detachednessByNode, traceNodeIdByNode } = columns;
  const { values } = kernel;
  let valid = rows;
  let hasDetachedness = false;
  if (detachednessByNode !== null) {
    // zeros are not written: a page of nothing else never takes memory
    for (let i = 0, at = first + detachednessAt; i < valid; i++, at += stride) {
      const state = values[at];
      if (state === 0) continue;
      if (state > MAX_DETACHEDNESS) valid = i;
      else {
        detachednessByNode[row + i] = state;
        hasDetachedness = true;
      }
    }
  }
  const taken = kernel.splitNodes(shape, first, valid, nameEnd, edgeTotal);
  const [names, ids, sizes, nextFirstEdges] = kernel.words;
  columns.typeByNode.set(kernel.types.subarray(0, taken), row);
  columns.nameByNode.set(names.subarray(0, taken), row);
  columns.idByNode.set(ids.subarray(0, taken), row);
  columns.selfSizeByNode.set(sizes.subarray(0, taken), row);
  columns.firstEdgeByNode.set(nextFirstEdges.subarray(0, taken), row + 1);
  if (traceNodeIdByNode !== null) {
    for (let i = 0, at = first + traceAt; i < taken; i++, at += stride) {
      if (values[at] !== 0) traceNodeIdByNode[row + i] = values[at];
    }
  }
  return { taken, hasDetachedness };
}

/** The same for edges. */
export function placeEdges(
  kernel: ScanKernel,
  shape: EdgeRowShape,
  columns: EdgeRowColumns,
  { first, nameEnd, row, rows }: ScannedRows,
): number {
  const taken = kernel.splitEdges(shape, first, rows, nameEnd);
  columns.typeByEdge.set(kernel.types.subarray(0, taken), row);
  columns.nameByEdge.set(kernel.words[0].subarray(0, taken), row);
  columns.targetByEdge.set(kernel.words[1].subarray(0, taken), row);
  return taken;
}

/** The same for a table: one column per field, nothing to refuse. */
export function placeTable(
  kernel: ScanKernel,
  columns: readonly WideColumn[],
  first: number,
  rows: number,
  row: number,
): void {
  for (let field = 0; field < columns.length; field++) {
    columns[field].set(kernel.extractField(first + field, rows, columns.length), row);
  }
}

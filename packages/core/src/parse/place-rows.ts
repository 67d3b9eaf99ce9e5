import type { WideColumn } from '../graph/graph-columns.js';
import { bytesOf, copyBytes } from '../memory/copy-bytes.js';
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
 * Has the kernel split rows of nodes into their place in the columns. Returns how many: the next row, if there is one,
 * holds something that `NodeRows` refuses. The kernel has `nameEnd` and `edgeTotal` afterwards.
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
  // zeros are not written: a page of nothing else never takes memory
  if (detachednessByNode !== null && kernel.sumField(first + detachednessAt, rows, stride) > 0) {
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
  const { firstEdgeByNode, idByNode, nameByNode, selfSizeByNode, typeByNode } = columns;
  const split = (into: readonly number[]): number =>
    kernel.splitNodes(shape, first, valid, nameEnd, edgeTotal, into);
  const words = [nameByNode, idByNode, selfSizeByNode, firstEdgeByNode.subarray(1)];
  const taken = splitInto(kernel, typeByNode, words, row, split);
  if (traceNodeIdByNode !== null && kernel.sumField(first + traceAt, taken, stride) > 0) {
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
  { nameByEdge, targetByEdge, typeByEdge }: EdgeRowColumns,
  { first, nameEnd, row, rows }: ScannedRows,
): number {
  return splitInto(kernel, typeByEdge, [nameByEdge, targetByEdge], row, (into) =>
    kernel.splitEdges(shape, first, rows, nameEnd, into),
  );
}

/** Splits into the rows of columns from `row` on: at once in the kernel's memory, else by way of it. */
function splitInto(
  kernel: ScanKernel,
  types: Uint8Array,
  words: readonly WideColumn[],
  row: number,
  split: (into: readonly number[]) => number,
): number {
  if (kernel.split === null) {
    return split([types.byteOffset + row, ...words.map(({ byteOffset }) => byteOffset + row * 4)]);
  }
  const from = kernel.split;
  const taken = split([from.types.byteOffset, ...from.words.map(({ byteOffset }) => byteOffset)]);
  copyColumn(from.types, taken, types, row);
  for (const [word, column] of words.entries()) copyColumn(from.words[word], taken, column, row);
  return taken;
}

function copyColumn(
  from: Uint8Array | Uint32Array,
  taken: number,
  to: Uint8Array | WideColumn,
  row: number,
): void {
  if (to instanceof Float64Array) to.set(from.subarray(0, taken), row);
  else {
    const size = to.BYTES_PER_ELEMENT;
    copyBytes(new Uint8Array(from.buffer, from.byteOffset, taken * size), bytesOf(to), row * size);
  }
}

/** Copies rows of a table to their place: one column per field, nothing to refuse. */
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

import { type GraphColumns, sharedUint32, type WideColumn } from '@heapstream/core';

export interface AllocationTallyInput {
  readonly traceTree: GraphColumns['traceTree'];
  /** node → id of its place on the stack; `null` where that was not recorded */
  readonly traceNodeIdByNode: WideColumn | null;
  readonly shallowSizeByNode: WideColumn;
}

/** What was allocated at each place of the trace tree and below it, and is still alive. */
export interface AllocationTally {
  /** node → row of the trace tree; {@link NO_ROW} where it is not known */
  readonly rowByNode: Uint32Array;
  readonly countByRow: Float64Array;
  /** Bytes. */
  readonly sizeByRow: Float64Array;
  readonly liveCountByRow: Float64Array;
  readonly liveSizeByRow: Float64Array;
}

export const NO_ROW = 0xffffffff;

/** A pass over the nodes, and one over the tree from its end: a parent stands before its children. */
export function tallyAllocations(input: AllocationTallyInput): AllocationTally {
  const { shallowSizeByNode, traceNodeIdByNode, traceTree } = input;
  const rowOfId = new Map<number, number>();
  for (let row = 0; row < traceTree.count; row++) rowOfId.set(traceTree.id[row], row);
  const rowByNode = sharedUint32(traceNodeIdByNode?.length ?? 0);
  const countByRow = Float64Array.from(traceTree.allocationCount.subarray(0, traceTree.count));
  const sizeByRow = Float64Array.from(traceTree.allocationSize.subarray(0, traceTree.count));
  const liveCountByRow = new Float64Array(traceTree.count);
  const liveSizeByRow = new Float64Array(traceTree.count);
  for (let node = 0; node < rowByNode.length; node++) {
    const row = rowOfId.get(traceNodeIdByNode![node]) ?? NO_ROW;
    rowByNode[node] = row;
    if (row === NO_ROW) continue;
    liveCountByRow[row]++;
    liveSizeByRow[row] += shallowSizeByNode[node];
  }
  for (const values of [countByRow, sizeByRow, liveCountByRow, liveSizeByRow]) {
    for (let row = traceTree.count - 1; row > 0; row--) values[traceTree.parent[row]] += values[row];
  }
  return { rowByNode, countByRow, sizeByRow, liveCountByRow, liveSizeByRow };
}

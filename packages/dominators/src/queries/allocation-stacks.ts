import { rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '../heap-analysis.js';

/** A function that was on the stack when something was allocated. */
export interface AllocationFrame {
  readonly functionName: string;
  readonly scriptName: string;
  readonly scriptId: number;
  /** From 1, as V8 writes them here; 0 where unknown. */
  readonly line: number;
  readonly column: number;
}

/** A function, and what it allocated itself while the timeline was recorded. */
export interface AllocationSite extends AllocationFrame {
  /** Row of `traceFunctions`. */
  readonly functionOrdinal: number;
  /** All its allocations, and their bytes. */
  readonly allocationCount: number;
  readonly allocationSize: number;
  /** Those still in the heap, and their shallow sizes. */
  readonly liveCount: number;
  readonly liveSize: number;
}

/** What was allocated between two samples of a timeline and is still in the heap. */
export interface AllocationInterval {
  /** Microseconds since the recording began; the interval ends here. */
  readonly timestampMicroseconds: number;
  /** Objects of the interval have ids up to this one. */
  readonly lastAssignedId: number;
  readonly liveCount: number;
  /** Bytes of shallow size. */
  readonly liveSize: number;
}

/** Who allocated the node, the innermost function first; `null` where the snapshot does not tell. */
export function allocationStackOf({ graph }: HeapAnalysis, ordinal: number): AllocationFrame[] | null {
  const { traceTree } = graph.columns;
  const id = rowsOf(graph.columns, 'traceNodeIdByNode', ordinal)?.[ordinal] ?? 0;
  let row = traceTree.id.indexOf(id);
  if (id === 0 || row < 0) return null;
  const frames: AllocationFrame[] = [];
  for (;;) {
    frames.push(frameOf(graph, traceTree.functionInfo[row]));
    if (traceTree.parent[row] === row) return frames;
    row = traceTree.parent[row];
  }
}

/**
 * Functions that allocated, the most bytes still alive first, then the most allocated. Empty where the timeline was
 * recorded without stacks. A pass over the nodes; a few bytes a row of the trace tree.
 */
export function findAllocationSites({ columns, graph }: HeapAnalysis): AllocationSite[] {
  const { traceFunctions, traceNodeIdByNode, traceTree } = graph.columns;
  const rowOfTraceId = new Map<number, number>();
  for (let row = 0; row < traceTree.count; row++) rowOfTraceId.set(traceTree.id[row], row);
  const sites = Array.from({ length: traceFunctions.count }, () => ({
    allocationCount: 0,
    allocationSize: 0,
    liveCount: 0,
    liveSize: 0,
  }));
  // a place on the stack where nothing was allocated is only a caller
  const isSite = (row: number): boolean => traceTree.allocationCount[row] > 0;
  for (let row = 0; row < traceTree.count; row++) {
    const site = sites[traceTree.functionInfo[row]];
    if (!isSite(row) || site === undefined) continue;
    site.allocationCount += traceTree.allocationCount[row];
    site.allocationSize += traceTree.allocationSize[row];
  }
  const nodeCount = traceNodeIdByNode === null ? 0 : graph.nodeCount;
  for (let node = 0; node < nodeCount; node++) {
    const row = rowOfTraceId.get(traceNodeIdByNode![node]);
    if (row === undefined || !isSite(row)) continue;
    const site = sites[traceTree.functionInfo[row]];
    if (site === undefined) continue;
    site.liveCount++;
    site.liveSize += columns.shallowSizeByNode[node];
  }
  return sites
    .map((site, row) => ({ ...frameOf(graph, row), functionOrdinal: row, ...site }))
    .filter(({ allocationCount }) => allocationCount > 0)
    .sort((a, b) => b.liveSize - a.liveSize || b.allocationSize - a.allocationSize);
}

/**
 * What is still alive of each interval of a timeline, in order of time; empty where the snapshot has no samples. Object
 * ids tell the interval; even ones, of objects outside the JavaScript heap, do not count. A pass over the nodes.
 */
export function liveBytesOverTime({ columns, graph }: HeapAnalysis): AllocationInterval[] {
  const { lastAssignedId, timestampMicroseconds, count } = graph.columns.samples;
  const { idByNode } = graph.columns;
  const liveCount = new Uint32Array(count);
  const liveSize = new Float64Array(count);
  const nodeCount = count === 0 ? 0 : graph.nodeCount;
  for (let node = 0; node < nodeCount; node++) {
    const id = idByNode[node];
    const size = columns.shallowSizeByNode[node];
    if (id % 2 === 0 || size === 0) continue;
    const interval = firstAtLeast(lastAssignedId, id);
    // later than the last sample: made while the snapshot was taken
    if (interval === count) continue;
    liveCount[interval]++;
    liveSize[interval] += size;
  }
  return Array.from({ length: count }, (_, i) => ({
    timestampMicroseconds: timestampMicroseconds[i],
    lastAssignedId: lastAssignedId[i],
    liveCount: liveCount[i],
    liveSize: liveSize[i],
  }));
}

function frameOf(graph: HeapAnalysis['graph'], row: number): AllocationFrame {
  const { column, count, line, name, scriptId, scriptName } = graph.columns.traceFunctions;
  // a damaged tree may name a function that is not there
  if (!(row < count)) return { functionName: '', scriptName: '', scriptId: 0, line: 0, column: 0 };
  return {
    functionName: graph.strings.get(name[row]),
    scriptName: graph.strings.get(scriptName[row]),
    scriptId: scriptId[row],
    line: line[row],
    column: column[row],
  };
}

/** Position of the first value that is at least `wanted`, in ascending values. */
function firstAtLeast(values: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

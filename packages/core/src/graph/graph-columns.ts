import type { SnapshotMeta } from '../format/snapshot-meta.js';
import type { KnownStrings } from './known-strings.js';

/** A column of non-negative integers: 32 bits wide, or doubles where a value of the file is 2³² or more. */
export type WideColumn = Uint32Array | Float64Array;

/** No node ordinal: a graph has fewer nodes. */
export const NO_NODE = 0xffffffff;

/**
 * A heap graph as it lies in memory: one typed array per column, on shared memory, so that a structured clone of this
 * object shares the memory with a worker and copies nothing. Columns may be parts of one buffer (`byteOffset`).
 *
 * Names read value-by-key. A *node ordinal* is a row of the file's `nodes`, an *edge ordinal* a row of `edges`.
 * Nobody writes to these arrays once the graph is made.
 */
export interface GraphColumns {
  readonly meta: SnapshotMeta;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly stringCount: number;
  /** Ordinal of the root node. */
  readonly rootOrdinal: number;
  /** Bytes that `snapshot.extra_native_bytes` adds to the total; 0 where absent. */
  readonly extraNativeBytes: number;

  /** node ordinal → ordinal in `meta.nodeTypes` */
  readonly typeByNode: Uint8Array;
  /** node ordinal → string ordinal of the name as in the file (without the prefix `Detached `) */
  readonly nameByNode: Uint32Array;
  /** node ordinal → V8's object id (`@id`) */
  readonly idByNode: WideColumn;
  /** node ordinal → self size in bytes */
  readonly selfSizeByNode: WideColumn;
  /** node ordinal → first edge ordinal; `nodeCount + 1` entries: the edges of node `n` are `[first[n], first[n + 1])` */
  readonly firstEdgeByNode: Uint32Array;
  /**
   * node ordinal → 0 unknown, 1 attached, 2 detached, after states were inherited (DOM); `null` where the file has no
   * such column
   */
  readonly detachednessByNode: Uint8Array | null;
  /** node ordinal → `trace_node_id`; `null` where the file has no such column */
  readonly traceNodeIdByNode: WideColumn | null;

  /** edge ordinal → ordinal in `meta.edgeTypes` */
  readonly typeByEdge: Uint8Array;
  /** edge ordinal → string ordinal, or the number itself for `element` and `hidden` edges */
  readonly nameByEdge: WideColumn;
  /** edge ordinal → node ordinal the edge points to */
  readonly targetByEdge: Uint32Array;

  /**
   * UTF-8 of all strings, one after the other (a lone surrogate as its three-byte form, "WTF-8"); of a table over 1 GiB
   * the first segment
   */
  readonly stringBytes: Uint8Array;
  /** What follows `stringBytes`: segments as long as it is, but the last. Empty unless the table is over 1 GiB */
  readonly moreStringBytes: readonly Uint8Array[];
  /** string ordinal → its first byte, counted over all segments; `stringCount + 1` entries */
  readonly stringStart: WideColumn;
  /** true where at least one string holds a lone surrogate */
  readonly hasLoneSurrogates: boolean;
  /** Absent where nobody looked for them: of a reopened graph, for one. */
  readonly knownStrings?: KnownStrings;

  readonly locations: LocationColumns;
  readonly traceFunctions: TraceFunctionColumns;
  readonly traceTree: TraceTreeColumns;
  readonly samples: SampleColumns;
  readonly scopes: ScopeColumns;
}

/** Rows of `locations`: where the function or constructor behind a node was written. Lines and columns from 0. */
export interface LocationColumns {
  readonly count: number;
  readonly nodeByLocation: Uint32Array;
  readonly scriptIdByLocation: WideColumn;
  readonly lineByLocation: WideColumn;
  readonly columnByLocation: WideColumn;
  /** location → node ordinal of the script, {@link NO_NODE} where none; `null` where the file has no such field (before V8 15) */
  readonly scriptNodeByLocation: Uint32Array | null;
}

/** Rows of `trace_function_infos`: the functions that allocated while a timeline was recorded. */
export interface TraceFunctionColumns {
  readonly count: number;
  readonly functionId: WideColumn;
  /** string ordinals */
  readonly name: WideColumn;
  readonly scriptName: WideColumn;
  readonly scriptId: WideColumn;
  /** lines and columns counted from 1, as V8 writes them here; 0 where unknown */
  readonly line: WideColumn;
  readonly column: WideColumn;
}

/** `trace_tree` flattened in document order: row 0 is the root, a parent stands before its children. */
export interface TraceTreeColumns {
  readonly count: number;
  /** trace node ordinal → `trace_node_id` that nodes refer to */
  readonly id: WideColumn;
  /** trace node ordinal → row of {@link TraceFunctionColumns} */
  readonly functionInfo: WideColumn;
  /** allocations and their bytes */
  readonly allocationCount: WideColumn;
  readonly allocationSize: WideColumn;
  /** trace node ordinal → ordinal of its parent; the root names itself */
  readonly parent: Uint32Array;
}

/** Rows of `samples`: up to which object id allocations had come at a time. */
export interface SampleColumns {
  readonly count: number;
  readonly timestampMicroseconds: Float64Array;
  readonly lastAssignedId: WideColumn;
}

/** `scopes`, `scope_context_vars` and `scope_uses` (V8 of 2026): rows as in the file, by the field lists of `meta`. */
export interface ScopeColumns {
  readonly scopes: Float64Array;
  readonly contextVars: Float64Array;
  readonly uses: Float64Array;
}

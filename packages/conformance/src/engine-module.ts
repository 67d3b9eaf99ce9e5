import type { MessagePort } from 'node:worker_threads';
import type { InterfaceDefinition } from '@heapstream/core';

/**
 * The part of the DevTools engine that is called here. "Node index" is its word for the offset of a node's first
 * field in the `nodes` array, so ordinal × field count.
 */
export interface EngineModule {
  readonly HeapSnapshot: {
    readonly JSHeapSnapshot: new (profile: EngineProfile, progress: object) => EngineSnapshot;
    readonly HeapSnapshotProgress: new () => object;
    /** Does the second worker's half of the work, on whatever thread it is made on. */
    readonly SecondaryInitManager: new (
      port: MessagePort,
    ) => unknown;
  };
  readonly HeapSnapshotLoader: {
    readonly HeapSnapshotLoader: new (dispatcher: { sendEvent(): void }) => EngineLoader;
  };
}

export interface EngineLoader {
  /** Settles when all text is parsed, or cannot be. */
  readonly parsingComplete: Promise<void>;
  write(chunk: string): void;
  close(): void;
  /** Waits until the text is parsed, then analyses it. */
  buildSnapshot(secondWorker: MessagePort): Promise<EngineSnapshot>;
}

/** A number column of the engine's loader. Values are kept modulo 2^32. */
export interface EngineColumn {
  readonly length: number;
  getValue(index: number): number;
  setValue(index: number, value: number): void;
}

/** What the engine's loader hands to its analysis: the file's sections by their names. */
export interface EngineProfile {
  snapshot: EngineHeader;
  nodes: EngineColumn;
  edges: EngineColumn;
  strings: string[];
  samples: number[];
  locations: number[];
  trace_function_infos?: Uint32Array;
  trace_tree?: unknown;
  scopes?: number[];
  scope_context_vars?: number[];
  scope_uses?: number[];
}

export interface EngineHeader {
  meta: Record<string, unknown> & { node_fields: string[]; edge_fields: string[] };
  node_count: number;
  edge_count: number;
  trace_function_count?: number;
  root_index?: number;
  extra_native_bytes?: number;
}

/** One cursor over the nodes; set `nodeIndex` to move it. */
export interface EngineNode {
  nodeIndex: number;
  id(): number;
  name(): string;
  rawName(): string;
  className(): string;
  /** Index of the class name in `strings`; for objects with a location `script,line,column,name`. */
  classKeyInternal(): number | string;
  selfSize(): number;
  retainedSize(): number;
  distance(): number;
  dominatorIndex(): number;
  /** 0 unknown, 1 attached, 2 detached. */
  detachedness(): number;
}

/** A row of the Summary view. `self` and `maxRet` are bytes, `idxs` the node indexes of the members. */
export interface EngineClassRow {
  readonly count: number;
  readonly distance: number;
  readonly self: number;
  readonly maxRet: number;
  readonly name: string;
  readonly idxs: readonly number[];
}

export interface EngineStatistics {
  readonly total: number;
  readonly native: { readonly total: number; readonly typedArrays: number };
  readonly v8heap: {
    readonly total: number;
    readonly code: number;
    readonly jsArrays: number;
    readonly strings: number;
    readonly system: number;
  };
}

/** The names of the engine's own filters for the Summary view. */
export type EngineFilterName =
  | 'objectsRetainedByContexts'
  | 'objectsRetainedByDetachedDomNodes'
  | 'objectsRetainedByConsole'
  | 'objectsRetainedByEventHandlers'
  | 'duplicatedStrings'
  | 'sharedNativeContext'
  | 'noNativeContext'
  | `nativeContext_${number}`;

export interface EngineNodeFilter {
  readonly minNodeId?: number;
  readonly maxNodeId?: number;
  readonly allocationNodeId?: number;
  readonly filterName?: EngineFilterName;
}

/** What the Comparison view shows of one class. Ids and sizes of one list belong together by position. */
export interface EngineClassDiff {
  readonly name: string;
  readonly addedCount: number;
  readonly removedCount: number;
  readonly addedSize: number;
  readonly removedSize: number;
  readonly countDelta: number;
  readonly sizeDelta: number;
  readonly addedIds: readonly number[];
  readonly deletedIds: readonly number[];
}

export interface EngineSnapshot {
  readonly profile: EngineProfile;
  readonly nodes: EngineColumn;
  readonly containmentEdges: EngineColumn;
  readonly strings: readonly string[];
  readonly nodeCount: number;
  readonly nodeFieldCount: number;
  readonly rootNodeIndex: number;
  readonly totalSize: number;
  initialize(secondWorker: MessagePort): Promise<void>;
  createNode(nodeIndex: number): EngineNode;
  aggregatesWithFilter(filter: EngineNodeFilter): Record<string, EngineClassRow>;
  getStatistics(): EngineStatistics;
  /** JSON text of the interfaces found in this snapshot. */
  interfaceDefinitions(): string;
  /** Sorts the plain objects by other interfaces from now on. */
  applyInterfaceDefinitions(definitions: readonly InterfaceDefinition[]): void;
  aggregatesForDiff(interfaceDefinitions: string): Record<string, unknown>;
  calculateSnapshotDiff(
    baseSnapshotId: number,
    baseAggregates: Record<string, unknown>,
  ): Record<string, EngineClassDiff>;
}

import type { EDGE_TYPE, NODE_TYPE } from './type-names.js';

/**
 * What `snapshot.meta` says about the columns, resolved once: field positions, field counts and type names.
 * Plain data: it crosses to workers by structured clone.
 */
export interface SnapshotMeta {
  readonly nodeFields: readonly string[];
  readonly edgeFields: readonly string[];
  /** Type ordinal → name, as the file lists them. */
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly traceFunctionInfoFields: readonly string[];
  readonly traceNodeFields: readonly string[];
  readonly sampleFields: readonly string[];
  readonly locationFields: readonly string[];
  readonly scopeFields: readonly string[];
  readonly scopeContextVarFields: readonly string[];
  readonly scopeUseFields: readonly string[];
  /** True where the file has a `detachedness` column; it decides how detached DOM nodes are told (see `graph/detachedness`). */
  readonly hasDetachedness: boolean;
}

export type NodeTypeName = (typeof NODE_TYPE)[keyof typeof NODE_TYPE];
export type EdgeTypeName = (typeof EDGE_TYPE)[keyof typeof EDGE_TYPE];

/** The ordinal of a type name in a file's type list; a value no node or edge has where the file does not list it. */
export const NO_TYPE = -1;

export function nodeTypeOrdinal(meta: SnapshotMeta, name: NodeTypeName): number {
  return meta.nodeTypes.indexOf(name);
}

export function edgeTypeOrdinal(meta: SnapshotMeta, name: EdgeTypeName): number {
  return meta.edgeTypes.indexOf(name);
}

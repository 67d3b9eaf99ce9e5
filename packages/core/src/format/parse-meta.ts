import type { SnapshotMeta } from './snapshot-meta.js';

/** Fields without which a node or an edge cannot be read. */
export const NODE_REQUIRED_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count'] as const;
export const EDGE_REQUIRED_FIELDS = ['type', 'name_or_index', 'to_node'] as const;

/** Types are stored in 8 bits; V8 has 16 node types and 8 edge types. */
const MAX_TYPES = 256;

/** `meta` does not describe the columns: what was expected and what stood there. */
export class MetaProblem {
  readonly expected: string;
  readonly actual: string;

  constructor(expected: string, actual: string) {
    this.expected = expected;
    this.actual = actual;
  }
}

/** Reads `snapshot.meta`; throws a {@link MetaProblem} if nodes and edges cannot be read by it. */
export function parseMeta(meta: unknown): SnapshotMeta {
  if (!isRecord(meta)) throw new MetaProblem('an object at snapshot.meta', describe(meta));
  const nodeFields = fieldList(meta, 'node_fields', NODE_REQUIRED_FIELDS);
  const edgeFields = fieldList(meta, 'edge_fields', EDGE_REQUIRED_FIELDS);
  return {
    nodeFields,
    edgeFields,
    nodeTypes: typeList(meta, 'node_types', nodeFields.indexOf('type')),
    edgeTypes: typeList(meta, 'edge_types', edgeFields.indexOf('type')),
    traceFunctionInfoFields: optionalFieldList(meta, 'trace_function_info_fields'),
    traceNodeFields: optionalFieldList(meta, 'trace_node_fields'),
    sampleFields: optionalFieldList(meta, 'sample_fields'),
    locationFields: optionalFieldList(meta, 'location_fields'),
    scopeFields: optionalFieldList(meta, 'scope_fields'),
    scopeContextVarFields: optionalFieldList(meta, 'scope_context_var_fields'),
    scopeUseFields: optionalFieldList(meta, 'scope_use_fields'),
    hasDetachedness: nodeFields.includes('detachedness'),
  };
}

function fieldList(meta: Record<string, unknown>, key: string, required: readonly string[]): string[] {
  const fields = meta[key];
  if (!isStringList(fields))
    throw new MetaProblem(`a list of names at snapshot.meta.${key}`, describe(fields));
  for (const field of required) {
    if (!fields.includes(field)) {
      throw new MetaProblem(`the field '${field}' in snapshot.meta.${key}`, JSON.stringify(fields));
    }
  }
  if (new Set(fields).size !== fields.length) {
    throw new MetaProblem(`every field once in snapshot.meta.${key}`, JSON.stringify(fields));
  }
  return fields;
}

function optionalFieldList(meta: Record<string, unknown>, key: string): string[] {
  const fields = meta[key];
  if (fields === undefined || fields === null) return [];
  if (!isStringList(fields))
    throw new MetaProblem(`a list of names at snapshot.meta.${key}`, describe(fields));
  return fields;
}

/** The list of type names stands at the position of the `type` field. */
function typeList(meta: Record<string, unknown>, key: string, position: number): string[] {
  const lists = meta[key];
  const types = Array.isArray(lists) ? (lists[position] as unknown) : undefined;
  if (!isStringList(types)) {
    throw new MetaProblem(`a list of type names at snapshot.meta.${key}[${position}]`, describe(types));
  }
  if (types.length > MAX_TYPES) {
    throw new MetaProblem(`at most ${MAX_TYPES} types at snapshot.meta.${key}`, String(types.length));
  }
  return types;
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, for an error's `actual`: never its contents at length. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? `the string ${JSON.stringify(value.slice(0, 40))}` : `${value}`;
}

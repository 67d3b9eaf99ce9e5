/** V8's spellings, as Node 24 writes them. */

export const NODE_TYPES: readonly string[] = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
];

export const EDGE_TYPES: readonly string[] = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
];

export const NODE_FIELDS: readonly string[] = ['type', 'name', 'id', 'self_size', 'edge_count'];
export const EDGE_FIELDS: readonly string[] = ['type', 'name_or_index', 'to_node'];
export const TRACE_FUNCTION_INFO_FIELDS: readonly string[] = [
  'function_id',
  'name',
  'script_name',
  'script_id',
  'line',
  'column',
];
export const TRACE_NODE_FIELDS: readonly string[] = [
  'id',
  'function_info_index',
  'count',
  'size',
  'children',
];
export const SAMPLE_FIELDS: readonly string[] = ['timestamp_us', 'last_assigned_id'];
export const LOCATION_FIELDS: readonly string[] = ['object_index', 'script_id', 'line', 'column'];

/** The order in which V8 writes the sections. */
export const SECTION_ORDER: readonly string[] = [
  'snapshot',
  'nodes',
  'edges',
  'trace_function_infos',
  'trace_tree',
  'samples',
  'locations',
  'strings',
];

/** Edges of these types carry a number where others carry a string. */
export function hasNumberedName(edgeType: string): boolean {
  return edgeType === 'element' || edgeType === 'hidden';
}

/** `snapshot.meta` for the given columns; unknown fields count as plain numbers. */
export function describeColumns(columns: {
  nodeFields: readonly string[];
  edgeFields: readonly string[];
  locationFields?: readonly string[];
  nodeTypes: readonly string[];
  edgeTypes: readonly string[];
}): {
  node_fields: string[];
  node_types: (string | string[])[];
  edge_fields: string[];
  edge_types: (string | string[])[];
  trace_function_info_fields: string[];
  trace_node_fields: string[];
  sample_fields: string[];
  location_fields: string[];
} {
  return {
    node_fields: [...columns.nodeFields],
    node_types: columns.nodeFields.map((field) => {
      if (field === 'type') return [...columns.nodeTypes];
      return field === 'name' ? 'string' : 'number';
    }),
    edge_fields: [...columns.edgeFields],
    edge_types: columns.edgeFields.map((field) => {
      if (field === 'type') return [...columns.edgeTypes];
      if (field === 'name_or_index') return 'string_or_number';
      return field === 'to_node' ? 'node' : 'number';
    }),
    trace_function_info_fields: [...TRACE_FUNCTION_INFO_FIELDS],
    trace_node_fields: [...TRACE_NODE_FIELDS],
    sample_fields: [...SAMPLE_FIELDS],
    location_fields: [...(columns.locationFields ?? LOCATION_FIELDS)],
  };
}

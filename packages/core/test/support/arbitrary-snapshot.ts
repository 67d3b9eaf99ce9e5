import fc from 'fast-check';
import { arbitraryText, arbitraryWideInteger } from './arbitrary-values.js';
import type { JsonObject, JsonValue } from './json-value.js';

const KNOWN_NODE_TYPES = [
  ...['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic'],
  ...['concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape', 'wasm object'],
];
const KNOWN_EDGE_TYPES = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
  'invisible',
];

interface Columns {
  nodeFields: string[];
  edgeFields: string[];
  locationFields: string[];
  nodeTypes: string[];
  edgeTypes: string[];
}

/** One node before it has a row: its targets are ordinals modulo the number of nodes. */
interface NodeDraft {
  type: number;
  name: number;
  selfSize: number;
  traceNodeId: number;
  detachedness: number;
  unknown: number;
  edges: { type: number; name: number; index: number; to: number; unknown: number }[];
}

/**
 * A valid snapshot with any columns, types, sections and order of keys. Header counts are hints, so some are
 * wrong.
 */
export function arbitrarySnapshot(): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(arbitraryColumns(), fc.array(arbitraryText(), { minLength: 1, maxLength: 12 }))
    .chain(([columns, strings]) =>
      fc
        .uniqueArray(arbitraryWideInteger(), { minLength: 1, maxLength: 14 })
        .chain((ids) =>
          fc
            .array(arbitraryNode(strings.length), { minLength: ids.length, maxLength: ids.length })
            .chain((nodes) => arbitraryDocument(columns, strings, ids, nodes)),
        ),
    );
}

function arbitraryColumns(): fc.Arbitrary<Columns> {
  const unknownFields = fc.subarray(['x_flags', 'x_age']);
  const typeList = (known: string[]) =>
    fc
      .tuple(fc.shuffledSubarray(known, { minLength: 1 }), fc.subarray(['x type', 'Ünknown "type"']))
      .map(([some, unknown]) => [...some, ...unknown]);
  const fields = (required: string[], optional: string[]) =>
    fc
      .tuple(fc.subarray(optional), unknownFields)
      .chain(([some, unknown]) => shuffled([...required, ...some, ...unknown]));
  return fc.record({
    nodeFields: fields(['type', 'name', 'id', 'self_size', 'edge_count'], ['trace_node_id', 'detachedness']),
    edgeFields: fields(['type', 'name_or_index', 'to_node'], []),
    locationFields: fields(['object_index', 'script_id', 'line', 'column'], ['script_object_index']),
    nodeTypes: typeList(KNOWN_NODE_TYPES),
    edgeTypes: typeList(KNOWN_EDGE_TYPES),
  });
}

function arbitraryNode(stringCount: number): fc.Arbitrary<NodeDraft> {
  const edge = fc.record({
    type: fc.nat(),
    name: fc.nat(stringCount - 1),
    index: arbitraryWideInteger(),
    to: fc.nat(),
    unknown: arbitraryWideInteger(),
  });
  return fc.record({
    type: fc.nat(),
    name: fc.nat(stringCount - 1),
    selfSize: arbitraryWideInteger(2 ** 45),
    traceNodeId: fc.nat(50),
    detachedness: fc.nat(2),
    unknown: arbitraryWideInteger(),
    edges: fc.array(edge, { maxLength: 5 }),
  });
}

function arbitraryDocument(
  columns: Columns,
  strings: string[],
  ids: number[],
  nodes: NodeDraft[],
): fc.Arbitrary<JsonObject> {
  const { nodeFields, edgeFields, nodeTypes, edgeTypes } = columns;
  const nodeRows = nodes.flatMap((node, ordinal) =>
    pickColumns(nodeFields, node.unknown, {
      type: node.type % nodeTypes.length,
      name: node.name,
      id: ids[ordinal]!,
      self_size: node.selfSize,
      edge_count: node.edges.length,
      trace_node_id: node.traceNodeId,
      detachedness: node.detachedness,
    }),
  );
  const edges = nodes.flatMap((node) => node.edges);
  const edgeRows = edges.flatMap((edge) => {
    const type = edge.type % edgeTypes.length;
    const isNumbered = edgeTypes[type] === 'element' || edgeTypes[type] === 'hidden';
    return pickColumns(edgeFields, edge.unknown, {
      type,
      name_or_index: isNumbered ? edge.index : edge.name,
      to_node: (edge.to % nodes.length) * nodeFields.length,
    });
  });
  return fc
    .record({
      header: arbitraryHeader(columns, nodes.length, edges.length),
      optional: arbitraryOptionalSections(columns, strings.length, nodes.length),
      unknown: fc.dictionary(
        fc.constantFrom('x_extra', 'nodes_2', 'Edges', 'snapshot2'),
        arbitraryAnything(),
        {
          maxKeys: 2,
        },
      ),
    })
    .chain(({ header, optional, unknown }) =>
      arbitraryKeyOrder({
        snapshot: header,
        nodes: nodeRows,
        edges: edgeRows,
        ...optional,
        ...unknown,
        strings,
      }),
    );
}

function arbitraryHeader(columns: Columns, nodeCount: number, edgeCount: number): fc.Arbitrary<JsonObject> {
  const { nodeFields, edgeFields, locationFields, nodeTypes, edgeTypes } = columns;
  const meta: JsonObject = {
    node_fields: nodeFields,
    node_types: nodeFields.map((field) => {
      if (field === 'type') return nodeTypes;
      return field === 'name' ? 'string' : 'number';
    }),
    edge_fields: edgeFields,
    edge_types: edgeFields.map((field) => {
      if (field === 'type') return edgeTypes;
      if (field === 'name_or_index') return 'string_or_number';
      return field === 'to_node' ? 'node' : 'number';
    }),
    trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
    trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
    sample_fields: ['timestamp_us', 'last_assigned_id'],
    location_fields: locationFields,
    scope_fields: ['script_node_index', 'scope_id', 'depth', 'scope_context_vars_count', 'scope_uses_count'],
    scope_context_var_fields: ['name'],
    scope_use_fields: ['declaring_scope_id', 'slot_index'],
  };
  const count = (right: number) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(right) }, fc.constantFrom(0, 2 ** 40));
  const lastNode = (nodeCount - 1) * nodeFields.length;
  return fc
    .tuple(
      arbitraryKeyOrder(meta),
      fc.record(
        {
          node_count: count(nodeCount),
          edge_count: count(edgeCount),
          trace_function_count: fc.nat(3),
          extra_native_bytes: arbitraryWideInteger(2 ** 45),
          root_index: fc.constantFrom(0, lastNode),
          x_header: arbitraryAnything(),
        },
        { requiredKeys: [] },
      ),
    )
    .chain(([orderedMeta, rest]) => arbitraryKeyOrder({ meta: orderedMeta, ...rest }));
}

/** Each section is absent, null, empty or filled. */
function arbitraryOptionalSections(
  columns: Columns,
  stringCount: number,
  nodeCount: number,
): fc.Arbitrary<JsonObject> {
  const nodeOffset = fc.nat(nodeCount - 1).map((ordinal) => ordinal * columns.nodeFields.length);
  const position = fc.nat(100_000);
  const string = fc.nat(stringCount - 1);
  const location = fc
    .record({ node: nodeOffset, scriptId: position, line: position, column: position, unknown: nodeOffset })
    .map((spec) =>
      pickColumns(columns.locationFields, spec.unknown, {
        object_index: spec.node,
        script_id: spec.scriptId,
        line: spec.line,
        column: spec.column,
      }),
    );
  const section = (row: fc.Arbitrary<number[]>, maxLength = 6) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.array(row, { maxLength }).map((rows) => rows.flat()) },
      { weight: 1, arbitrary: fc.constant(null) },
    );

  const withTraces = fc.integer({ min: 1, max: 5 }).chain((functionCount) =>
    fc.record({
      trace_function_infos: fc
        .array(fc.tuple(position, string, string, position, position, position), {
          minLength: functionCount,
          maxLength: functionCount,
        })
        .map((rows) => rows.flat()),
      trace_tree: arbitraryTraceTree(functionCount),
    }),
  );
  const withoutTraces = fc.record(
    { trace_function_infos: fc.constantFrom(null, []), trace_tree: fc.constantFrom(null, []) },
    { requiredKeys: [] },
  );
  const flatSections = fc.record(
    {
      samples: section(fc.tuple(arbitraryWideInteger(), arbitraryWideInteger())),
      locations: section(location),
    },
    { requiredKeys: [] },
  );
  return fc
    .tuple(
      flatSections,
      fc.oneof(withTraces, withoutTraces),
      fc.oneof(fc.constant({}), arbitraryScopes(nodeOffset, string)),
    )
    .map(([flat, traces, scopes]) => ({ ...flat, ...traces, ...scopes }) as JsonObject);
}

/** Three sections that belong together; scope ids may be negative, which no other section's numbers are. */
function arbitraryScopes(
  nodeOffset: fc.Arbitrary<number>,
  string: fc.Arbitrary<number>,
): fc.Arbitrary<JsonObject> {
  const scopeId = fc.integer({ min: -2, max: 5000 });
  const scope = fc.record({
    script: nodeOffset,
    id: scopeId,
    depth: fc.nat(20),
    variables: fc.array(string, { maxLength: 3 }),
    uses: fc.array(fc.tuple(scopeId, fc.nat(9)), { maxLength: 3 }),
  });
  return fc.array(scope, { maxLength: 5 }).map((scopes) => ({
    scopes: scopes.flatMap(({ script, id, depth, variables, uses }) => [
      ...[script, id, depth],
      ...[variables.length, uses.length],
    ]),
    scope_context_vars: scopes.flatMap((each) => each.variables),
    scope_uses: scopes.flatMap((each) => each.uses.flat()),
  }));
}

function arbitraryTraceTree(functionCount: number): fc.Arbitrary<JsonValue[]> {
  const { tree } = fc.letrec<{ tree: JsonValue[]; children: JsonValue[] }>((tie) => ({
    tree: fc
      .tuple(
        fc.nat(1000),
        fc.nat(functionCount - 1),
        fc.nat(1000),
        arbitraryWideInteger(2 ** 45),
        tie('children'),
      )
      .map((row) => [...row]),
    children: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constant<JsonValue[]>([]),
      fc.array(tie('tree'), { maxLength: 3 }).map((rows) => rows.flat()),
    ),
  }));
  return tree;
}

/** What unknown keys may hold. Through JSON once: it has no minus zero. */
function arbitraryAnything(): fc.Arbitrary<JsonValue> {
  return fc
    .jsonValue({ maxDepth: 3, stringUnit: 'binary' })
    .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
}

function arbitraryKeyOrder(object: JsonObject): fc.Arbitrary<JsonObject> {
  return fc.oneof(
    fc.constant(object),
    shuffled(Object.keys(object)).map((keys) => Object.fromEntries(keys.map((key) => [key, object[key]!]))),
  );
}

function shuffled<Item>(items: Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length });
}

function pickColumns(
  fields: readonly string[],
  unknown: number,
  values: Partial<Record<string, number>>,
): number[] {
  return fields.map((field) => values[field] ?? unknown);
}

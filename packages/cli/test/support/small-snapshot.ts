/** A node of a hand-made snapshot; the root and its edge to every node come by themselves. */
export interface SmallNode {
  readonly type: string;
  readonly name: string;
  readonly selfSize: number;
  /** Script id, line and column, from 0. */
  readonly location?: readonly [scriptId: number, line: number, column: number];
  /** Edges of type `internal`: name → position of the target in the list of nodes. */
  readonly internalEdges?: Readonly<Record<string, number>>;
}

const NODE_TYPES = [
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
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
const EDGE_FIELDS = ['type', 'name_or_index', 'to_node'];
const LOCATION_FIELDS = ['object_index', 'script_id', 'line', 'column'];

/** The text of a `.heapsnapshot` with a root that holds all `nodes`. */
export function snapshotText(
  nodes: readonly SmallNode[],
  header: { node_count?: number; edge_count?: number } = {},
): string {
  const strings: string[] = [];
  const stringOrdinal = (text: string) => {
    const known = strings.indexOf(text);
    return known >= 0 ? known : strings.push(text) - 1;
  };
  const offsetOf = (position: number) => (position + 1) * NODE_FIELDS.length;
  const nodeRow = (type: string, name: string, id: number, selfSize: number, edgeCount: number) => [
    NODE_TYPES.indexOf(type),
    stringOrdinal(name),
    id,
    selfSize,
    edgeCount,
    0,
    0,
  ];

  const nodeRows = nodeRow('synthetic', '', 1, 0, nodes.length);
  const edgeRows = nodes.flatMap((_, i) => [EDGE_TYPES.indexOf('element'), i, offsetOf(i)]);
  const locationRows: number[] = [];
  for (const [i, { type, name, selfSize, location, internalEdges = {} }] of nodes.entries()) {
    const edges = Object.entries(internalEdges);
    nodeRows.push(...nodeRow(type, name, 3 + 2 * i, selfSize, edges.length));
    for (const [edgeName, target] of edges) {
      edgeRows.push(EDGE_TYPES.indexOf('internal'), stringOrdinal(edgeName), offsetOf(target));
    }
    if (location !== undefined) locationRows.push(offsetOf(i), ...location);
  }

  return JSON.stringify({
    snapshot: {
      meta: {
        node_fields: NODE_FIELDS,
        node_types: [NODE_TYPES, 'string', 'number', 'number', 'number', 'number', 'number'],
        edge_fields: EDGE_FIELDS,
        edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
        location_fields: LOCATION_FIELDS,
      },
      node_count: nodeRows.length / NODE_FIELDS.length,
      edge_count: edgeRows.length / EDGE_FIELDS.length,
      ...header,
    },
    nodes: nodeRows,
    edges: edgeRows,
    locations: locationRows,
    strings,
  });
}

/** Two `Session`s made by `src/server.ts:11:3`, a `Buffer`, some text and code. */
export const SERVER_NODES: readonly SmallNode[] = [
  { type: 'object', name: 'Session', selfSize: 4000, location: [7, 10, 2] },
  { type: 'object', name: 'Session', selfSize: 2000, location: [7, 10, 2] },
  { type: 'object', name: 'Buffer', selfSize: 3000 },
  { type: 'string', name: 'some text', selfSize: 500 },
  { type: 'code', name: 'some code', selfSize: 250 },
  { type: 'closure', name: 'handle', selfSize: 100, location: [7, 20, 0], internalEdges: { shared: 6 } },
  { type: 'code', name: 'handle', selfSize: 80, internalEdges: { script: 7 } },
  { type: 'code', name: 'system / Script / src/server.ts', selfSize: 70 },
];
export const SERVER_TOTAL_SIZE = 10_000;

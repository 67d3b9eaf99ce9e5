/**
 * The reader that tests hold ours against: `JSON.parse`, then one object per row. Slow, large, and short
 * enough
 * to be seen to be right. It checks nothing, so it is for valid snapshots only.
 */

export interface NaiveNode {
  type: string;
  name: string;
  id: number;
  selfSize: number;
  edges: NaiveEdge[];
  /** `undefined` where the file has no such column. */
  traceNodeId: number | undefined;
  detachedness: number | undefined;
}

export interface NaiveEdge {
  type: string;
  /** A number for `element` and `hidden` edges. */
  name: string | number;
  /** Ordinal of the target. */
  to: number;
}

export interface NaiveLocation {
  /** Ordinal of the node. */
  node: number;
  scriptId: number;
  line: number;
  column: number;
}

export interface NaiveTraceFunction {
  id: number;
  name: string;
  scriptName: string;
  scriptId: number;
  line: number;
  column: number;
}

export interface NaiveTraceNode {
  id: number;
  /** Row of the trace functions. */
  function: number;
  count: number;
  size: number;
  children: NaiveTraceNode[];
}

export interface NaiveSample {
  timestampMicroseconds: number;
  lastAssignedId: number;
}

export interface NaiveSnapshot {
  nodes: NaiveNode[];
  edgeCount: number;
  strings: string[];
  rootOrdinal: number;
  extraNativeBytes: number;
  locations: NaiveLocation[];
  traceFunctions: NaiveTraceFunction[];
  traceTree: NaiveTraceNode[];
  samples: NaiveSample[];
}

/** The document as `JSON.parse` gives it. Optional sections may be absent or null. */
interface SnapshotDocument {
  snapshot: {
    meta: {
      node_fields: string[];
      node_types: (string | string[])[];
      edge_fields: string[];
      edge_types: (string | string[])[];
      location_fields?: string[];
      trace_function_info_fields?: string[];
      trace_node_fields?: string[];
      sample_fields?: string[];
    };
    root_index?: number;
    extra_native_bytes?: number;
  };
  nodes: number[];
  edges: number[];
  strings: string[];
  locations?: number[] | null;
  trace_function_infos?: number[] | null;
  trace_tree?: NestedTrace | null;
  samples?: number[] | null;
}

type NestedTrace = (number | NestedTrace)[];

export function readNaively(text: string): NaiveSnapshot {
  const document = JSON.parse(text) as SnapshotDocument;
  const { meta } = document.snapshot;
  const { strings } = document;
  const nodeTypes = meta.node_types[meta.node_fields.indexOf('type')] as string[];
  const edgeTypes = meta.edge_types[meta.edge_fields.indexOf('type')] as string[];
  const nodeWidth = meta.node_fields.length;

  const edges = rowsOf(document.edges, meta.edge_fields).map((row): NaiveEdge => {
    const type = edgeTypes[row.type!]!;
    const isNumbered = type === 'element' || type === 'hidden';
    return {
      type,
      name: isNumbered ? row.name_or_index! : strings[row.name_or_index!]!,
      to: row.to_node! / nodeWidth,
    };
  });

  let firstEdge = 0;
  const nodes = rowsOf(document.nodes, meta.node_fields).map((row): NaiveNode => {
    const ownEdges = edges.slice(firstEdge, firstEdge + row.edge_count!);
    firstEdge += row.edge_count!;
    return {
      type: nodeTypes[row.type!]!,
      name: strings[row.name!]!,
      id: row.id!,
      selfSize: row.self_size!,
      edges: ownEdges,
      traceNodeId: row.trace_node_id,
      detachedness: row.detachedness,
    };
  });

  return {
    nodes,
    edgeCount: edges.length,
    strings,
    rootOrdinal: (document.snapshot.root_index ?? 0) / nodeWidth,
    extraNativeBytes: document.snapshot.extra_native_bytes ?? 0,
    locations: rowsOf(document.locations, meta.location_fields).map((row) => ({
      node: row.object_index! / nodeWidth,
      scriptId: row.script_id!,
      line: row.line!,
      column: row.column!,
    })),
    traceFunctions: rowsOf(document.trace_function_infos, meta.trace_function_info_fields).map((row) => ({
      id: row.function_id!,
      name: strings[row.name!]!,
      scriptName: strings[row.script_name!]!,
      scriptId: row.script_id!,
      line: row.line!,
      column: row.column!,
    })),
    traceTree: readTraceNodes(document.trace_tree, meta.trace_node_fields ?? []),
    samples: rowsOf(document.samples, meta.sample_fields).map((row) => ({
      timestampMicroseconds: row.timestamp_us!,
      lastAssignedId: row.last_assigned_id!,
    })),
  };
}

/** A flat section as one record per row: field → value. */
function rowsOf(
  section: readonly number[] | null | undefined,
  fields: readonly string[] | undefined,
): Partial<Record<string, number>>[] {
  if (!section || !fields) return [];
  const rows: Partial<Record<string, number>>[] = [];
  for (let at = 0; at < section.length; at += fields.length) {
    rows.push(Object.fromEntries(fields.map((field, column) => [field, section[at + column]!])));
  }
  return rows;
}

function readTraceNodes(
  section: NestedTrace | null | undefined,
  fields: readonly string[],
): NaiveTraceNode[] {
  const nodes: NaiveTraceNode[] = [];
  for (let at = 0; at < (section?.length ?? 0); at += fields.length) {
    const value = (field: string) => section![at + fields.indexOf(field)]!;
    nodes.push({
      id: value('id') as number,
      function: value('function_info_index') as number,
      count: value('count') as number,
      size: value('size') as number,
      children: readTraceNodes(value('children') as NestedTrace, fields),
    });
  }
  return nodes;
}

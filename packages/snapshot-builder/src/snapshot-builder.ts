import { joinText } from './chunks.js';
import {
  describeColumns,
  EDGE_FIELDS,
  EDGE_TYPES,
  hasNumberedName,
  LOCATION_FIELDS,
  NODE_FIELDS,
  NODE_TYPES,
  SECTION_ORDER,
} from './format.js';
import type { JsonStyle, JsonValue } from './json-style.js';
import { NumberRows, type SectionBody, StringList, writeSections } from './write-sections.js';

export interface NodeSpec {
  /** Default `object`. A type that the list lacks is appended to it. */
  type?: string;
  /** Default ''. */
  name?: string;
  /** Default 2 × ordinal + 1, as V8 numbers them. */
  id?: number;
  /** Bytes; default 0. */
  selfSize?: number;
  /** 0 unknown, 1 attached, 2 detached; default 0. */
  detachedness?: number;
  traceNodeId?: number;
}

export interface EdgeSpec {
  /** Default `property`, or `element` where the name is a number. */
  type?: string;
  /** A number for `element` and `hidden`, a string for all others. */
  name: string | number;
  /** A node's ordinal; the node may be added later. */
  to: number;
}

export interface LocationSpec {
  scriptId: number;
  /** 0-based, as in the file. */
  line: number;
  column: number;
}

export interface TraceFunctionSpec {
  name: string;
  scriptName?: string;
  scriptId?: number;
  line?: number;
  column?: number;
}

export interface TraceNodeSpec {
  /** What `traceFunction()` returned. */
  function: number;
  count?: number;
  size?: number;
  /** Id of the caller's trace node; default: a child of the root of the tree, or the root itself. */
  parent?: number;
}

export interface BuilderOptions {
  nodeTypes?: readonly string[];
  edgeTypes?: readonly string[];
  /** Node 0, which is synthetic and nameless unless this says otherwise. */
  root?: NodeSpec;
}

/** Numbers are written as they are, and `undefined` leaves that count out. */
export interface HeaderCounts {
  nodeCount: number | undefined;
  edgeCount: number | undefined;
  traceFunctionCount: number | undefined;
}

export interface SnapshotOptions extends JsonStyle {
  /** Columns in this order; a name V8 does not know becomes a column of sevens. */
  nodeFields?: readonly string[];
  edgeFields?: readonly string[];
  locationFields?: readonly string[];
  /** False leaves the column `detachedness` out; default true. Ignored where `nodeFields` is given. */
  detachedness?: boolean;
  /**
   * True adds the column `trace_node_id`; default: if a node has one. Ignored where `nodeFields` is given.
   */
  traceNodeIds?: boolean;
  /** What the header claims: default `right`. */
  counts?: 'right' | 'zero' | 'missing' | HeaderCounts;
  /** Writes the counts before `meta` in the header. */
  countsFirst?: boolean;
  /** More keys for the header, `extra_native_bytes` say. */
  header?: { readonly [key: string]: JsonValue };
  /** The keys that come first, in this order; the others follow in V8's order. */
  sectionOrder?: readonly string[];
  omitSections?: readonly string[];
  /** Adds sections (before `strings`, unless `sectionOrder` places them), or replaces known ones. */
  sections?: { readonly [key: string]: SectionBody };
}

interface StoredNode extends Required<NodeSpec> {
  edges: { type: string; name: string | number; to: number }[];
}

interface StoredTraceNode {
  id: number;
  function: number;
  count: number;
  size: number;
  children: StoredTraceNode[];
}

/**
 * Stands in columns that no specification names, so that a reader that mistakes them for others is found
 * out.
 */
const UNKNOWN_FIELD_VALUE = 7;

/**
 * A heap drawn node by node, then written as a snapshot. Nodes are known by their ordinal (row), which
 * `node()`
 * returns; the root is there from the start, as ordinal 0. Nothing is checked but what cannot be written: a
 * test
 * may draw a heap that makes no sense.
 */
export class SnapshotBuilder {
  /** Ordinal of the node that every builder starts with. */
  readonly root = 0;

  readonly #nodes: StoredNode[] = [];
  readonly #nodeTypes: string[];
  readonly #edgeTypes: string[];
  readonly #locations: { node: number; location: LocationSpec }[] = [];
  readonly #traceFunctions: TraceFunctionSpec[] = [];
  readonly #traceNodes: StoredTraceNode[] = [];
  readonly #samples: [timestampMicroseconds: number, lastAssignedId: number][] = [];
  #rootIndexOrdinal: number | undefined;

  constructor(options: BuilderOptions = {}) {
    this.#nodeTypes = [...(options.nodeTypes ?? NODE_TYPES)];
    this.#edgeTypes = [...(options.edgeTypes ?? EDGE_TYPES)];
    this.node({ type: 'synthetic', ...options.root });
  }

  get nodeCount(): number {
    return this.#nodes.length;
  }

  get edgeCount(): number {
    return this.#nodes.reduce((sum, node) => sum + node.edges.length, 0);
  }

  /** Adds a node and returns its ordinal. */
  node(spec: NodeSpec = {}): number {
    const ordinal = this.#nodes.length;
    const type = spec.type ?? 'object';
    if (!this.#nodeTypes.includes(type)) this.#nodeTypes.push(type);
    this.#nodes.push({
      type,
      name: spec.name ?? '',
      id: spec.id ?? 2 * ordinal + 1,
      selfSize: spec.selfSize ?? 0,
      detachedness: spec.detachedness ?? 0,
      traceNodeId: spec.traceNodeId ?? 0,
      edges: [],
    });
    return ordinal;
  }

  /** Adds an edge behind those that `from` has. */
  edge(from: number, spec: EdgeSpec): this {
    const node = this.#nodes[from];
    if (node === undefined) {
      throw new RangeError(`edge from node ${from}: there are ${this.#nodes.length} nodes`);
    }
    const type = spec.type ?? (typeof spec.name === 'number' ? 'element' : 'property');
    if (hasNumberedName(type) !== (typeof spec.name === 'number')) {
      throw new TypeError(`edge ${JSON.stringify(spec.name)} of type ${type}: the name is of the wrong kind`);
    }
    if (!this.#edgeTypes.includes(type)) this.#edgeTypes.push(type);
    node.edges.push({ type, name: spec.name, to: spec.to });
    return this;
  }

  /** `node` and `edge` in one step: adds a node that `from` holds, and returns its ordinal. */
  child(from: number, edge: string | number | Omit<EdgeSpec, 'to'>, node: NodeSpec = {}): number {
    const to = this.node(node);
    this.edge(from, typeof edge === 'object' ? { ...edge, to } : { name: edge, to });
    return to;
  }

  location(node: number, location: LocationSpec): this {
    this.#locations.push({ node, location });
    return this;
  }

  /** Adds a function that allocated, and returns its row in `trace_function_infos`. */
  traceFunction(spec: TraceFunctionSpec): number {
    this.#traceFunctions.push(spec);
    return this.#traceFunctions.length - 1;
  }

  /** Adds a stack frame to the trace tree, and returns its id. The first one is the root of the tree. */
  traceNode(spec: TraceNodeSpec): number {
    const id = this.#traceNodes.length + 1;
    const node = { id, function: spec.function, count: spec.count ?? 0, size: spec.size ?? 0, children: [] };
    if (id > 1) {
      const parent = this.#traceNodes[(spec.parent ?? 1) - 1];
      if (parent === undefined)
        throw new RangeError(`trace node under ${spec.parent}: there is no such trace node`);
      parent.children.push(node);
    }
    this.#traceNodes.push(node);
    return id;
  }

  sample(timestampMicroseconds: number, lastAssignedId: number): this {
    this.#samples.push([timestampMicroseconds, lastAssignedId]);
    return this;
  }

  /**
   * Makes another node the root, by `snapshot.root_index`. Engines accept the first and the last node only.
   */
  rootIndex(ordinal: number): this {
    this.#rootIndexOrdinal = ordinal;
    return this;
  }

  /** The snapshot in pieces of text. */
  *write(options: SnapshotOptions = {}): Generator<string, void, undefined> {
    yield* writeSections(this.#sections(options), options);
  }

  toJson(options: SnapshotOptions = {}): string {
    return joinText(this.write(options));
  }

  toBytes(options: SnapshotOptions = {}): Uint8Array {
    return new TextEncoder().encode(this.toJson(options));
  }

  #sections(options: SnapshotOptions): [key: string, body: SectionBody][] {
    const nodeFields = options.nodeFields ?? this.#defaultNodeFields(options);
    const edgeFields = options.edgeFields ?? EDGE_FIELDS;
    const locationFields = options.locationFields ?? LOCATION_FIELDS;
    const strings = new StringTable();

    const nodes = this.#nodes.map((node) => pickColumns(nodeFields, this.#nodeColumns(node, strings)));
    const edges = this.#nodes.flatMap((node) =>
      node.edges.map((edge) =>
        pickColumns(edgeFields, {
          type: this.#edgeTypes.indexOf(edge.type),
          name_or_index: typeof edge.name === 'number' ? edge.name : strings.indexOf(edge.name),
          to_node: edge.to * nodeFields.length,
        }),
      ),
    );
    const locations = this.#locations.map(({ node, location }) =>
      pickColumns(locationFields, {
        object_index: node * nodeFields.length,
        script_id: location.scriptId,
        line: location.line,
        column: location.column,
      }),
    );
    const traceFunctions = this.#traceFunctions.map((spec, row) => [
      row,
      strings.indexOf(spec.name),
      strings.indexOf(spec.scriptName ?? ''),
      spec.scriptId ?? 0,
      spec.line ?? 0,
      spec.column ?? 0,
    ]);

    const bodies: Record<string, SectionBody> = {
      snapshot: this.#header(options, nodeFields, edgeFields, locationFields),
      nodes: new NumberRows(nodes),
      edges: new NumberRows(edges),
      trace_function_infos: new NumberRows(traceFunctions),
      trace_tree: nestTraceNodes(this.#traceNodes.slice(0, 1)),
      samples: new NumberRows(this.#samples),
      locations: new NumberRows(locations),
      ...options.sections,
      strings: options.sections?.strings ?? new StringList(strings.strings),
    };
    return orderKeys(Object.keys(bodies), options).map((key) => [key, bodies[key]!]);
  }

  #defaultNodeFields(options: SnapshotOptions): string[] {
    const hasTraces = options.traceNodeIds ?? this.#nodes.some((node) => node.traceNodeId !== 0);
    return [
      ...NODE_FIELDS,
      ...(hasTraces ? ['trace_node_id'] : []),
      ...(options.detachedness === false ? [] : ['detachedness']),
    ];
  }

  #nodeColumns(node: StoredNode, strings: StringTable): Record<string, number> {
    return {
      type: this.#nodeTypes.indexOf(node.type),
      name: strings.indexOf(node.name),
      id: node.id,
      self_size: node.selfSize,
      edge_count: node.edges.length,
      trace_node_id: node.traceNodeId,
      detachedness: node.detachedness,
    };
  }

  #header(
    options: SnapshotOptions,
    nodeFields: readonly string[],
    edgeFields: readonly string[],
    locationFields: readonly string[],
  ): JsonValue {
    const meta = describeColumns({
      nodeFields,
      edgeFields,
      locationFields,
      nodeTypes: this.#nodeTypes,
      edgeTypes: this.#edgeTypes,
    });
    const counts = this.#headerCounts(options.counts ?? 'right');
    return {
      ...(options.countsFirst ? { ...counts, meta } : { meta, ...counts }),
      ...(this.#rootIndexOrdinal === undefined
        ? {}
        : { root_index: this.#rootIndexOrdinal * nodeFields.length }),
      ...options.header,
    };
  }

  #headerCounts(counts: NonNullable<SnapshotOptions['counts']>): Record<string, number> {
    if (counts === 'missing') return {};
    if (counts === 'zero') return { node_count: 0, edge_count: 0, trace_function_count: 0 };
    const claimed: HeaderCounts =
      counts === 'right'
        ? {
            nodeCount: this.nodeCount,
            edgeCount: this.edgeCount,
            traceFunctionCount: this.#traceFunctions.length,
          }
        : counts;
    const header: Record<string, number> = {};
    if (claimed.nodeCount !== undefined) header.node_count = claimed.nodeCount;
    if (claimed.edgeCount !== undefined) header.edge_count = claimed.edgeCount;
    if (claimed.traceFunctionCount !== undefined) header.trace_function_count = claimed.traceFunctionCount;
    return header;
  }
}

/** Strings in order of first use, as V8 numbers them. */
class StringTable {
  readonly strings: string[] = ['<dummy>'];
  readonly #rows = new Map<string, number>();

  indexOf(text: string): number {
    const known = this.#rows.get(text);
    if (known !== undefined) return known;
    const row = this.strings.push(text) - 1;
    this.#rows.set(text, row);
    return row;
  }
}

function pickColumns(fields: readonly string[], columns: Readonly<Record<string, number>>): number[] {
  return fields.map((field) => columns[field] ?? UNKNOWN_FIELD_VALUE);
}

/** `[id, function, count, size, [children…], id, …]` */
function nestTraceNodes(nodes: readonly StoredTraceNode[]): JsonValue[] {
  return nodes.flatMap((node) => [
    node.id,
    node.function,
    node.count,
    node.size,
    nestTraceNodes(node.children),
  ]);
}

/** `sectionOrder` first, then V8's order, with unknown keys before `strings`. */
function orderKeys(keys: readonly string[], options: SnapshotOptions): string[] {
  const known = SECTION_ORDER.filter((key) => key !== 'strings');
  const unknown = keys.filter((key) => !SECTION_ORDER.includes(key));
  const order = new Set([...(options.sectionOrder ?? []), ...known, ...unknown, 'strings']);
  return [...order].filter((key) => keys.includes(key) && !options.omitSections?.includes(key));
}

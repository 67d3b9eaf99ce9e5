import { EDGE_TYPE, NODE_TYPE } from '../../src/format/type-names.js';
import type { GraphColumns, WideColumn } from '../../src/graph/graph-columns.js';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import { encodeWtf8 } from '../../src/graph/string-table.js';

/** `['property', 'next', 'b']`: an edge to the node drawn with key `b`, or to a node ordinal. */
export type DrawnEdge = readonly [type: string, name: string | number, target: string | number];

/** `[scriptId, line, column]`, from 0 */
export type DrawnLocation = readonly [scriptId: number, line: number, column: number];

export interface DrawnNode {
  /** What edges call the node; its name where left out. */
  readonly key?: string;
  /** `object` where left out */
  readonly type?: string;
  readonly name?: string;
  /** Odd numbers in order where left out. */
  readonly id?: number;
  readonly size?: number;
  /** 0 where left out; no node of the graph has the column where all leave it out. */
  readonly detachedness?: number;
  /** Several rows where a producer repeats them. */
  readonly locations?: readonly DrawnLocation[];
  readonly edges?: readonly DrawnEdge[];
}

export interface DrawOptions {
  readonly rootOrdinal?: number;
  readonly extraNativeBytes?: number;
  /** Writes a string anew each time it is used, as careless producers do. */
  readonly repeatStrings?: boolean;
}

/**
 * Draws a graph without a file:
 *
 * ```ts
 * drawGraph([
 *   { type: 'synthetic', key: 'root', edges: [['element', 1, 'list']] },
 *   { name: 'Array', key: 'list', size: 16 },
 * ]);
 * ```
 *
 * The first node is the root. States of detachedness are taken as they are: nothing is inherited.
 */
export function drawGraph(nodes: readonly DrawnNode[], options: DrawOptions = {}): HeapGraph {
  return new HeapGraph(drawColumns(nodes, options));
}

export function drawColumns(nodes: readonly DrawnNode[], options: DrawOptions = {}): GraphColumns {
  const nodeTypes = Object.values(NODE_TYPE) as string[];
  const edgeTypes = Object.values(EDGE_TYPE) as string[];
  const strings = new DrawnStrings(options.repeatStrings ?? false);
  const ordinalByKey = new Map(nodes.map((node, ordinal) => [node.key ?? node.name ?? '', ordinal]));
  const ordinalOf = (target: string | number): number => {
    const ordinal = typeof target === 'number' ? target : ordinalByKey.get(target);
    if (ordinal === undefined) throw new Error(`no node is drawn with the key ${target}`);
    return ordinal;
  };

  const edges = nodes.flatMap((node) => node.edges ?? []);
  const firstEdgeByNode = new Uint32Array(nodes.length + 1);
  nodes.forEach((node, ordinal) => {
    firstEdgeByNode[ordinal + 1] = firstEdgeByNode[ordinal] + (node.edges?.length ?? 0);
  });
  const rows = nodes.flatMap((node, ordinal) =>
    (node.locations ?? []).map(([scriptId, line, column]) => ({ ordinal, scriptId, line, column })),
  );
  const hasDetachedness = nodes.some((node) => node.detachedness !== undefined);
  const nameByNode = Uint32Array.from(nodes, (node) => strings.ordinalOf(node.name ?? ''));
  const nameByEdge = wide(
    edges.map(([, name]) => (typeof name === 'number' ? name : strings.ordinalOf(name))),
  );

  return {
    meta: {
      nodeFields: [
        'type',
        'name',
        'id',
        'self_size',
        'edge_count',
        ...(hasDetachedness ? ['detachedness'] : []),
      ],
      edgeFields: ['type', 'name_or_index', 'to_node'],
      nodeTypes,
      edgeTypes,
      traceFunctionInfoFields: [],
      traceNodeFields: [],
      sampleFields: [],
      locationFields: ['object_index', 'script_id', 'line', 'column'],
      scopeFields: [],
      scopeContextVarFields: [],
      scopeUseFields: [],
      hasDetachedness,
    },
    nodeCount: nodes.length,
    edgeCount: edges.length,
    stringCount: strings.count,
    rootOrdinal: options.rootOrdinal ?? 0,
    extraNativeBytes: options.extraNativeBytes ?? 0,
    typeByNode: Uint8Array.from(nodes, (node) => typeOrdinal(nodeTypes, node.type ?? NODE_TYPE.object)),
    nameByNode,
    idByNode: wide(nodes.map((node, ordinal) => node.id ?? 2 * ordinal + 1)),
    selfSizeByNode: wide(nodes.map((node) => node.size ?? 0)),
    firstEdgeByNode,
    detachednessByNode: hasDetachedness ? Uint8Array.from(nodes, (node) => node.detachedness ?? 0) : null,
    traceNodeIdByNode: null,
    typeByEdge: Uint8Array.from(edges, ([type]) => typeOrdinal(edgeTypes, type)),
    nameByEdge,
    targetByEdge: Uint32Array.from(edges, ([, , target]) => ordinalOf(target)),
    ...strings.columns(),
    locations: {
      count: rows.length,
      nodeByLocation: Uint32Array.from(rows, (row) => row.ordinal),
      scriptIdByLocation: wide(rows.map((row) => row.scriptId)),
      lineByLocation: wide(rows.map((row) => row.line)),
      columnByLocation: wide(rows.map((row) => row.column)),
      scriptNodeByLocation: null,
    },
    traceFunctions: {
      count: 0,
      functionId: wide([]),
      name: wide([]),
      scriptName: wide([]),
      scriptId: wide([]),
      line: wide([]),
      column: wide([]),
    },
    traceTree: {
      count: 0,
      id: wide([]),
      functionInfo: wide([]),
      allocationCount: wide([]),
      allocationSize: wide([]),
      parent: new Uint32Array(0),
    },
    samples: { count: 0, timestampMicroseconds: new Float64Array(0), lastAssignedId: wide([]) },
    scopes: { scopes: new Float64Array(0), contextVars: new Float64Array(0), uses: new Float64Array(0) },
  };
}

class DrawnStrings {
  readonly #texts: string[] = [];
  readonly #ordinals = new Map<string, number>();
  readonly #repeats: boolean;

  constructor(repeats: boolean) {
    this.#repeats = repeats;
  }

  get count(): number {
    return this.#texts.length;
  }

  ordinalOf(text: string): number {
    const known = this.#repeats ? undefined : this.#ordinals.get(text);
    if (known !== undefined) return known;
    const ordinal = this.#texts.push(text) - 1;
    this.#ordinals.set(text, ordinal);
    return ordinal;
  }

  columns(): Pick<GraphColumns, 'stringBytes' | 'moreStringBytes' | 'stringStart' | 'hasLoneSurrogates'> {
    const encoded = this.#texts.map(encodeWtf8);
    const stringStart = new Uint32Array(encoded.length + 1);
    encoded.forEach((bytes, ordinal) => {
      stringStart[ordinal + 1] = stringStart[ordinal] + bytes.length;
    });
    return {
      stringBytes: Uint8Array.from(encoded.flatMap((bytes) => [...bytes])),
      moreStringBytes: [],
      stringStart,
      hasLoneSurrogates: this.#texts.some((text) => /\p{Surrogate}/u.test(text)),
    };
  }
}

function typeOrdinal(types: readonly string[], name: string): number {
  const ordinal = types.indexOf(name);
  if (ordinal < 0) throw new Error(`no such type: ${name}`);
  return ordinal;
}

function wide(values: readonly number[]): WideColumn {
  return values.some((value) => value > 0xffffffff) ? Float64Array.from(values) : Uint32Array.from(values);
}

import type { EngineHeader } from '../../src/engine-module.js';
import type { SnapshotJson } from '../../src/parsed-profile.js';

/** A heap drawn by hand: nodes in file order, the first one is the root. Edges name their targets by ordinal. */
export interface DrawnNode {
  readonly type: NodeType;
  readonly name: string;
  /** Default 2 × ordinal + 1. */
  readonly id?: number;
  readonly selfSize?: number;
  /** 0 unknown, 1 attached, 2 detached; the column is written if any node has one. */
  readonly detachedness?: number;
  readonly location?: { readonly scriptId: number; readonly line: number; readonly column: number };
  readonly edges?: readonly DrawnEdge[];
}

export interface DrawnEdge {
  readonly type: EdgeType;
  /** A number for `element` and `hidden` edges. */
  readonly name: string | number;
  readonly to: number;
}

export const NODE_TYPES = [
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
] as const;

export const EDGE_TYPES = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
] as const;

export type NodeType = (typeof NODE_TYPES)[number];
export type EdgeType = (typeof EDGE_TYPES)[number];

export interface DrawnOptions {
  readonly rootOrdinal?: number;
  readonly extraNativeBytes?: number;
  /** A string table in which no text is shared: every name of a node or an edge has its own entry. */
  readonly repeatStrings?: boolean;
}

/** The drawn heap as the JSON value of a snapshot file. */
export function drawnSnapshot(nodes: readonly DrawnNode[], options: DrawnOptions = {}): SnapshotJson {
  const strings = new StringList(options.repeatStrings ?? false);
  const withDetachedness = nodes.some(({ detachedness }) => detachedness !== undefined);
  const nodeFields = ['type', 'name', 'id', 'self_size', 'edge_count'];
  if (withDetachedness) nodeFields.push('detachedness');

  const nodeRows: number[] = [];
  const edgeRows: number[] = [];
  const locationRows: number[] = [];
  nodes.forEach((node, ordinal) => {
    const edges = node.edges ?? [];
    nodeRows.push(NODE_TYPES.indexOf(node.type), strings.ordinalOf(node.name), node.id ?? 2 * ordinal + 1);
    nodeRows.push(node.selfSize ?? 0, edges.length);
    if (withDetachedness) nodeRows.push(node.detachedness ?? 0);
    for (const { type, name, to } of edges) {
      const nameOrIndex = typeof name === 'number' ? name : strings.ordinalOf(name);
      edgeRows.push(EDGE_TYPES.indexOf(type), nameOrIndex, to * nodeFields.length);
    }
    if (node.location !== undefined) {
      const { scriptId, line, column } = node.location;
      locationRows.push(ordinal * nodeFields.length, scriptId, line, column);
    }
  });
  return {
    snapshot: header(nodeFields, nodes.length, edgeRows.length / 3, options),
    nodes: nodeRows,
    edges: edgeRows,
    locations: locationRows,
    strings: strings.texts,
  };
}

/** The drawn heap as the text of a snapshot file. */
export function drawnText(nodes: readonly DrawnNode[], options: DrawnOptions = {}): string {
  return JSON.stringify(drawnSnapshot(nodes, options));
}

function header(
  nodeFields: string[],
  nodeCount: number,
  edgeCount: number,
  { rootOrdinal = 0, extraNativeBytes }: DrawnOptions,
): EngineHeader {
  return {
    meta: {
      node_fields: nodeFields,
      node_types: [NODE_TYPES, 'string', 'number', 'number', 'number'],
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
      location_fields: ['object_index', 'script_id', 'line', 'column'],
    },
    node_count: nodeCount,
    edge_count: edgeCount,
    ...(rootOrdinal > 0 ? { root_index: rootOrdinal * nodeFields.length } : {}),
    ...(extraNativeBytes === undefined ? {} : { extra_native_bytes: extraNativeBytes }),
  };
}

class StringList {
  readonly texts = ['<dummy>'];
  readonly #repeat: boolean;
  readonly #ordinalByText = new Map<string, number>();

  constructor(repeat: boolean) {
    this.#repeat = repeat;
  }

  ordinalOf(text: string): number {
    const known = this.#repeat ? undefined : this.#ordinalByText.get(text);
    if (known !== undefined) return known;
    this.#ordinalByText.set(text, this.texts.length);
    this.texts.push(text);
    return this.texts.length - 1;
  }
}

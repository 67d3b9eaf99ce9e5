import type { EngineColumn, EngineHeader, EngineProfile } from './engine-module.js';

/** A snapshot file as `JSON.parse` gives it. Sections that a producer leaves out or writes as null are not there. */
export interface SnapshotJson {
  readonly snapshot: EngineHeader;
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
  readonly trace_function_infos?: readonly number[] | null;
  readonly trace_tree?: unknown;
  readonly samples?: readonly number[] | null;
  readonly locations?: readonly number[] | null;
  readonly scopes?: readonly number[] | null;
  readonly scope_context_vars?: readonly number[] | null;
  readonly scope_uses?: readonly number[] | null;
}

/**
 * What the engine's loader would have made of the file, had it read it right: header counts as the arrays say,
 * numbers modulo 2^32 as in its columns, empty lists for missing sections.
 */
export function parsedProfile(json: SnapshotJson): EngineProfile {
  const { snapshot } = json;
  const infoFieldCount = fieldCount(snapshot, 'trace_function_info_fields');
  const infos = json.trace_function_infos ?? [];
  return {
    snapshot: {
      ...snapshot,
      node_count: json.nodes.length / snapshot.meta.node_fields.length,
      edge_count: json.edges.length / snapshot.meta.edge_fields.length,
      trace_function_count: infoFieldCount > 0 && json.trace_tree ? infos.length / infoFieldCount : 0,
    },
    nodes: new Column(json.nodes),
    edges: new Column(json.edges),
    strings: [...json.strings],
    samples: [...(json.samples ?? [])],
    locations: [...(json.locations ?? [])],
    trace_function_infos: Uint32Array.from(infos),
    trace_tree: json.trace_tree,
    scopes: [...(json.scopes ?? [])],
    scope_context_vars: [...(json.scope_context_vars ?? [])],
    scope_uses: [...(json.scope_uses ?? [])],
  };
}

function fieldCount(header: EngineHeader, fields: string): number {
  const list = header.meta[fields];
  return Array.isArray(list) ? list.length : 0;
}

/** The engine's own column of this kind is not exported. */
class Column implements EngineColumn {
  readonly #values: Uint32Array;

  constructor(values: readonly number[]) {
    this.#values = Uint32Array.from(values);
  }

  get length(): number {
    return this.#values.length;
  }

  getValue(index: number): number {
    return this.#values[index];
  }

  setValue(index: number, value: number): void {
    this.#values[index] = value;
  }
}

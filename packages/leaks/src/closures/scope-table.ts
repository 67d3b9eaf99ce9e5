import type { HeapGraph } from '@heapstream/core';

/** A function or block of a script, as V8 lists them. */
export interface Scope {
  /** The scope around it; `null` for the outermost. */
  readonly parent: Scope | null;
  /** Those that live in a context, by slot. */
  readonly variables: readonly ScopeVariable[];
}

export interface ScopeVariable {
  readonly name: string;
  /** The scopes whose code reads or writes it. */
  readonly usedIn: Set<Scope>;
}

/** A row of `scopes` by the names of its fields; `undefined` where the file has no such field or is too short. */
type Row = (field: string) => number | undefined;

/**
 * The scopes of all scripts, from the sections `scopes`, `scope_context_vars` and `scope_uses` (V8 of 2026). Empty where
 * the snapshot has none. Rows that refer to what is not there are passed over.
 */
export class ScopeTable {
  readonly #scopeByKey = new Map<string, Scope>();

  constructor(graph: HeapGraph) {
    const { columns, meta, strings } = graph;
    const { contextVars, scopes, uses } = columns.scopes;
    const stride = meta.nodeFields.length;
    const rows = [...rowsOf(scopes, meta.scopeFields)];
    const keyOf = (row: Row, scopeId = row('scope_id')): string =>
      `${(row('script_node_index') ?? Number.NaN) / stride} ${scopeId}`;

    const variables = rowsOf(contextVars, meta.scopeContextVarFields);
    /** The scopes around the one read last, the outermost first. */
    let around: Scope[] = [];
    let script: number | undefined;
    for (const row of rows) {
      if (row('script_node_index') !== script) around = [];
      script = row('script_node_index');
      const depth = Math.min(row('depth') ?? 0, around.length);
      const scope: Scope = {
        parent: around[depth - 1] ?? null,
        variables: take(variables, row('scope_context_vars_count')).map((variable) => ({
          name: nameOf(variable('name')),
          usedIn: new Set(),
        })),
      };
      around.length = depth;
      around.push(scope);
      this.#scopeByKey.set(keyOf(row), scope);
    }

    const allUses = rowsOf(uses, meta.scopeUseFields);
    for (const row of rows) {
      const scope = this.#scopeByKey.get(keyOf(row));
      for (const use of take(allUses, row('scope_uses_count'))) {
        const declaring = this.#scopeByKey.get(keyOf(row, use('declaring_scope_id')));
        const variable = declaring?.variables[use('slot_index') ?? -1];
        if (scope !== undefined) variable?.usedIn.add(scope);
      }
    }

    function nameOf(string: number | undefined): string {
      return string !== undefined && string >= 0 && string < columns.stringCount ? strings.get(string) : '';
    }
  }

  get isEmpty(): boolean {
    return this.#scopeByKey.size === 0;
  }

  /** A scope by the ordinal of its script's node, and its number within the script. */
  scopeOf(script: number, scopeId: number): Scope | undefined {
    return this.#scopeByKey.get(`${script} ${scopeId}`);
  }
}

function* rowsOf(numbers: Float64Array, fields: readonly string[]): Generator<Row, undefined> {
  if (fields.length === 0) return;
  const positions = new Map(fields.map((field, i) => [field, i]));
  for (let start = 0; start + fields.length <= numbers.length; start += fields.length) {
    yield (field) => {
      const position = positions.get(field);
      return position === undefined ? undefined : numbers[start + position];
    };
  }
}

/** The next rows, up to a number. */
function take(rows: Iterator<Row, undefined>, count = 0): Row[] {
  const taken: Row[] = [];
  while (taken.length < count) {
    const { value } = rows.next();
    if (value === undefined) break;
    taken.push(value);
  }
  return taken;
}

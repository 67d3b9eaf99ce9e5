import type { SnapshotMeta } from '../format/snapshot-meta.js';
import {
  type LocationColumns,
  NO_NODE,
  type SampleColumns,
  type ScopeColumns,
  type TraceFunctionColumns,
  type WideColumn,
} from '../graph/graph-columns.js';
import { sharedFloat64, sharedUint32 } from './allocate-columns.js';
import { HeldNumbers } from './held-numbers.js';
import type { NumberSink } from './number-sink.js';
import type { ParseContext } from './parse-context.js';
import { scanKernel } from './scan-kernel.js';
import type { OptionalArray } from './section-table.js';
import { TableRows } from './table-rows.js';

/** Sections read as tables, their field list in `meta`, and the fields without which they say nothing. */
const TABLES = {
  locations: { meta: 'locationFields', required: ['object_index', 'script_id', 'line', 'column'] },
  trace_function_infos: {
    meta: 'traceFunctionInfoFields',
    required: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
  },
  samples: { meta: 'sampleFields', required: ['timestamp_us', 'last_assigned_id'] },
} as const;
type TableKey = keyof typeof TABLES;

/**
 * Collects the optional sections as columns. What cannot be used there is left out with a warning: it takes nothing
 * from the graph.
 */
export class OptionalSections {
  readonly #context: ParseContext;
  readonly #held = new Map<OptionalArray, HeldNumbers>();
  readonly #tables = new Map<TableKey, TableRows>();
  #meta: SnapshotMeta | undefined;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  /**
   * Where a section's numbers go: straight into columns once the fields are known. Replaces an earlier one of that key.
   * `nodeCount`: what the header claims, a hint.
   */
  sinkFor(key: OptionalArray, meta: SnapshotMeta | undefined, nodeCount = 0): NumberSink {
    this.#held.delete(key);
    if (isTable(key)) {
      this.#tables.delete(key);
      const fields = meta && this.#fieldsOf(key, meta);
      if (fields) {
        // a node has one location at most
        const rows = new TableRows(fields, key === 'locations' ? nodeCount : 0);
        this.#tables.set(key, rows);
        return rows;
      }
    }
    const held = new HeldNumbers();
    this.#held.set(key, held);
    return held;
  }

  /** The header is known: what was held until now becomes columns. */
  useMeta(meta: SnapshotMeta): void {
    this.#meta = meta;
    for (const key of Object.keys(TABLES) as TableKey[]) {
      const held = this.#held.get(key);
      if (held === undefined) continue;
      const fields = this.#fieldsOf(key, meta);
      if (fields === undefined) {
        const why = `its fields in snapshot.meta lack one of ${TABLES[key].required.join(', ')}`;
        if (held.count > 0) this.#warnOfDropped(key, why);
        continue;
      }
      const rows = new TableRows(fields);
      held.drainInto(rows);
      this.#tables.set(key, rows);
    }
  }

  locations(nodeCount: number): LocationColumns {
    const rows = this.#table('locations');
    const [nodes, scriptIds, lines, columns] = TABLES.locations.required.map((field) => rows.column(field));
    const scriptNodes = rows.has('script_object_index') ? rows.column('script_object_index') : null;
    const nodeByLocation = this.#nodeOrdinals(nodes, rows.count, nodeCount);
    const scriptNodeByLocation = scriptNodes && this.#nodeOrdinals(scriptNodes, rows.count, nodeCount);
    let count = nodeByLocation.indexOf(NO_NODE);
    if (count < 0) count = rows.count;
    for (let row = count; row < rows.count; row++) {
      if (nodeByLocation[row] === NO_NODE) continue;
      // rows that stay move up in place
      nodeByLocation[count] = nodeByLocation[row];
      scriptIds[count] = scriptIds[row];
      lines[count] = lines[row];
      columns[count] = columns[row];
      if (scriptNodeByLocation) scriptNodeByLocation[count] = scriptNodeByLocation[row];
      count++;
    }
    if (count < rows.count) {
      this.#warnOfDropped('locations', `${rows.count - count} name a node that does not exist`);
    }
    return {
      count,
      nodeByLocation: nodeByLocation.subarray(0, count),
      scriptIdByLocation: scriptIds.subarray(0, count),
      lineByLocation: lines.subarray(0, count),
      columnByLocation: columns.subarray(0, count),
      scriptNodeByLocation: scriptNodeByLocation?.subarray(0, count) ?? null,
    };
  }

  /** Function infos are found by position, so bad ones cannot be left out: names that do not exist fail. */
  traceFunctions(stringCount: number): TraceFunctionColumns {
    const rows = this.#table('trace_function_infos');
    const name = rows.column('name');
    const scriptName = rows.column('script_name');
    const isBad = (ordinal: number): boolean => ordinal >= stringCount;
    if ((name as Float64Array).some(isBad) || (scriptName as Float64Array).some(isBad)) {
      this.#context.fail({
        code: 'BAD_REFERENCE',
        section: 'trace_function_infos',
        byteOffset: 0,
        expected: `string ordinals below ${stringCount}`,
        actual: 'a larger one',
      });
    }
    return {
      count: rows.count,
      functionId: rows.column('function_id'),
      name,
      scriptName,
      scriptId: rows.column('script_id'),
      line: rows.column('line'),
      column: rows.column('column'),
    };
  }

  samples(): SampleColumns {
    const rows = this.#table('samples');
    return {
      count: rows.count,
      timestampMicroseconds: sharedCopy(rows.column('timestamp_us')),
      lastAssignedId: rows.column('last_assigned_id'),
    };
  }

  scopes(): ScopeColumns {
    const flat = (key: OptionalArray): Float64Array =>
      sharedCopy(this.#held.get(key)?.toArray() ?? new Float64Array(0));
    return { scopes: flat('scopes'), contextVars: flat('scope_context_vars'), uses: flat('scope_uses') };
  }

  #table(key: TableKey): TableRows {
    const rows = this.#tables.get(key) ?? new TableRows(TABLES[key].required);
    if (rows.leftover > 0) {
      this.#warnOfDropped(
        key,
        `the last row has ${rows.leftover} of ${this.#meta![TABLES[key].meta].length} numbers`,
      );
    }
    return rows;
  }

  #fieldsOf(key: TableKey, meta: SnapshotMeta): readonly string[] | undefined {
    const fields = meta[TABLES[key].meta];
    return TABLES[key].required.every((field) => fields.includes(field)) ? fields : undefined;
  }

  /** Node offsets as ordinals, in place where they are 32 bits wide; {@link NO_NODE} for those of no node. */
  #nodeOrdinals(offsets: WideColumn, count: number, nodeCount: number): Uint32Array {
    const fieldCount = this.#meta!.nodeFields.length;
    const kernel = scanKernel();
    if (kernel !== null && offsets instanceof Uint32Array) {
      kernel.divideOffsets(offsets.subarray(0, count), fieldCount, nodeCount);
      return offsets;
    }
    const ordinals = columnOfOrdinals(offsets);
    for (let row = 0; row < count; row++) {
      const ordinal = offsets[row] / fieldCount;
      ordinals[row] = ordinal < nodeCount && ordinal >>> 0 === ordinal ? ordinal : NO_NODE;
    }
    return ordinals;
  }

  #warnOfDropped(key: TableKey, why: string): void {
    this.#context.warn('DROPPED_ROWS', `rows of '${key}' were left out: ${why}`);
  }
}

function isTable(key: OptionalArray): key is TableKey {
  return key in TABLES;
}

/** Where the ordinals of node offsets go: into the same place, unless the offsets needed doubles. */
function columnOfOrdinals(offsets: WideColumn): Uint32Array {
  return offsets instanceof Uint32Array ? offsets : sharedUint32(offsets.length);
}

function sharedCopy(values: WideColumn): Float64Array {
  const copy = sharedFloat64(values.length);
  copy.set(values);
  return copy;
}

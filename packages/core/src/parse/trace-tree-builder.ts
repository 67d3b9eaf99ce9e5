import type { Token } from 'stream-json/core/parser.js';
import type { TraceTreeColumns, WideColumn } from '../graph/graph-columns.js';
import { sharedFloat64, sharedUint32 } from './allocate-columns.js';

const CHILDREN = 'children';
const USUAL_FIELDS = ['id', 'function_info_index', 'count', 'size', CHILDREN];

/** The trace tree does not have the shape that `meta.trace_node_fields` gives. */
export class TraceTreeProblem {
  readonly expected: string;
  readonly actual: string;

  constructor(expected: string, actual: string) {
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * Flattens `trace_tree` from tokens: an array of `id, function_info_index, count, size, children` over and over, where
 * children is such an array again. Iterative: depth costs one stack entry a level.
 */
export class TraceTreeBuilder {
  readonly #fields: readonly string[];
  readonly #rows: Record<'id' | 'function_info_index' | 'count' | 'size' | 'parent', number[]> = {
    id: [],
    function_info_index: [],
    count: [],
    size: [],
    parent: [],
  };
  /** Open arrays from the outside in: the field due next, the row it belongs to, and whose children the array holds. */
  readonly #levels: { field: number; row: number; parent: number }[] = [];

  /** `fields`: `meta.trace_node_fields`; V8's usual ones where the header comes later or lists none. */
  constructor(fields: readonly string[]) {
    this.#fields = fields.indexOf(CHILDREN) > 0 ? fields : USUAL_FIELDS;
  }

  take(token: Token): void {
    switch (token.name) {
      case 'startArray':
        this.#open();
        return;
      case 'endArray':
        this.#close();
        return;
      case 'numberValue':
        this.#number(token.value);
        return;
      default:
        throw new TraceTreeProblem('numbers and arrays only', token.name);
    }
  }

  get columns(): TraceTreeColumns {
    const rows = this.#rows;
    return {
      count: rows.id.length,
      id: toColumn(rows.id),
      functionInfo: toColumn(rows.function_info_index),
      allocationCount: toColumn(rows.count),
      allocationSize: toColumn(rows.size),
      parent: toColumn(rows.parent) as Uint32Array,
    };
  }

  #open(): void {
    const level = this.#levels.at(-1);
    if (level === undefined) {
      this.#levels.push({ field: 0, row: -1, parent: 0 });
      return;
    }
    if (this.#fields[level.field] !== CHILDREN) {
      throw new TraceTreeProblem(`a number for ${this.#fields[level.field]}`, 'an array');
    }
    this.#advance(level);
    this.#levels.push({ field: 0, row: -1, parent: level.row });
  }

  #close(): void {
    const level = this.#levels.pop();
    if (level !== undefined && level.field !== 0) {
      throw new TraceTreeProblem(
        `whole rows of ${this.#fields.join(', ')}`,
        `a row that ends before ${this.#fields[level.field]}`,
      );
    }
  }

  #number(text: string): void {
    const level = this.#levels.at(-1);
    const value = Number(text);
    if (level === undefined || !Number.isSafeInteger(value) || value < 0) {
      throw new TraceTreeProblem('an array of integers of 0 or more', text);
    }
    const field = this.#fields[level.field];
    if (field === CHILDREN) throw new TraceTreeProblem('an array of children', text);
    if (level.field === 0) {
      level.row = this.#rows.id.length;
      for (const column of Object.values(this.#rows)) column.push(0);
      this.#rows.parent[level.row] = level.parent;
    }
    if (field === 'id' || field === 'function_info_index' || field === 'count' || field === 'size') {
      this.#rows[field][level.row] = value;
    }
    this.#advance(level);
  }

  #advance(level: { field: number }): void {
    level.field = (level.field + 1) % this.#fields.length;
  }
}

function toColumn(values: readonly number[]): WideColumn {
  const isWide = values.some((value) => value > 0xffffffff);
  const column = isWide ? sharedFloat64(values.length) : sharedUint32(values.length);
  column.set(values);
  return column;
}

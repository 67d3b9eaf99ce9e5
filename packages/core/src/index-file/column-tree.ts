import type { SectionKind } from './index-format.js';

export type Column = Uint8Array | Uint32Array | Float64Array;

/** A plain value taken apart: what stands in it, and the typed arrays. */
export interface ColumnTree {
  /** The value with `null` in the place of each typed array. */
  readonly values: unknown;
  /** Way to the column, `/` between keys → column. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** Takes a value apart. Lists and objects may hold each other and typed arrays, but no cycles. */
export function splitColumns(value: unknown): ColumnTree {
  const columns = new Map<string, Column>();
  const split = (item: unknown, path: string): unknown => {
    if (isColumn(item)) {
      columns.set(path, item);
      return null;
    }
    if (item === null || typeof item !== 'object') return item;
    const at = (key: string | number): string => (path === '' ? String(key) : `${path}/${key}`);
    if (Array.isArray(item)) return item.map((element, i) => split(element, at(i)));
    return Object.fromEntries(Object.entries(item).map(([key, element]) => [key, split(element, at(key))]));
  };
  return { values: split(value, ''), columns };
}

export function isColumn(value: unknown): value is Column {
  return value instanceof Uint8Array || value instanceof Uint32Array || value instanceof Float64Array;
}

export function kindOf(column: Column): Exclude<SectionKind, 'msgpack'> {
  if (column instanceof Float64Array) return 'f64';
  return column instanceof Uint32Array ? 'u32' : 'u8';
}

/** The place of a column in a value that was taken apart; `undefined` where there is none. */
export function placeOf(
  values: unknown,
  path: string,
): { readonly parent: Record<string, unknown>; readonly key: string } | undefined {
  const keys = path.split('/');
  const key = keys.pop()!;
  let parent: unknown = values;
  for (const step of keys) parent = own(parent, step);
  return own(parent, key) === null ? { parent: parent as Record<string, unknown>, key } : undefined;
}

function own(value: unknown, key: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

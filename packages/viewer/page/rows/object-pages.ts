import type { EdgeRow, ObjectRow, Page } from '../../src/api/index.js';
import { client } from '../server/client.js';
import type { Sorting } from '../state/place.js';
import type { RowPage } from '../table/row-tree.js';
import type { HeapRow } from './heap-row.js';

/** Columns that lists of objects sort by. */
const OBJECT_COLUMNS = ['name', 'id', 'distance', 'shallowSize', 'retainedSize'] as const;
type ObjectColumn = (typeof OBJECT_COLUMNS)[number];

/** A sorting of any table for a list of objects in it; by retained size where it has no such column. */
export function objectSorting(sorting: Sorting): { sort: ObjectColumn; order: 'asc' | 'desc' } {
  const column = OBJECT_COLUMNS.find((name) => name === sorting.column);
  if (column === undefined) return { sort: 'retainedSize', order: 'desc' };
  return { sort: column, order: sorting.descending ? 'desc' : 'asc' };
}

export function objectPage(
  page: Page<ObjectRow>,
  snapshot: number,
  change?: 'added' | 'removed',
): RowPage<HeapRow> {
  const rows = page.rows.map(
    (object) => ({ kind: 'object', object, snapshot, ...(change && { change }) }) as const,
  );
  return { total: page.total, rows };
}

export function edgePage(page: Page<EdgeRow>, snapshot: number): RowPage<HeapRow> {
  return {
    total: page.total,
    rows: page.rows.map((object) => ({ kind: 'edge', object, snapshot }) as const),
  };
}

/** What an object points to. */
export async function loadFields(
  { ordinal }: ObjectRow,
  snapshot: number,
  sorting: Sorting | null,
  offset: number,
  limit: number,
  signal: AbortSignal,
): Promise<RowPage<HeapRow>> {
  const sorted = sorting === null ? {} : objectSorting(sorting);
  const request = { snapshot, object: ordinal, offset, limit, ...sorted };
  return edgePage(await client.get('children', request, { signal }), snapshot);
}

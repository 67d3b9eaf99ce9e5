import type { SortOrder } from '../api/index.js';
import type { Parameters } from '../http/parameters.js';

export interface PageWanted {
  readonly offset: number;
  readonly limit: number;
}

export interface SortWanted<Column extends string> {
  readonly column: Column;
  readonly order: SortOrder;
}

const MAX_LIMIT = 1000;
const DEFAULT_LIMIT = 100;

export function readPage(parameters: Parameters): PageWanted {
  return {
    offset: parameters.optionalInteger('offset') ?? 0,
    limit: parameters.optionalInteger('limit', { min: 1, max: MAX_LIMIT }) ?? DEFAULT_LIMIT,
  };
}

/** What is read from small to large unless asked otherwise; figures are read from large to small. */
const ASCENDING: readonly string[] = ['name', 'text', 'id', 'distance', 'file', 'edgeName', 'edgeType'];
const ORDERS: readonly SortOrder[] = ['asc', 'desc'];

export function readSort<Column extends string>(
  parameters: Parameters,
  columns: readonly Column[],
  fallback: Column,
): SortWanted<Column> {
  const column = parameters.choice('sort', columns, fallback);
  const order = parameters.choice('order', ORDERS, ASCENDING.includes(column) ? 'asc' : 'desc');
  return { column, order };
}

/** The part of a list that a page shows. */
export function pageOf<Row>(rows: readonly Row[], { limit, offset }: PageWanted) {
  return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) };
}

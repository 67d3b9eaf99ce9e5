/**
 * Under this key, columns that are read from an index file when they are needed say how to read a part of one. Not
 * enumerable: a structured clone of such columns reads them whole and leaves the key out. The same in all copies of
 * the package.
 */
export const COLUMN_PAGES: unique symbol = Symbol.for('heapstream.columnPages');

/** Columns of which parts can be read. */
export interface ColumnPages {
  /** Reads what is missing of rows `[first, end)`, and returns the column in its full length. */
  load(column: string, first: number, end: number): unknown;
  /** `undefined` for what is no such column. */
  lengthOf(column: string): number | undefined;
}

interface PagedColumns {
  readonly [COLUMN_PAGES]?: ColumnPages;
}

/**
 * A column, of which rows `[first, end)` may be read and the others may not. Of a graph that was reopened from its
 * index file this reads the pages of these rows, where `columns[column]` reads the whole column: for questions about
 * single nodes and edges. Of a graph that was parsed it is the column.
 */
export function rowsOf<C extends object, K extends keyof C & string>(
  columns: C,
  column: K,
  first: number,
  end: number = first + 1,
): C[K] {
  const pages = (columns as PagedColumns)[COLUMN_PAGES];
  return pages === undefined ? columns[column] : (pages.load(column, first, end) as C[K]);
}

/** The number of rows of a column; reads nothing. */
export function rowCountOf<C extends object, K extends keyof C & string>(columns: C, column: K): number {
  const pages = (columns as PagedColumns)[COLUMN_PAGES];
  return pages?.lengthOf(column) ?? (columns[column] as ArrayLike<number>).length;
}

/** Scattered rows beyond this number are no longer asked for one by one. */
const FEW_ROWS = 2048;

/** The same for rows that lie apart; the whole column where they are many. */
export function scatteredRowsOf<C extends object, K extends keyof C & string>(
  columns: C,
  column: K,
  rows: ArrayLike<number>,
): C[K] {
  if (rows.length > FEW_ROWS || (columns as PagedColumns)[COLUMN_PAGES] === undefined) return columns[column];
  let found = rowsOf(columns, column, 0, 0);
  for (let i = 0; i < rows.length; i++) found = rowsOf(columns, column, rows[i]);
  return found;
}

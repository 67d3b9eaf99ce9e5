// biome-ignore-all lint/a11y/useSemanticElements: lines of a virtual table are placed freely, which rows of a <table> are not; roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus and names the active line, as a treegrid may
import type { JSX } from 'preact';
import type { Sorting } from '../state/place.js';
import type { Column } from './column.js';

export interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting | null;
  onSort?(sorting: Sorting): void;
}

/** The titles of a table's columns; those that sort are buttons. */
export function TableHead<Row>({ columns, sorting, onSort }: TableHeadProps<Row>): JSX.Element {
  return (
    <div class="table-head" role="rowgroup">
      <div class="table-row" role="row" aria-rowindex={1}>
        {columns.map((column) => {
          const isSorted = sorting?.column === column.name;
          const direction = sorting?.descending ? 'descending' : 'ascending';
          const align = column.isNumber ? 'cell head number' : 'cell head';
          if (!column.isSortable || onSort === undefined) {
            return (
              <div key={column.name} class={align} role="columnheader" title={column.hint}>
                <span class="head-title">{column.title}</span>
              </div>
            );
          }
          const sort = (): void => {
            const descending = isSorted ? !sorting.descending : column.isNumber === true;
            onSort({ column: column.name, descending });
          };
          return (
            <div
              key={column.name}
              class={align}
              role="columnheader"
              aria-sort={isSorted ? direction : 'none'}
              title={column.hint}
            >
              <button type="button" class="head-title" onClick={sort}>
                {column.title}
                <span class="sort-mark" aria-hidden="true">
                  {isSorted ? (sorting.descending ? '▼' : '▲') : ''}
                </span>
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

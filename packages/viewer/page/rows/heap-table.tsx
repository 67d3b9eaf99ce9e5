import type { JSX } from 'preact';
import { Message } from '../controls/messages.js';
import { goTo } from '../state/navigation.js';
import type { Sorting } from '../state/place.js';
import type { Column } from '../table/column.js';
import type { TableModel } from '../table/table-model.js';
import { TreeTable } from '../table/tree-table.js';
import type { HeapRow } from './heap-row.js';
import { isSelectedRow, selectRow } from './selection.js';

interface HeapTableProps<Totals> {
  readonly model: TableModel<HeapRow, Totals>;
  readonly label: string;
  readonly columns: readonly Column<HeapRow>[];
  /** `undefined`: the list has its own order. */
  readonly sorting?: Sorting | null;
  /** What it says without a row. */
  readonly empty: string;
}

/** The table of a view: its order and the selected object are in the address. */
export function HeapTable<Totals>({ empty, sorting, ...table }: HeapTableProps<Totals>): JSX.Element {
  return (
    <TreeTable
      {...table}
      {...(sorting !== undefined && { sorting, onSort: (chosen: Sorting) => goTo({ sorting: chosen }) })}
      isSelected={isSelectedRow}
      onSelect={selectRow}
      empty={<Message>{empty}</Message>}
    />
  );
}

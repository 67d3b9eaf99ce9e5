import type { JSX } from 'preact';
import type { ObjectPage } from '../../src/api/index.js';
import { LeastFields } from '../controls/least-fields.js';
import { Message } from '../controls/messages.js';
import { TypeChoice } from '../controls/type-choice.js';
import { ViewHead } from '../controls/view-head.js';
import { formatPlural } from '../format/numbers.js';
import { figureColumns, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow, objectOfRow } from '../rows/heap-row.js';
import { HeapTable } from '../rows/heap-table.js';
import { loadFields, objectPage, objectSorting } from '../rows/object-pages.js';
import { client } from '../server/client.js';
import type { ViewProps } from '../shell/view-components.js';
import { filterProblem, filterRequest } from '../state/filter-text.js';
import { here } from '../state/navigation.js';
import type { Place, Sorting } from '../state/place.js';
import type { RowSource } from '../table/row-tree.js';
import { useTable } from '../table/use-table.js';

const BY_RETAINED_SIZE: Sorting = { column: 'retainedSize', descending: true };

/** Objects whose names have a text, match an expression, or the one of an id. */
export function SearchView(props: ViewProps): JSX.Element {
  const { filter } = here();
  const problem = filterProblem(filter);
  return (
    <>
      {filter === '' || problem !== null ? (
        <>
          <ViewHead />
          <Message>{problem ?? 'Type into the field at the top what objects are called.'}</Message>
        </>
      ) : (
        <Found {...props} />
      )}
    </>
  );
}

function Found({ snapshot, facts }: ViewProps): JSX.Element {
  const place = here();
  const { filter, type, minSize } = place;
  const sorting = place.sorting ?? BY_RETAINED_SIZE;
  const key = JSON.stringify(['search', snapshot, sorting, filter, type, minSize]);
  const model = useTable<HeapRow, ObjectPage>(key, (onTotals) =>
    searchSource(snapshot, place, sorting, onTotals),
  );
  const totals = model.totals.value;
  return (
    <>
      <ViewHead facts={totals !== null && formatPlural(totals.total, 'object')}>
        <TypeChoice facts={facts} />
        <LeastFields />
      </ViewHead>
      <HeapTable
        model={model}
        label="Objects found"
        columns={[nameColumn('Object'), ...figureColumns(facts.totalSize)]}
        sorting={sorting}
        empty={`No object is called “${filter}”.`}
      />
    </>
  );
}

function searchSource(
  snapshot: number,
  { filter, type, minSize }: Place,
  sorting: Sorting,
  onTotals: (page: ObjectPage) => void,
): RowSource<HeapRow> {
  const { filter: query = '', mode } = filterRequest(filter);
  return {
    keyOf: keyOfRow,
    canExpand: (row) => (objectOfRow(row)?.edgeCount ?? 0) > 0,
    async load(parent, offset, limit, signal) {
      if (parent !== null) return loadFields(objectOfRow(parent)!, snapshot, sorting, offset, limit, signal);
      const conditions = {
        ...(mode && { mode }),
        ...(type !== '' && { type }),
        ...(minSize > 0 && { minSize }),
      };
      const request = { snapshot, query, offset, limit, ...conditions, ...objectSorting(sorting) };
      const page = await client.get('search', request, { signal });
      onTotals(page);
      return objectPage(page, snapshot);
    },
  };
}

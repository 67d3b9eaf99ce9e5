import type { JSX } from 'preact';
import type { DuplicateStringsPage, ObjectPage } from '../../src/api/index.js';
import { Segments } from '../controls/choice.js';
import { FilterField } from '../controls/filter-field.js';
import { ViewHead } from '../controls/view-head.js';
import { formatPlural, formatSize } from '../format/numbers.js';
import { countColumn, exactTooltip, figureColumns, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow } from '../rows/heap-row.js';
import { HeapTable } from '../rows/heap-table.js';
import { objectPage, objectSorting } from '../rows/object-pages.js';
import { SizeBar } from '../rows/size-bar.js';
import { client } from '../server/client.js';
import type { ViewProps } from '../shell/view-components.js';
import { filterRequest } from '../state/filter-text.js';
import { goTo, here } from '../state/navigation.js';
import type { Sorting } from '../state/place.js';
import type { Column } from '../table/column.js';
import type { RowSource } from '../table/row-tree.js';
import { useTable } from '../table/use-table.js';

const BY_WASTE: Sorting = { column: 'wastedSize', descending: true };
const BY_RETAINED_SIZE: Sorting = { column: 'retainedSize', descending: true };
const LARGEST = 'largest';

/** Texts that are held more than once, and the largest strings. */
export function StringsView(props: ViewProps): JSX.Element {
  return here().form === LARGEST ? <LargestStrings {...props} /> : <DuplicateStrings {...props} />;
}

function Forms(): JSX.Element {
  return (
    <Segments
      label="Form"
      value={here().form}
      options={[
        ['', 'Duplicates'],
        [LARGEST, 'Largest'],
      ]}
      onChoose={(form) => goTo({ form, sorting: null })}
    />
  );
}

function DuplicateStrings({ snapshot, facts }: ViewProps): JSX.Element {
  const place = here();
  const { filter } = place;
  const sorting = place.sorting ?? BY_WASTE;
  const key = JSON.stringify(['duplicates', snapshot, sorting, filter]);
  const model = useTable<HeapRow, DuplicateStringsPage>(key, (onTotals) =>
    duplicatesSource(snapshot, sorting, filter, onTotals),
  );
  const totals = model.totals.value;
  const [, shallow, retained] = figureColumns(facts.totalSize);
  return (
    <>
      <ViewHead
        facts={
          totals !== null &&
          `${formatPlural(totals.total, 'text')} in ${formatPlural(totals.count, 'string')} · ${formatSize(totals.wastedSize)} could be saved`
        }
      >
        <Forms />
        <FilterField label="Filter texts" />
      </ViewHead>
      <HeapTable
        model={model}
        label="Duplicate strings"
        columns={[
          { ...nameColumn('Text'), name: 'text' },
          countColumn((row) => (row.kind === 'strings' ? row.group.count : null)),
          wasteColumn(facts.totalSize),
          shallow,
          retained,
        ]}
        sorting={sorting}
        empty={filter === '' ? 'No text is held twice.' : 'No duplicate text passes this filter.'}
      />
    </>
  );
}

function wasteColumn(whole: number): Column<HeapRow> {
  return {
    name: 'wastedSize',
    title: 'Could be saved',
    hint: 'Bytes saved if only the largest string of each text were kept',
    width: '10.5rem',
    isNumber: true,
    isSortable: true,
    cell: (row) =>
      row.kind === 'strings' ? <SizeBar size={row.group.wastedSize} whole={whole} kind="retained" /> : '',
    tooltip: (row) => (row.kind === 'strings' ? exactTooltip(row.group.wastedSize) : undefined),
  };
}

function duplicatesSource(
  snapshot: number,
  { column, descending }: Sorting,
  filter: string,
  onTotals: (page: DuplicateStringsPage) => void,
): RowSource<HeapRow> {
  const order = descending ? 'desc' : 'asc';
  return {
    keyOf: keyOfRow,
    canExpand: (row) => row.kind === 'strings',
    async load(parent, offset, limit, signal) {
      if (parent?.kind === 'strings') {
        const request = { snapshot, group: parent.group.group, offset, limit };
        return objectPage(await client.get('duplicate-string-objects', request, { signal }), snapshot);
      }
      const sort = column as 'text' | 'count' | 'shallowSize' | 'retainedSize' | 'wastedSize';
      const request = { snapshot, offset, limit, sort, order, ...filterRequest(filter) } as const;
      const page = await client.get('duplicate-strings', request, { signal });
      onTotals(page);
      return { total: page.total, rows: page.rows.map((group) => ({ kind: 'strings', group })) };
    },
  };
}

function LargestStrings({ snapshot, facts }: ViewProps): JSX.Element {
  const place = here();
  const { filter } = place;
  const sorting = place.sorting ?? BY_RETAINED_SIZE;
  const key = JSON.stringify(['largest-strings', snapshot, sorting, filter]);
  const model = useTable<HeapRow, ObjectPage>(key, (onTotals) => ({
    keyOf: keyOfRow,
    canExpand: () => false,
    async load(_parent, offset, limit, signal) {
      const request = { snapshot, offset, limit, ...objectSorting(sorting), ...filterRequest(filter) };
      const page = await client.get('largest-strings', request, { signal });
      onTotals(page);
      return objectPage(page, snapshot);
    },
  }));
  const totals = model.totals.value;
  return (
    <>
      <ViewHead facts={totals !== null && formatPlural(totals.total, 'string')}>
        <Forms />
        <FilterField label="Filter texts" />
      </ViewHead>
      <HeapTable
        model={model}
        label="Largest strings"
        columns={[nameColumn('Text'), ...figureColumns(facts.totalSize)]}
        sorting={sorting}
        empty="No string passes this filter."
      />
    </>
  );
}

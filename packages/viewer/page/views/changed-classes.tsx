import type { ComponentChild, ComponentChildren, JSX } from 'preact';
import type { ComparisonColumn, ComparisonPage, ComparisonRow } from '../../src/api/index.js';
import { ViewHead } from '../controls/view-head.js';
import { formatCount, formatDelta, formatSize } from '../format/numbers.js';
import { exactTooltip, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow, objectOfRow } from '../rows/heap-row.js';
import { HeapTable } from '../rows/heap-table.js';
import { loadFields, objectPage } from '../rows/object-pages.js';
import { Change } from '../rows/size-bar.js';
import { client } from '../server/client.js';
import { filterRequest } from '../state/filter-text.js';
import { here } from '../state/navigation.js';
import type { Sorting } from '../state/place.js';
import type { Column } from '../table/column.js';
import type { RowSource } from '../table/row-tree.js';
import { useTable } from '../table/use-table.js';

export interface ComparisonProps {
  readonly base: number;
  readonly current: number;
  readonly totalSize: number;
  /** Controls of the view. */
  readonly head: ComponentChildren;
}

const BY_SIZE_DELTA: Sorting = { column: 'sizeDelta', descending: true };

/** Classes with their new and deleted objects. */
export function ChangedClasses({ base, current, head }: ComparisonProps): JSX.Element {
  const place = here();
  const sorting = place.sorting ?? BY_SIZE_DELTA;
  const { filter } = place;
  const key = JSON.stringify(['comparison', base, current, sorting, filter]);
  const model = useTable<HeapRow, ComparisonPage>(key, (onTotals) =>
    comparisonSource(base, current, sorting, filter, onTotals),
  );
  const page = model.totals.value;
  return (
    <>
      <ViewHead facts={page !== null && <Totals page={page} />}>{head}</ViewHead>
      <HeapTable
        model={model}
        label="Classes that changed"
        columns={[{ ...nameColumn('Class') }, ...CHANGE_COLUMNS]}
        sorting={sorting}
        empty={filter === '' ? 'Nothing changed.' : 'No class that changed passes this filter.'}
      />
    </>
  );
}

function Totals({ page }: { readonly page: ComparisonPage }): JSX.Element {
  const { base, current, delta } = page.totals;
  return (
    <span title={page.explanation}>
      {formatSize(base)} → {formatSize(current)} (
      <span class={delta > 0 ? 'grew' : 'shrank'}>{formatDelta(delta, formatSize)}</span>) · matched by{' '}
      {page.matchedBy}
    </span>
  );
}

function changeColumn(
  name: ComparisonColumn,
  title: string,
  hint: string,
  width: string,
  cell: (row: ComparisonRow) => ComponentChild,
): Column<HeapRow> {
  return {
    name,
    title,
    hint,
    width,
    isNumber: true,
    isSortable: true,
    cell: (row) => (row.kind === 'comparison' ? cell(row.row) : ''),
  };
}

const COUNT = (value: number | null): string => (value === null ? '–' : formatCount(value));
const SIZE = (value: number | null): string => (value === null ? '–' : formatSize(value));

const CHANGE_COLUMNS: readonly Column<HeapRow>[] = [
  {
    ...changeColumn('addedCount', '# New', 'Objects only in the later snapshot', '5.5rem', (row) =>
      COUNT(row.addedCount),
    ),
    cell: (row) => countCell(row, 'added'),
  },
  {
    ...changeColumn('removedCount', '# Deleted', 'Objects only in the base', '6.5rem', (row) =>
      COUNT(row.removedCount),
    ),
    cell: (row) => countCell(row, 'removed'),
  },
  changeColumn('countDelta', '# Delta', 'New objects less deleted ones', '6rem', ({ countDelta }) => (
    <Change value={countDelta} format={formatCount} />
  )),
  {
    ...changeColumn('addedSize', 'Alloc. size', 'Bytes of the new objects', '6.5rem', (row) =>
      SIZE(row.addedSize),
    ),
    cell: (row) => sizeCell(row, 'added'),
  },
  {
    ...changeColumn('removedSize', 'Freed size', 'Bytes of the deleted objects', '6.5rem', (row) =>
      SIZE(row.removedSize),
    ),
    cell: (row) => sizeCell(row, 'removed'),
  },
  changeColumn('sizeDelta', 'Size delta', 'Bytes allocated less bytes freed', '6.5rem', ({ sizeDelta }) => (
    <Change value={sizeDelta} format={formatSize} />
  )),
  {
    ...changeColumn(
      'retainedDelta',
      'Retained delta',
      'Change of what the class retains; of one object, what it retains',
      '8rem',
      ({ retainedDelta }) => <Change value={retainedDelta} format={formatSize} />,
    ),
    cell: (row) => {
      if (row.kind === 'comparison') return <Change value={row.row.retainedDelta} format={formatSize} />;
      const object = objectOfRow(row);
      return object === null ? '' : <span class="quiet">{formatSize(object.retainedSize)}</span>;
    },
    tooltip: (row) =>
      exactTooltip(row.kind === 'comparison' ? row.row.retainedDelta : objectOfRow(row)?.retainedSize),
  },
];

function countCell(row: HeapRow, change: 'added' | 'removed'): string {
  if (row.kind !== 'comparison' && row.kind !== 'change') return '';
  if (row.kind === 'change' && row.change !== change) return '';
  return COUNT(change === 'added' ? row.row.addedCount : row.row.removedCount);
}

function sizeCell(row: HeapRow, change: 'added' | 'removed'): string {
  if (row.kind === 'object') return row.change === change ? formatSize(row.object.shallowSize) : '';
  if (row.kind !== 'comparison' && row.kind !== 'change') return '';
  if (row.kind === 'change' && row.change !== change) return '';
  return SIZE(change === 'added' ? row.row.addedSize : row.row.removedSize);
}

function comparisonSource(
  base: number,
  current: number,
  { column, descending }: Sorting,
  filter: string,
  onTotals: (page: ComparisonPage) => void,
): RowSource<HeapRow> {
  return {
    keyOf: keyOfRow,
    canExpand: canExpandChange,
    async load(parent, offset, limit, signal) {
      if (parent === null) {
        const sort = column as ComparisonColumn;
        const order = descending ? 'desc' : 'asc';
        const request = { base, current, offset, limit, sort, order, ...filterRequest(filter) } as const;
        const page = await client.get('comparison', request, { signal });
        onTotals(page);
        return { total: page.total, rows: page.rows.map((row) => ({ kind: 'comparison', row })) };
      }
      if (parent.kind === 'comparison') {
        const rows = CHANGES.filter((change) => countOf(parent.row, change) > 0).map(
          (change) => ({ kind: 'change', row: parent.row, change }) as const,
        );
        return { total: rows.length, rows };
      }
      if (parent.kind === 'change') {
        const { change, row } = parent;
        const request = { base, current, row: row.row, change, offset, limit };
        const page = await client.get('comparison-objects', request, { signal });
        return objectPage(page, change === 'added' ? current : base, change);
      }
      const snapshot = parent.kind === 'object' || parent.kind === 'edge' ? parent.snapshot : current;
      return loadFields(objectOfRow(parent)!, snapshot, null, offset, limit, signal);
    },
  };
}

const CHANGES = ['added', 'removed'] as const;

function countOf(row: ComparisonRow, change: 'added' | 'removed'): number {
  return (change === 'added' ? row.addedCount : row.removedCount) ?? 0;
}

function canExpandChange(row: HeapRow): boolean {
  if (row.kind === 'comparison') return CHANGES.some((change) => countOf(row.row, change) > 0);
  return row.kind === 'change' || (objectOfRow(row)?.edgeCount ?? 0) > 0;
}

import type { ComponentChild, JSX } from 'preact';
import type { AllocationColumn } from '../../src/api/index.js';
import { FilterField } from '../controls/filter-field.js';
import { formatCount, formatSize } from '../format/numbers.js';
import { exactTooltip, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow, objectOfRow } from '../rows/heap-row.js';
import { HeapTable } from '../rows/heap-table.js';
import { objectPage } from '../rows/object-pages.js';
import { SizeBar } from '../rows/size-bar.js';
import { client } from '../server/client.js';
import type { ViewProps } from '../shell/view-components.js';
import { filterRequest } from '../state/filter-text.js';
import { here } from '../state/navigation.js';
import type { Sorting } from '../state/place.js';
import type { Column } from '../table/column.js';
import { useTable } from '../table/use-table.js';

const BY_LIVE_SIZE: Sorting = { column: 'liveSize', descending: true };

/** Functions that allocated, and what of it is still alive. */
export function AllocationSites({ snapshot, facts }: ViewProps): JSX.Element {
  const { filter, sorting: wanted } = here();
  const sorting = wanted ?? BY_LIVE_SIZE;
  const model = useTable<HeapRow>(JSON.stringify(['sites', snapshot, sorting, filter]), () => ({
    keyOf: keyOfRow,
    canExpand: (row) => row.kind === 'site' && row.site.liveCount > 0,
    async load(parent, offset, limit, signal) {
      if (parent?.kind === 'site') {
        const request = { snapshot, site: parent.site.site, offset, limit };
        return objectPage(await client.get('allocation-objects', request, { signal }), snapshot);
      }
      const sort = sorting.column as AllocationColumn;
      const order = sorting.descending ? 'desc' : 'asc';
      const request = { snapshot, offset, limit, sort, order, ...filterRequest(filter) } as const;
      const page = await client.get('allocation-sites', request, { signal });
      return { total: page.total, rows: page.rows.map((site) => ({ kind: 'site', site })) };
    },
  }));
  return (
    <>
      <div class="sub-head">
        <FilterField label="Filter functions" />
      </div>
      <HeapTable
        model={model}
        label="Functions that allocated"
        columns={[nameColumn('Function'), ...allocationColumns(facts.totalSize, true)]}
        sorting={sorting}
        empty="No function passes this filter."
      />
    </>
  );
}

/** Who called whom on the way to an allocation; figures are of a place and all that it called. */
export function AllocationTree({ snapshot, facts }: ViewProps): JSX.Element {
  const model = useTable<HeapRow>(JSON.stringify(['calls', snapshot]), () => ({
    keyOf: keyOfRow,
    canExpand: (row) => row.kind === 'call' && row.call.childCount > 0,
    async load(parent, offset, limit, signal) {
      const node = parent?.kind === 'call' ? { node: parent.call.node } : {};
      const page = await client.get('allocation-tree', { snapshot, offset, limit, ...node }, { signal });
      return { total: page.total, rows: page.rows.map((call) => ({ kind: 'call', call })) };
    },
  }));
  return (
    <HeapTable
      model={model}
      label="Call tree of allocations"
      columns={[nameColumn('Function', { isSortable: false }), ...allocationColumns(facts.totalSize, false)]}
      empty="No stacks were recorded."
    />
  );
}

function allocationColumns(whole: number, isSortable: boolean): Column<HeapRow>[] {
  const size = (
    name: 'liveSize' | 'allocationSize',
    title: string,
    hint: string,
    cell: (bytes: number) => ComponentChild,
  ): Column<HeapRow> => ({
    name,
    title,
    hint,
    width: '10.5rem',
    isNumber: true,
    isSortable,
    cell: (row) => {
      const bytes = figureOf(row, name);
      return bytes === null ? '' : cell(bytes);
    },
    tooltip: (row) => exactTooltip(figureOf(row, name)),
  });
  const count = (name: 'liveCount' | 'allocationCount', title: string, hint: string): Column<HeapRow> => ({
    name,
    title,
    hint,
    width: '7rem',
    isNumber: true,
    isSortable,
    cell: (row) => {
      const value = figureOf(row, name);
      return value === null ? '' : formatCount(value);
    },
  });
  return [
    count('liveCount', 'Live count', 'Objects that are still in the heap'),
    size('liveSize', 'Live size', 'Bytes that are still in the heap', (bytes) => (
      <SizeBar size={bytes} whole={whole} kind="retained" />
    )),
    count('allocationCount', 'Count', 'All objects allocated while recording'),
    // of all that was allocated the heap is no measure
    size('allocationSize', 'Size', 'All bytes allocated while recording', formatSize),
  ];
}

function figureOf(
  row: HeapRow,
  name: 'liveCount' | 'liveSize' | 'allocationCount' | 'allocationSize',
): number | null {
  if (row.kind === 'site') return row.site[name];
  if (row.kind === 'call') return row.call[name];
  const object = objectOfRow(row);
  return name === 'liveSize' && object !== null ? object.shallowSize : null;
}

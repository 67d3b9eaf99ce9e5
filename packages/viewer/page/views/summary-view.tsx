import type { JSX } from 'preact';
import type { ClassPage, ClassRow, RetainedBy } from '../../src/api/index.js';
import { Choice } from '../controls/choice.js';
import { FilterField } from '../controls/filter-field.js';
import { LeastFields } from '../controls/least-fields.js';
import { TypeChoice } from '../controls/type-choice.js';
import { ViewHead } from '../controls/view-head.js';
import { formatPlural, formatSize } from '../format/numbers.js';
import { countColumn, figureColumns, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow, objectOfRow } from '../rows/heap-row.js';
import { HeapTable } from '../rows/heap-table.js';
import { loadFields, objectPage, objectSorting } from '../rows/object-pages.js';
import { selectedObject } from '../rows/selection.js';
import { client } from '../server/client.js';
import type { ViewProps } from '../shell/view-components.js';
import { filterRequest } from '../state/filter-text.js';
import { goTo, here } from '../state/navigation.js';
import type { Place, Sorting } from '../state/place.js';
import type { RowSource } from '../table/row-tree.js';
import { useReveal } from '../table/use-reveal.js';
import { useTable } from '../table/use-table.js';

const BY_RETAINED_SIZE: Sorting = { column: 'retainedSize', descending: true };

const HOLDERS: readonly (readonly [RetainedBy | '', string])[] = [
  ['', 'anything'],
  ['contexts', 'closures only'],
  ['detached-dom', 'detached DOM only'],
  ['event-handlers', 'event handlers only'],
  ['console', 'the console only'],
];

/** Classes, their objects, and what these point to. */
export function SummaryView({ snapshot, facts }: ViewProps): JSX.Element {
  const place = here();
  const sorting = place.sorting ?? BY_RETAINED_SIZE;
  const { filter, type, heldBy, minSize, minCount, fromId, toId } = place;
  const conditions = [filter, type, heldBy, minSize, minCount, fromId, toId];
  const key = JSON.stringify(['summary', snapshot, sorting, conditions]);
  const model = useTable<HeapRow, ClassPage>(key, (onTotals) =>
    summarySource(snapshot, place, sorting, onTotals),
  );
  const totals = model.totals.value;
  useReveal(model, place.class !== null, () => positionsOf(snapshot, place, sorting), { class: null });
  return (
    <>
      <ViewHead
        facts={
          totals !== null && (
            <span title={formatPlural(totals.count, 'object')}>
              {`${formatPlural(totals.total, 'class', 'classes')} · ${formatSize(totals.shallowSize)}`}
            </span>
          )
        }
      >
        <FilterField label="Filter classes" />
        <TypeChoice facts={facts} />
        <Choice
          label="Held by"
          value={heldBy}
          options={HOLDERS}
          onChoose={(chosen) => goTo({ heldBy: chosen })}
        />
        <LeastFields hasCount />
        {fromId !== null && <IntervalChip />}
      </ViewHead>
      <HeapTable
        model={model}
        label="Classes and their objects"
        columns={[
          nameColumn('Class'),
          countColumn((row) => (row.kind === 'class' ? row.class.count : null)),
          ...figureColumns(facts.totalSize),
        ]}
        sorting={sorting}
        empty="No class passes these filters."
      />
    </>
  );
}

function IntervalChip(): JSX.Element {
  return (
    <button
      type="button"
      class="chip"
      title="Show all objects again"
      onClick={() => goTo({ fromId: null, toId: null })}
    >
      Allocated in the interval chosen ✕
    </button>
  );
}

function summarySource(
  snapshot: number,
  place: Place,
  sorting: Sorting,
  onTotals: (page: ClassPage) => void,
): RowSource<HeapRow> {
  const conditions = conditionsOf(place);
  return {
    keyOf: keyOfRow,
    canExpand: (row) => row.kind === 'class' || (objectOfRow(row)?.edgeCount ?? 0) > 0,
    async load(parent, offset, limit, signal) {
      if (parent === null) {
        const page = await loadClasses(snapshot, place, sorting, offset, limit, signal);
        onTotals(page);
        return { total: page.total, rows: page.rows.map((row) => ({ kind: 'class', class: row, snapshot })) };
      }
      if (parent.kind === 'class') {
        const request = { snapshot, class: parent.class.ordinal, offset, limit, ...conditions };
        return objectPage(
          await client.get('objects', { ...request, ...objectSorting(sorting) }, { signal }),
          snapshot,
        );
      }
      return loadFields(objectOfRow(parent)!, snapshot, sorting, offset, limit, signal);
    },
  };
}

function loadClasses(
  snapshot: number,
  place: Place,
  sorting: Sorting,
  offset: number,
  limit: number,
  signal?: AbortSignal,
): Promise<ClassPage> {
  const sort = sorting.column as keyof ClassRow &
    ('name' | 'count' | 'distance' | 'shallowSize' | 'retainedSize');
  const order = sorting.descending ? 'desc' : 'asc';
  const request = {
    snapshot,
    offset,
    limit,
    sort,
    order,
    ...conditionsOf(place),
    ...(place.minCount > 0 && { minCount: place.minCount }),
    ...filterRequest(place.filter),
  } as const;
  return client.get('classes', request, { signal });
}

/** What objects must be, in classes and in their lists alike. */
function conditionsOf({ type, heldBy, minSize, fromId, toId }: Place): {
  type?: string;
  retainedBy?: RetainedBy;
  minSize?: number;
  fromId?: number;
  toId?: number;
} {
  return {
    ...(type !== '' && { type }),
    ...(heldBy !== '' && { retainedBy: heldBy as RetainedBy }),
    ...(minSize > 0 && { minSize }),
    ...(fromId !== null && { fromId }),
    ...(toId !== null && { toId }),
  };
}

const FIND_AT_ONCE = 1000;

/** Where the class that the address names stands, and the selected object in it. */
async function positionsOf(snapshot: number, place: Place, sorting: Sorting): Promise<number[] | null> {
  if (place.class === null) return null;
  const position = await positionOfClass(snapshot, place, sorting, place.class);
  if (position === null) return null;
  const object = await positionOfObject(snapshot, place, sorting, place.class);
  return [position, object ?? 0];
}

async function positionOfClass(
  snapshot: number,
  place: Place,
  sorting: Sorting,
  wanted: number,
): Promise<number | null> {
  for (let offset = 0; ; offset += FIND_AT_ONCE) {
    const { rows, total } = await loadClasses(snapshot, place, sorting, offset, FIND_AT_ONCE);
    const found = rows.findIndex(({ ordinal }) => ordinal === wanted);
    if (found >= 0) return offset + found;
    if (offset + FIND_AT_ONCE >= total) return null;
  }
}

/** In its class; `null` where it is not of it. */
async function positionOfObject(
  snapshot: number,
  place: Place,
  sorting: Sorting,
  wanted: number,
): Promise<number | null> {
  const selected = selectedObject();
  if (selected === null) return null;
  const { position } = await client.get('objects', {
    snapshot,
    class: wanted,
    find: selected.object,
    limit: 1,
    ...conditionsOf(place),
    ...objectSorting(sorting),
  });
  return position ?? null;
}

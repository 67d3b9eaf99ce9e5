import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TrendColumn, TrendPage, TrendRow } from '../../src/api/index.js';
import { LineChart } from '../charts/line-chart.js';
import { Sparkline } from '../charts/sparkline.js';
import { Segments } from '../controls/choice.js';
import { FilterField } from '../controls/filter-field.js';
import { Message } from '../controls/messages.js';
import { SnapshotChoice } from '../controls/snapshot-choice.js';
import { ViewHead } from '../controls/view-head.js';
import { shortFileName } from '../format/file-name.js';
import { formatCount, formatPlural, formatSize } from '../format/numbers.js';
import { visibleText } from '../format/text-parts.js';
import { nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow } from '../rows/heap-row.js';
import { Change } from '../rows/size-bar.js';
import { client } from '../server/client.js';
import { filterRequest } from '../state/filter-text.js';
import { addressOf, goTo, here } from '../state/navigation.js';
import type { Sorting } from '../state/place.js';
import { chosenSnapshots, readySnapshots, viewerState } from '../state/snapshots.js';
import type { Column } from '../table/column.js';
import type { RowSource } from '../table/row-tree.js';
import { TreeTable } from '../table/tree-table.js';
import { useTable } from '../table/use-table.js';

/** What the lines show. */
const MEASURES = {
  '': { title: 'Shallow size', column: 'shallowDelta', valuesOf: (row: TrendRow) => row.shallowSizes },
  retained: {
    title: 'Retained size',
    column: 'retainedDelta',
    valuesOf: (row: TrendRow) => row.retainedSizes,
  },
  count: { title: 'Count', column: 'countDelta', valuesOf: (row: TrendRow) => row.counts },
} as const;
type MeasureName = keyof typeof MEASURES;

const LINES = 6;

/** How classes grow from snapshot to snapshot. */
export function TrendView(): JSX.Element {
  const chosen = chosenSnapshots();
  if (chosen.length >= 2) return <Trend snapshots={chosen.join()} />;
  const isChoice = readySnapshots().length >= 2;
  return (
    <>
      <ViewHead>{isChoice && <SnapshotChoice />}</ViewHead>
      <Message>
        {isChoice
          ? 'A trend takes two snapshots or more: choose them above.'
          : 'A trend takes two snapshots or more, opened together: heapstream view a.heapsnapshot b.heapsnapshot c.heapsnapshot'}
      </Message>
    </>
  );
}

function Trend({ snapshots }: { readonly snapshots: string }): JSX.Element {
  const place = here();
  const { filter } = place;
  const form: MeasureName = place.form in MEASURES ? (place.form as MeasureName) : '';
  const sorting = place.sorting ?? { column: MEASURES[form].column, descending: true };
  const [chosen, choose] = useState<TrendRow | null>(null);
  // rows of other snapshots are others
  useEffect(() => choose(null), [snapshots]);
  const key = JSON.stringify(['trend', snapshots, sorting, filter]);
  const model = useTable<HeapRow, TrendPage>(key, (onTotals) =>
    trendSource(snapshots, sorting, filter, onTotals),
  );
  const page = model.totals.value;
  return (
    <>
      <ViewHead
        facts={
          page !== null && (
            <span
              title={page.explanation}
            >{`${formatPlural(page.total, 'class', 'classes')} · matched by ${page.matchedBy}`}</span>
          )
        }
      >
        <SnapshotChoice />
        <Segments
          label="Measure"
          value={form}
          options={(Object.keys(MEASURES) as MeasureName[]).map((name) => [name, MEASURES[name].title])}
          onChoose={(name) => goTo({ form: name, sorting: null })}
        />
        <FilterField label="Filter classes" />
      </ViewHead>
      {page !== null && <Charts page={page} form={form} chosen={chosen} />}
      <TreeTable
        model={model}
        label="Classes over the snapshots"
        columns={columnsOf(form, (page?.snapshots.length ?? 0) > 2)}
        sorting={sorting}
        onSort={(next) => goTo({ sorting: next })}
        isSelected={(row) => row.kind === 'trend' && row.row.row === chosen?.row}
        onSelect={(row) => row.kind === 'trend' && choose(row.row)}
        empty={<Message>{filter === '' ? 'No class changed.' : 'No class passes this filter.'}</Message>}
      />
    </>
  );
}

interface ChartsProps {
  readonly page: TrendPage;
  readonly form: MeasureName;
  readonly chosen: TrendRow | null;
}

/** The whole heap, and the first classes of the table with the one chosen in it. */
function Charts({ page, form, chosen }: ChartsProps): JSX.Element {
  const labels = page.snapshots.map((number) =>
    shortFileName(viewerState.value?.snapshots[number]?.name ?? String(number)),
  );
  const first = page.rows.slice(0, LINES);
  const shown = chosen === null || first.some(({ row }) => row === chosen.row) ? first : [...first, chosen];
  const { title, valuesOf } = MEASURES[form];
  return (
    <div class="trend-charts">
      <section aria-label="Total size">
        <h2 class="chart-title">Total size</h2>
        <LineChart
          label="Total size over the snapshots"
          labels={labels}
          series={[{ name: 'Total', hue: 0, values: page.totalSizes, isStrong: true }]}
          format={formatSize}
        />
      </section>
      <section aria-label={`${title} by class`}>
        <h2 class="chart-title">{title} by class</h2>
        <LineChart
          label={`${title} of classes over the snapshots`}
          labels={labels}
          series={shown.map((row, i) => ({
            name: visibleText(row.name),
            hue: i + 1,
            values: valuesOf(row),
            isStrong: row.row === chosen?.row,
          }))}
          format={form === 'count' ? formatCount : formatSize}
        />
      </section>
      <ul class="legend" aria-label="Lines">
        {shown.map((row, i) => (
          <li key={row.row}>
            <span class={`swatch hue-${i + 1}`} aria-hidden="true" />
            <a href={addressOf('summary', { filter: row.name })} title="Show in the Summary">
              {visibleText(row.name)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function columnsOf(form: MeasureName, isLong: boolean): Column<HeapRow>[] {
  const figure = (
    name: TrendColumn,
    title: string,
    hint: string,
    cell: (row: TrendRow) => JSX.Element | string,
  ): Column<HeapRow> => ({
    name,
    title,
    hint,
    width: '6.6rem',
    isNumber: true,
    isSortable: true,
    cell: (row) => (row.kind === 'trend' ? cell(row.row) : ''),
  });
  const change = (value: number | null, format: (value: number) => string) => (
    <Change value={value} format={format} />
  );
  // two snapshots have nothing between them
  const kept = figure(
    'keptCount',
    'Kept',
    'Objects allocated between the first snapshot and the last but one that are still there',
    ({ keptCount }) => (keptCount === null ? '–' : formatCount(keptCount)),
  );
  return [
    { ...nameColumn('Class'), width: 'minmax(min(13rem, 24vw), 1fr)' },
    {
      name: 'line',
      title: 'Course',
      hint: `${MEASURES[form].title} from the first snapshot to the last`,
      width: '6rem',
      cell: (row) => (row.kind === 'trend' ? <Sparkline values={MEASURES[form].valuesOf(row.row)} /> : ''),
    },
    figure('countDelta', 'Count delta', 'Objects, from the first snapshot to the last', (row) =>
      change(row.countDelta, formatCount),
    ),
    figure('shallowDelta', 'Size delta', 'Bytes, from the first snapshot to the last', (row) =>
      change(row.shallowDelta, formatSize),
    ),
    figure('retainedDelta', 'Retained delta', 'Retained bytes, from the first snapshot to the last', (row) =>
      change(row.retainedDelta, formatSize),
    ),
    ...(isLong ? [kept] : []),
    figure('count', 'Count', 'Objects in the last snapshot', ({ counts }) => formatCount(counts.at(-1)!)),
    figure('shallowSize', 'Shallow size', 'In the last snapshot', ({ shallowSizes }) =>
      formatSize(shallowSizes.at(-1)!),
    ),
  ];
}

function trendSource(
  snapshots: string,
  { column, descending }: Sorting,
  filter: string,
  onTotals: (page: TrendPage) => void,
): RowSource<HeapRow> {
  return {
    keyOf: keyOfRow,
    canExpand: () => false,
    async load(_parent, offset, limit, signal) {
      const sort = column as TrendColumn;
      const order = descending ? 'desc' : 'asc';
      const request = { snapshots, offset, limit, sort, order, ...filterRequest(filter) } as const;
      const page = await client.get('trend', request, { signal });
      if (offset === 0) onTotals(page);
      return { total: page.total, rows: page.rows.map((row) => ({ kind: 'trend', row })) };
    },
  };
}

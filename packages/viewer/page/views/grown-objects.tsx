import type { JSX } from 'preact';
import type { GrownPage, GrownRow } from '../../src/api/index.js';
import { ViewHead } from '../controls/view-head.js';
import { formatPlural, formatSize } from '../format/numbers.js';
import { exactTooltip, figureColumns, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow, objectOfRow } from '../rows/heap-row.js';
import { HeapTable } from '../rows/heap-table.js';
import { loadFields } from '../rows/object-pages.js';
import { Change } from '../rows/size-bar.js';
import { client } from '../server/client.js';
import type { Column } from '../table/column.js';
import { useTable } from '../table/use-table.js';
import type { ComparisonProps } from './changed-classes.js';

/** Objects of both snapshots that grew: the container that leaks first. */
export function GrownObjects({ base, current, totalSize, head }: ComparisonProps): JSX.Element {
  const model = useTable<HeapRow, GrownPage>(JSON.stringify(['grown', base, current]), (onTotals) => ({
    keyOf: keyOfRow,
    canExpand: (row) => (objectOfRow(row)?.edgeCount ?? 0) > 0,
    async load(parent, offset, limit, signal) {
      if (parent !== null) return loadFields(objectOfRow(parent)!, current, null, offset, limit, signal);
      const page = await client.get('grown', { base, current, offset, limit }, { signal });
      onTotals(page);
      return {
        total: page.total,
        rows: page.rows.map((object) => ({ kind: 'object', object, snapshot: current })),
      };
    },
  }));
  const page = model.totals.value;
  const [, , retained] = figureColumns(totalSize, false);
  return (
    <>
      <ViewHead facts={page !== null && `${formatPlural(page.grownCount, 'object')} grew`}>{head}</ViewHead>
      <HeapTable
        model={model}
        label="Objects that grew"
        columns={[nameColumn('Object', { isSortable: false }), ...GROWTH_COLUMNS, retained]}
        empty="No object of both snapshots grew."
      />
    </>
  );
}

function growthColumn(
  name: keyof GrownRow & ('shallowDelta' | 'retainedDelta' | 'directDelta'),
  title: string,
  hint: string,
): Column<HeapRow> {
  const growthOf = (row: HeapRow): number | null => {
    const object = objectOfRow(row);
    return object !== null && name in object ? (object as GrownRow)[name] : null;
  };
  return {
    name,
    title,
    hint,
    width: '8rem',
    isNumber: true,
    cell: (row) => {
      const value = growthOf(row);
      return value === null ? '' : <Change value={value} format={formatSize} />;
    },
    tooltip: (row) => exactTooltip(growthOf(row)),
  };
}

const GROWTH_COLUMNS: readonly Column<HeapRow>[] = [
  growthColumn('directDelta', 'Of it direct', 'Retained delta without that of grown objects right below it'),
  growthColumn('retainedDelta', 'Retained delta', 'By how much more it retains'),
  growthColumn('shallowDelta', 'Size delta', 'By how much it grew itself'),
];

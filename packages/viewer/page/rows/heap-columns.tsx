import { formatCount, formatDistance, formatExactSize } from '../format/numbers.js';
import type { Column } from '../table/column.js';
import { type HeapRow, objectOfRow } from './heap-row.js';
import { RowName, rowTooltip } from './row-name.js';
import { SizeBar } from './size-bar.js';

/** The column of the tree: what a line is about. */
export function nameColumn(
  title: string,
  { direction = 'to', isSortable = true }: { direction?: 'to' | 'from'; isSortable?: boolean } = {},
): Column<HeapRow> {
  return {
    name: 'name',
    title,
    width: 'minmax(min(18rem, 24vw), 1fr)',
    isSortable,
    cell: (row) => <RowName row={row} direction={direction} />,
    tooltip: rowTooltip,
  };
}

/** Distance, shallow and retained size of classes, objects and duplicate strings. `whole`: bytes of a full bar. */
export function figureColumns(whole: number, isSortable = true): Column<HeapRow>[] {
  return [
    {
      name: 'distance',
      title: 'Distance',
      hint: 'Edges from the nearest root of the program',
      width: '5.5rem',
      isNumber: true,
      isSortable,
      cell: (row) => {
        const figures = figuresOf(row);
        return figures?.distance === undefined ? '' : formatDistance(figures.distance);
      },
    },
    {
      name: 'shallowSize',
      title: 'Shallow size',
      hint: 'Bytes of the objects themselves',
      width: '10.5rem',
      isNumber: true,
      isSortable,
      cell: (row) => {
        const figures = figuresOf(row);
        return figures === null ? '' : <SizeBar size={figures.shallowSize} whole={whole} kind="shallow" />;
      },
      tooltip: (row) => exactTooltip(figuresOf(row)?.shallowSize),
    },
    {
      name: 'retainedSize',
      title: 'Retained size',
      hint: 'Bytes that would be freed with them',
      width: '10.5rem',
      isNumber: true,
      isSortable,
      cell: (row) => {
        const figures = figuresOf(row);
        return figures === null ? '' : <SizeBar size={figures.retainedSize} whole={whole} kind="retained" />;
      },
      tooltip: (row) => exactTooltip(figuresOf(row)?.retainedSize),
    },
  ];
}

/** How many objects a line stands for. */
export function countColumn(countOf: (row: HeapRow) => number | null): Column<HeapRow> {
  return {
    name: 'count',
    title: 'Count',
    hint: 'Objects that take memory',
    width: '6.5rem',
    isNumber: true,
    isSortable: true,
    cell: (row) => {
      const count = countOf(row);
      return count === null ? '' : formatCount(count);
    },
  };
}

interface Figures {
  readonly distance?: number | null;
  readonly shallowSize: number;
  readonly retainedSize: number;
}

function figuresOf(row: HeapRow): Figures | null {
  if (row.kind === 'class') return row.class;
  if (row.kind === 'strings') return row.group;
  return objectOfRow(row);
}

export function exactTooltip(bytes: number | null | undefined): string | undefined {
  return bytes == null ? undefined : formatExactSize(bytes);
}

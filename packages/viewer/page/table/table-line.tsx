// biome-ignore-all lint/a11y/useSemanticElements: lines of a virtual table are placed freely, which rows of a <table> are not; roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus and names the active line, as a treegrid may
import type { JSX } from 'preact';
import type { Column } from './column.js';
import type { Line } from './row-tree.js';

/** What of a line was clicked. */
export type LinePart = 'line' | 'twisty' | 'name';

export interface TableLineProps<Row> {
  readonly id: string;
  readonly line: Line<Row>;
  readonly number: number;
  /** CSS pixels from the upper edge of the view. */
  readonly top: number;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  readonly isSelected: boolean;
  onPress(number: number, part: LinePart): void;
  onRetry(): void;
}

/** One line of a table: a row, or that it is on its way, or why it did not come. */
export function TableLine<Row>(props: TableLineProps<Row>): JSX.Element {
  const { id, line, number, columns } = props;
  const { row } = line;
  const classes = ['table-row', 'line'];
  if (props.isActive) classes.push('is-active');
  if (props.isSelected) classes.push('is-selected');
  const press = (event: MouseEvent): void => props.onPress(number, partOf(event.target));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table has the keys, of all lines
    <div
      id={id}
      class={classes.join(' ')}
      role="row"
      tabIndex={-1}
      aria-rowindex={number + 2}
      aria-level={line.level}
      aria-posinset={line.position + 1}
      aria-setsize={line.siblings}
      aria-expanded={line.canExpand ? line.isExpanded : undefined}
      aria-selected={props.isSelected}
      style={{ transform: `translateY(${props.top}px)`, '--level': String(line.level - 1) }}
      onClick={press}
      onDblClick={({ target }) =>
        line.canExpand && partOf(target) === 'line' && props.onPress(number, 'twisty')
      }
    >
      {row === null ? (
        <MissingCells line={line} count={columns.length} onRetry={props.onRetry} />
      ) : (
        columns.map((column, i) => (
          <div key={column.name} class={cellClass(column, i)} role="gridcell" title={column.tooltip?.(row)}>
            {i === 0 && <span class={twistyClass(line)} aria-hidden="true" />}
            {column.cell(row)}
          </div>
        ))
      )}
    </div>
  );
}

function partOf(target: EventTarget | null): LinePart {
  if (!(target instanceof Element)) return 'line';
  if (target.closest('.twisty.can-expand') !== null) return 'twisty';
  return target.closest('.object-name .name') === null ? 'line' : 'name';
}

function cellClass<Row>(column: Column<Row>, position: number): string {
  if (position === 0) return 'cell tree-cell';
  return column.isNumber ? 'cell number' : 'cell';
}

function twistyClass<Row>(line: Line<Row>): string {
  if (!line.canExpand) return 'twisty';
  return line.isExpanded ? 'twisty can-expand is-open' : 'twisty can-expand';
}

interface MissingCellsProps<Row> {
  readonly line: Line<Row>;
  readonly count: number;
  onRetry(): void;
}

function MissingCells<Row>({ line, count, onRetry }: MissingCellsProps<Row>): JSX.Element {
  return (
    <div class="cell tree-cell missing" role="gridcell" aria-colspan={count}>
      {line.error === null ? (
        <span class="placeholder">…</span>
      ) : (
        <span class="failure">
          {line.error.message}{' '}
          <button type="button" class="link" onClick={onRetry}>
            Try again
          </button>
        </span>
      )}
    </div>
  );
}

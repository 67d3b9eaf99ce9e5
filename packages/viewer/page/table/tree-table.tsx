// biome-ignore-all lint/a11y/useSemanticElements: lines of a virtual table are placed freely, which rows of a <table> are not; roles say what they are
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import type { Sorting } from '../state/place.js';
import type { Column } from './column.js';
import type { Line } from './row-tree.js';
import { TableHead } from './table-head.js';
import { type LinePart, TableLine } from './table-line.js';
import type { TableModel } from './table-model.js';
import { pressKey } from './tree-keys.js';

export interface TreeTableProps<Row> {
  readonly model: TableModel<Row>;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** `null`: nothing can be sorted. */
  readonly sorting?: Sorting | null;
  readonly empty: ComponentChildren;
  onSort?(sorting: Sorting): void;
  isSelected?(row: Row): boolean;
  /** A line was clicked, or keys moved to it. */
  onSelect?(row: Row, how: 'click' | 'keys'): void;
  /** Enter, or a click on the name of an object. Without it these select. */
  onOpen?(row: Row): void;
}

/** A table of millions of lines, of which those in view are in the document. */
export function TreeTable<Row>(props: TreeTableProps<Row>): JSX.Element {
  const { model, label, columns } = props;
  const { tree, scroll } = model;
  const id = useId();
  const view = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const redraw = useRedraw();
  useEffect(() => {
    tree.onChange = redraw;
    redraw();
    return () => {
      tree.onChange = () => {};
    };
  }, [tree, redraw]);
  useViewSize(view, redraw);

  const headHeight = body.current?.offsetTop ?? 0;
  const height = Math.max(0, (view.current?.clientHeight ?? 0) - headHeight);
  scroll.resize(tree.lineCount, height, model.active);
  useLayoutEffect(() => {
    const element = view.current!;
    if (Math.abs(element.scrollTop - scroll.scrollTop) >= 1) element.scrollTop = scroll.scrollTop;
  });

  const { first, end, shift } = scroll.window;
  const lines: Line<Row>[] = [];
  for (let number = first; number < end; number++) lines.push(tree.lineAt(number)!);
  const active = model.active;
  const isActiveInView = active >= first && active < end;

  const select = (number: number, how: 'click' | 'keys'): void => {
    const row = tree.lineAt(number)?.row;
    if (row != null) props.onSelect?.(row, how);
  };
  const open = (number: number): void => {
    const row = tree.lineAt(number)?.row;
    if (row == null) return;
    if (props.onOpen === undefined) props.onSelect?.(row, 'click');
    else props.onOpen(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== view.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const effect = pressKey(model, event.key);
    if (effect === 'none') return;
    event.preventDefault();
    if (effect === 'moved') select(model.active, 'keys');
    if (effect === 'opened') open(model.active);
    redraw();
  };
  const onPress = (number: number, part: LinePart): void => {
    model.activate(number);
    if (part === 'twisty') tree.toggle(number);
    else if (part === 'name') open(number);
    else select(number, 'click');
    redraw();
  };

  const isEmpty = tree.total === 0;
  return (
    <div
      ref={view}
      class={props.onOpen === undefined ? 'table' : 'table has-links'}
      role="treegrid"
      aria-label={label}
      aria-rowcount={tree.lineCount + 1}
      aria-colcount={columns.length}
      aria-busy={tree.total === null}
      aria-activedescendant={isActiveInView && !isEmpty ? `${id}-${active}` : undefined}
      tabIndex={0}
      style={{ '--columns': columns.map(({ width }) => width).join(' ') }}
      onScroll={(event) => {
        scroll.scrolled(event.currentTarget.scrollTop);
        redraw();
      }}
      onKeyDown={onKeyDown}
    >
      <TableHead columns={columns} sorting={props.sorting ?? null} onSort={props.onSort} />
      <div ref={body} class="table-body" role="rowgroup" style={{ height: `${scroll.height}px` }}>
        <div class="table-window" role="presentation">
          {lines.map((line, i) => (
            <TableLine
              key={first + i}
              id={`${id}-${first + i}`}
              line={line}
              number={first + i}
              top={shift + i * 24}
              columns={columns}
              isActive={first + i === active}
              isSelected={line.row !== null && (props.isSelected?.(line.row) ?? false)}
              onPress={onPress}
              onRetry={() => tree.retry()}
            />
          ))}
        </div>
      </div>
      {isEmpty && <div class="table-empty">{props.empty}</div>}
    </div>
  );
}

/** Draws once a frame, however often it is called. */
function useRedraw(): () => void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const asked = useRef(0);
  useEffect(() => () => cancelAnimationFrame(asked.current), []);
  return useRef(() => {
    if (asked.current !== 0) return;
    asked.current = requestAnimationFrame(() => {
      asked.current = 0;
      draw(undefined);
    });
  }).current;
}

function useViewSize(view: { readonly current: HTMLElement | null }, redraw: () => void): void {
  useLayoutEffect(() => {
    const observer = new ResizeObserver(redraw);
    observer.observe(view.current!);
    return () => observer.disconnect();
  }, [view, redraw]);
}

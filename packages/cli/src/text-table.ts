import { styleText } from 'node:util';
import { type OutputStream, terminalWidth } from './cli-io.js';
import { safeText } from './safe-text.js';

export interface TableColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** Which end goes where the terminal is too narrow; a column without it always keeps its width. */
  readonly cut?: 'start' | 'end';
}

const GAP = 2;
/** Columns that a cell may take at most, also where there is no terminal; whole names are in the JSON. */
const MAX_CELL_WIDTH = 120;
const MIN_CELL_WIDTH = 8;
/** Rows rendered at a time, so that long tables are written while they are made. */
const ROWS_PER_CHUNK = 100;

const NO_BORDER = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/**
 * The text of a table without borders, in chunks of whole lines, no wider than the terminal that `stream` may be.
 * Cells may hold anything: they are made safe to print here.
 */
export async function* tableText(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  stream: OutputStream,
): AsyncGenerator<string> {
  const [{ default: Table }, { default: stringWidth }, { fitText }] = await Promise.all([
    import('cli-table3'),
    import('string-width'),
    import('./fit-text.js'),
  ]);

  const headings = columns.map(({ heading }) => heading);
  const cells = rows.map((row) => row.map((cell, i) => safeText(shorten(cell, columns[i].cut))));
  const contentWidths = headings.map((heading, i) =>
    Math.min(
      MAX_CELL_WIDTH,
      cells.reduce((widest, row) => Math.max(widest, stringWidth(row[i])), heading.length),
    ),
  );
  const widths = shareWidth(columns, contentWidths, stream.isTTY ? terminalWidth(stream) : Infinity);

  const render = (lines: readonly (readonly string[])[]) => {
    const table = new Table({
      chars: NO_BORDER,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
      colAligns: columns.map(({ align }) => align),
      colWidths: widths.map((width) => width + GAP),
    });
    for (const line of lines) {
      table.push(line.map((cell, i) => fitText(cell, widths[i], columns[i].cut ?? 'end')));
    }
    return table
      .toString()
      .split('\n')
      .map((line) => `${line.trimEnd()}\n`)
      .join('');
  };

  yield `${styleText('bold', render([headings]).trimEnd(), { stream })}\n`;
  for (let start = 0; start < cells.length; start += ROWS_PER_CHUNK) {
    yield render(cells.slice(start, start + ROWS_PER_CHUNK));
  }
}

/** Keeps hostile names of megabytes out of what looks at every character; far above what is shown in the end. */
function shorten(text: string, cut: TableColumn['cut']): string {
  const length = MAX_CELL_WIDTH * 4;
  return cut === 'start' ? text.slice(-length) : text.slice(0, length);
}

/** Takes what is missing from the columns that may be cut, the widest first, so that they end up evenly wide. */
function shareWidth(
  columns: readonly TableColumn[],
  contentWidths: readonly number[],
  total: number,
): number[] {
  const widths = [...contentWidths];
  const cuttable = columns.flatMap(({ cut }, i) => (cut === undefined ? [] : [i]));
  let excess = widths.reduce((sum, width) => sum + width + GAP, -GAP) - total;
  while (excess > 0) {
    const widest = cuttable.reduce((best, i) => (widths[i] > widths[best] ? i : best), cuttable[0]);
    if (widest === undefined || widths[widest] <= MIN_CELL_WIDTH) break;
    widths[widest]--;
    excess--;
  }
  return widths;
}

import { setImmediate } from 'node:timers/promises';
import { OperationAbortedError } from '@heapstream/core';
import type { Cell, ExportTable } from './export-tables.js';
import { jsonString } from './json-output.js';

export type ExportFormat = 'csv' | 'ndjson';

/** Characters that a chunk has at least, but for the last one. */
const CHUNK_LENGTH = 1 << 16;
/** Rows between two looks at the event loop, so that Ctrl-C is heard. */
const ROWS_PER_TURN = 20_000;

/** The text of a table in chunks; throws an `OperationAbortedError` when the signal fires. */
export async function* exportText(
  table: ExportTable,
  format: ExportFormat,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const lineOf = format === 'csv' ? csvLine : ndjsonLine(table.columns);
  let text = format === 'csv' ? csvLine(table.columns) : '';
  for (let row = 0; row < table.rowCount; row++) {
    text += lineOf(table.cellsOf(row));
    if (text.length >= CHUNK_LENGTH) {
      yield text;
      text = '';
    }
    if (row % ROWS_PER_TURN === 0) {
      await setImmediate();
      if (signal.aborted) throw new OperationAbortedError('the export', { cause: signal.reason });
    }
  }
  if (text !== '') yield text;
}

/** One JSON object and a newline. */
function ndjsonLine(columns: readonly string[]): (cells: readonly Cell[]) => string {
  const keys = columns.map((name, i) => `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  return (cells) => {
    let line = '';
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i];
      line += keys[i] + (typeof cell === 'string' ? jsonString(cell) : String(cell));
    }
    return `${line}}\n`;
  };
}

const NEEDS_QUOTES = /[",\r\n]/;

/** RFC 4180, but for the newline; null is empty. */
function csvLine(cells: readonly Cell[]): string {
  let line = '';
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? '';
    if (i > 0) line += ',';
    line += typeof cell === 'string' && NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  return `${line}\n`;
}

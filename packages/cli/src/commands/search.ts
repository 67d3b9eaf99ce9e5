import type { HeapAnalysis } from '@heapstream/dominators';
import type { Command } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import { addRowOptions, afterRows, type ListOptions, type RowSelection, rowLimit } from '../list-options.js';
import { createNumberFormat, type NumberFormat } from '../number-format.js';
import { isId, objectOfId } from '../object-argument.js';
import { OBJECT_COLUMNS, objectCells, objectDocument } from '../object-output.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { type TableColumn, tableText } from '../text-table.js';
import { WrongUsageError } from '../wrong-usage-error.js';

interface SearchResult {
  readonly file: string;
  readonly query: string;
  readonly analysis: HeapAnalysis;
  readonly total: number;
  readonly objects: RowSelection<number>;
}

export function addSearchCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('search')
    .description('objects by name, the largest retained size first')
    .argument('<file>', SNAPSHOT_ARGUMENT)
    .argument('<text>', 'part of the name, in any case; or /a regular expression/; or @ and an id');
  addRowOptions(command).action(async (file: string, query: string) => {
    const options = command.optsWithGlobals<GlobalOptions & ListOptions>();
    const search = parseQuery(query);
    const analysis = await readAnalysis(file, options, io);
    const { searchNodes } = await import('@heapstream/dominators');
    const limit = rowLimit(options);
    const page = isId(query)
      ? { total: 1, ordinals: [objectOfId(analysis, query)] }
      : searchNodes(analysis, search, { limit });
    const rows = [...page.ordinals];
    const objects = { rows, leftOut: page.total - rows.length };
    const result: SearchResult = { file, query, analysis, total: page.total, objects };
    if (options.json) return writeJson(io.stdout, searchDocument(result));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, searchText(result, options, format, io));
  });
}

/** `/…/flags` as an expression, anything else as text. */
function parseQuery(text: string): string | RegExp {
  const match = /^\/(.+)\/([a-z]*)$/s.exec(text);
  if (match === null) return text;
  try {
    return new RegExp(match[1], match[2]);
  } catch (error) {
    throw new WrongUsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A published contract: names, nesting and order stay. */
function searchDocument({ file, query, analysis, total, objects }: SearchResult): object {
  return {
    file,
    query,
    total,
    objects: objects.rows.map((ordinal) => objectDocument(analysis, ordinal)),
  };
}

const [NAME_COLUMN, ...OTHER_COLUMNS] = OBJECT_COLUMNS;
const COLUMNS: readonly TableColumn[] = [
  NAME_COLUMN,
  { heading: 'Class', align: 'left', cut: 'end' },
  ...OTHER_COLUMNS,
];

async function* searchText(
  { file, query, analysis, total, objects }: SearchResult,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const found = total === 1 ? '1 object' : `${format.count(total)} objects`;
  yield `${safeText(file)}: ${found} for ${safeText(query)}\n`;
  if (total === 0) return;
  yield '\n';
  const cells = objects.rows.map((ordinal) => {
    const [name, ...others] = objectCells(analysis, ordinal, format);
    return [name, analysis.graph.node(ordinal).className, ...others];
  });
  yield* tableText(COLUMNS, cells, io.stdout);
  yield afterRows(objects, options, format);
}

import type { DuplicateStrings, HeapAnalysis } from '@heapstream/dominators';
import type { Command } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import {
  addListOptions,
  afterRows,
  type ListOptions,
  type RowSelection,
  selectRows,
} from '../list-options.js';
import { createNumberFormat, type NumberFormat } from '../number-format.js';
import { OBJECT_COLUMNS, objectCells, objectDocument } from '../object-output.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { type TableColumn, tableText } from '../text-table.js';

interface StringReport {
  readonly file: string;
  readonly analysis: HeapAnalysis;
  readonly wastedSize: number;
  readonly duplicates: RowSelection<DuplicateStrings>;
  readonly largest: RowSelection<number>;
}

/** Rows of each list unless --top asks for others, in JSON too: a heap may hold millions of strings. */
const DEFAULT_TOP = 20;
/** UTF-16 units of a string that a line shows at most. */
const MAX_TEXT = 200;

export function addStringsCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('strings')
    .description('strings that the heap holds several times, and the largest ones')
    .argument('<file>', SNAPSHOT_ARGUMENT);
  addListOptions(command, { filters: 'text', top: DEFAULT_TOP }).action(async (file: string) => {
    const options = { top: DEFAULT_TOP, ...command.optsWithGlobals<GlobalOptions & ListOptions>() };
    const analysis = await readAnalysis(file, options, io);
    const { findDuplicateStrings, largestStrings } = await import('@heapstream/dominators');
    const groups = findDuplicateStrings(analysis);
    const strings = largestStrings(analysis, options.filter === undefined ? { limit: options.top } : {});
    const largest = selectRows(
      [...strings.ordinals],
      options,
      (ordinal) => analysis.graph.node(ordinal).name,
    );
    const report: StringReport = {
      file,
      analysis,
      wastedSize: groups.reduce((sum, group) => sum + group.wastedSize, 0),
      duplicates: selectRows(groups, options, ({ text }) => text),
      largest:
        options.filter === undefined ? { ...largest, leftOut: strings.total - largest.rows.length } : largest,
    };
    if (options.json) return writeJson(io.stdout, stringsDocument(report));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, stringsText(report, options, format, io));
  });
}

/** A published contract: names, nesting and order stay. */
function stringsDocument({ file, analysis, wastedSize, duplicates, largest }: StringReport): object {
  return {
    file,
    wastedSize,
    duplicates: duplicates.rows.map(
      ({ text, count, shallowSize, retainedSize, wastedSize: wasted, fullLength }) => ({
        text,
        count,
        shallowSize,
        retainedSize,
        wastedSize: wasted,
        fullLength,
      }),
    ),
    largest: largest.rows.map((ordinal) => objectDocument(analysis, ordinal)),
  };
}

const DUPLICATE_COLUMNS: readonly TableColumn[] = [
  { heading: 'Duplicate', align: 'left', cut: 'end' },
  { heading: 'Count', align: 'right' },
  { heading: 'Shallow size', align: 'right' },
  { heading: 'Wasted', align: 'right' },
];
const [, ...OTHER_COLUMNS] = OBJECT_COLUMNS;
const LARGEST_COLUMNS: readonly TableColumn[] = [
  { heading: 'Largest', align: 'left', cut: 'end' },
  ...OTHER_COLUMNS,
];

async function* stringsText(
  { file, analysis, wastedSize, duplicates, largest }: StringReport,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  yield `${safeText(file)}: strings take ${format.size(analysis.statistics.v8heap.strings)}, `;
  yield `${format.size(wastedSize)} of it for copies of the same text\n\n`;
  const cells = duplicates.rows.map(({ text, count, shallowSize, wastedSize: wasted }) => [
    `"${text.slice(0, MAX_TEXT)}"`,
    format.count(count),
    format.size(shallowSize),
    format.size(wasted),
  ]);
  yield* tableText(DUPLICATE_COLUMNS, cells, io.stdout);
  yield afterRows(duplicates, options, format);
  yield '\n';
  const largestCells = largest.rows.map((ordinal) => objectCells(analysis, ordinal, format));
  yield* tableText(LARGEST_COLUMNS, largestCells, io.stdout);
  yield afterRows(largest, options, format);
}

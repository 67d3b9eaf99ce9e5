import type { Histogram } from '@heapstream/core';
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
import { createNumberFormat, formatShare, type NumberFormat } from '../number-format.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readSnapshot, SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { type TableColumn, tableText } from '../text-table.js';
import { WrongUsageError } from '../wrong-usage-error.js';

type HistogramRow = Histogram['rows'][number];

export function addHistogramCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('histogram')
    .description('counts and self sizes per node type and name, in one pass that keeps no graph')
    .argument('<file>', SNAPSHOT_ARGUMENT);
  addListOptions(command, { filters: 'type or name' }).action(async (file: string) => {
    const options = command.optsWithGlobals<GlobalOptions & ListOptions>();
    if (options.index) throw new WrongUsageError('histogram keeps no graph: it cannot use --index');
    const { readHistogram } = await import('@heapstream/core');
    const histogram = await readSnapshot(readHistogram, file, options, io);
    const selection = selectRows(histogram.rows, options, ({ type, name }) => `${type}\n${name}`);
    if (options.json) return writeJson(io.stdout, histogramDocument(file, histogram, selection));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, histogramText(file, histogram, selection, options, format, io));
  });
}

/** A published contract: names, nesting and order stay. */
function histogramDocument(file: string, histogram: Histogram, { rows }: RowSelection<HistogramRow>): object {
  return {
    file,
    nodeCount: histogram.nodeCount,
    totalSelfSize: histogram.totalSelfSize,
    rows: rows.map(({ type, name, count, selfSize }) => ({ type, name, count, selfSize })),
  };
}

const COLUMNS: readonly TableColumn[] = [
  { heading: 'Type', align: 'left', cut: 'end' },
  { heading: 'Name', align: 'left', cut: 'end' },
  { heading: 'Count', align: 'right' },
  { heading: 'Self size', align: 'right' },
  { heading: 'Share', align: 'right' },
];

async function* histogramText(
  file: string,
  { nodeCount, totalSelfSize }: Histogram,
  selection: RowSelection<HistogramRow>,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  yield `${safeText(file)}: ${format.count(nodeCount)} nodes, total self size ${format.size(totalSelfSize)}\n\n`;
  const cells = selection.rows.map(({ type, name, count, selfSize }) => [
    type,
    name,
    format.count(count),
    format.size(selfSize),
    formatShare(selfSize, totalSelfSize),
  ]);
  yield* tableText(COLUMNS, cells, io.stdout);
  yield afterRows(selection, options, format);
}

import { formatLocation, type HeapStatistics } from '@heapstream/core';
import type { ClassFigures, HeapSummary } from '@heapstream/dominators';
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
import { distanceText, locationDocument } from '../object-output.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readFileSummary } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { type TableColumn, tableText } from '../text-table.js';

/** What `summary` found, in the form that both outputs are made from. */
interface SnapshotSummary {
  readonly file: string;
  readonly heap: HeapSummary;
  readonly classes: RowSelection<ClassFigures>;
  readonly locationText: (row: ClassFigures) => string;
}

export function addSummaryCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('summary')
    .description('what fills the heap: classes, the largest retained size first, and statistics')
    .argument('<file>', SNAPSHOT_ARGUMENT);
  addListOptions(command, { filters: 'class or location' }).action(async (file: string) => {
    const options = command.optsWithGlobals<GlobalOptions & ListOptions>();
    return printSummary(file, await readFileSummary(file, options, io), options, io);
  });
}

/** Prints a summary as text or JSON. `file`: what the snapshot is called. */
export async function printSummary(
  file: string,
  heap: HeapSummary,
  options: ListOptions,
  io: CliIo,
): Promise<void> {
  const locationText = ({ location }: ClassFigures) => (location === null ? '' : formatLocation(location));
  const filterText = (row: ClassFigures) => `${row.name}\n${locationText(row)}`;
  const summary: SnapshotSummary = {
    file,
    heap,
    classes: selectRows(heap.classes, options, filterText),
    locationText,
  };
  if (options.json) return writeJson(io.stdout, summaryDocument(summary), summary.classes.rows.length);
  const format = await createNumberFormat(options.bytes ?? false);
  return writeText(io.stdout, summaryText(summary, options, format, io));
}

/** A published contract: names, nesting and order stay. */
function summaryDocument({ file, heap, classes }: SnapshotSummary): object {
  const { edgeCount, nodeCount, statistics, stringCount, totalSize } = heap;
  const { total, native, v8heap } = statistics;
  return {
    file,
    nodeCount,
    edgeCount,
    stringCount,
    totalSize,
    statistics: {
      total,
      native: { total: native.total, typedArrays: native.typedArrays },
      v8heap: {
        total: v8heap.total,
        code: v8heap.code,
        jsArrays: v8heap.jsArrays,
        strings: v8heap.strings,
        system: v8heap.system,
      },
    },
    classes: classes.rows.map(classDocument),
  };
}

/** A class as all JSON shows it. A published contract. */
export function classDocument(row: ClassFigures): object {
  const { name, location, count, shallowSize, retainedSize, distance } = row;
  return { name, location: locationDocument(location), count, shallowSize, retainedSize, distance };
}

const CLASS_COLUMN: TableColumn = { heading: 'Class', align: 'left', cut: 'end' };
/** The end of a location is what tells: the file's name and the line. */
const LOCATION_COLUMN: TableColumn = { heading: 'Location', align: 'left', cut: 'start' };
const NUMBER_COLUMNS: readonly TableColumn[] = [
  { heading: 'Count', align: 'right' },
  { heading: 'Distance', align: 'right' },
  { heading: 'Shallow size', align: 'right' },
  { heading: 'Retained size', align: 'right' },
  { heading: 'Share', align: 'right' },
];

async function* summaryText(
  summary: SnapshotSummary,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const { file, heap, classes } = summary;
  const { edgeCount, nodeCount, statistics, stringCount, totalSize } = heap;
  const counts = [
    `${format.count(nodeCount)} nodes`,
    `${format.count(edgeCount)} edges`,
    `${format.count(stringCount)} strings`,
    `total size ${format.size(totalSize)}`,
  ];
  yield `${safeText(file)}: ${counts.join(', ')}\n\n`;

  const hasLocations = classes.rows.some(({ location }) => location !== null);
  const columns = [CLASS_COLUMN, ...(hasLocations ? [LOCATION_COLUMN] : []), ...NUMBER_COLUMNS];
  const rows = classes.rows.map((row) => [
    row.name,
    ...(hasLocations ? [summary.locationText(row)] : []),
    format.count(row.count),
    distanceText(row.distance, format),
    format.size(row.shallowSize),
    format.size(row.retainedSize),
    formatShare(row.retainedSize, totalSize),
  ]);
  yield* tableText(columns, rows, io.stdout);
  yield afterRows(classes, options, format);

  yield '\n';
  yield* tableText(STATISTICS_COLUMNS, statisticsRows(statistics, format), io.stdout);
}

const STATISTICS_COLUMNS: readonly TableColumn[] = [
  { heading: 'Statistics', align: 'left' },
  { heading: 'Size', align: 'right' },
  { heading: 'Share', align: 'right' },
];

function statisticsRows({ total, native, v8heap }: HeapStatistics, format: NumberFormat): string[][] {
  const entries: [label: string, size: number][] = [
    ['V8 heap', v8heap.total],
    ['  Code', v8heap.code],
    ['  Strings', v8heap.strings],
    ['  JS arrays', v8heap.jsArrays],
    ['  System', v8heap.system],
    ['Native', native.total],
    ['  Typed arrays', native.typedArrays],
    ['Total', total],
  ];
  return entries.map(([label, size]) => [label, format.size(size), formatShare(size, total)]);
}

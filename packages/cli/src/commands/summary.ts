import type { ClassSummary, HeapGraph, HeapStatistics } from '@heapstream/core';
import type { Command } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import { addListOptions, type ListOptions, type RowSelection, selectRows } from '../list-options.js';
import { createNumberFormat, formatShare, type NumberFormat } from '../number-format.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readSnapshot, SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { type TableColumn, tableText } from '../text-table.js';

/** What `summary` found, in the form that both outputs are made from. */
interface SnapshotSummary {
  readonly file: string;
  readonly graph: HeapGraph;
  readonly statistics: HeapStatistics;
  readonly classes: RowSelection<ClassSummary>;
  readonly locationText: (row: ClassSummary) => string;
}

export function addSummaryCommand(program: Command, io: CliIo): void {
  const command = program
    .command('summary')
    .description('what fills the heap: classes, largest first, and statistics')
    .argument('<file>', SNAPSHOT_ARGUMENT);
  addListOptions(command, { filters: 'class or location' }).action(async (file: string) => {
    const options = command.optsWithGlobals<GlobalOptions & ListOptions>();
    const { computeStatistics, formatLocation, openSnapshot, summarizeClasses } = await import(
      '@heapstream/core'
    );
    const graph = await readSnapshot(openSnapshot, file, options, io);

    const locationText = ({ location }: ClassSummary) => (location === null ? '' : formatLocation(location));
    const filterText = (row: ClassSummary) => `${row.name}\n${locationText(row)}`;
    const summary: SnapshotSummary = {
      file,
      graph,
      statistics: computeStatistics(graph),
      classes: selectRows(summarizeClasses(graph), options, filterText),
      locationText,
    };
    if (options.json) return writeJson(io.stdout, summaryDocument(summary));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, summaryText(summary, format, io));
  });
}

/** A published contract: names, nesting and order stay. */
function summaryDocument({ file, graph, statistics, classes }: SnapshotSummary): object {
  const { total, native, v8heap } = statistics;
  return {
    file,
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    stringCount: graph.strings.count,
    totalSize: total,
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
    classes: classes.rows.map(({ name, location, count, shallowSize }) => ({
      name,
      location: location && {
        scriptId: location.scriptId,
        scriptName: location.scriptName,
        line: location.line,
        column: location.column,
      },
      count,
      shallowSize,
      retainedSize: null,
      distance: null,
    })),
  };
}

const CLASS_COLUMN: TableColumn = { heading: 'Class', align: 'left', cut: 'end' };
/** The end of a location is what tells: the file's name and the line. */
const LOCATION_COLUMN: TableColumn = { heading: 'Location', align: 'left', cut: 'start' };
const NUMBER_COLUMNS: readonly TableColumn[] = [
  { heading: 'Count', align: 'right' },
  { heading: 'Shallow size', align: 'right' },
  { heading: 'Share', align: 'right' },
];

async function* summaryText(
  summary: SnapshotSummary,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const { file, graph, statistics, classes } = summary;
  const counts = [
    `${format.count(graph.nodeCount)} nodes`,
    `${format.count(graph.edgeCount)} edges`,
    `${format.count(graph.strings.count)} strings`,
    `total size ${format.size(statistics.total)}`,
  ];
  yield `${safeText(file)}: ${counts.join(', ')}\n\n`;

  const hasLocations = classes.rows.some(({ location }) => location !== null);
  const columns = [CLASS_COLUMN, ...(hasLocations ? [LOCATION_COLUMN] : []), ...NUMBER_COLUMNS];
  const rows = classes.rows.map((row) => [
    row.name,
    ...(hasLocations ? [summary.locationText(row)] : []),
    format.count(row.count),
    format.size(row.shallowSize),
    formatShare(row.shallowSize, statistics.total),
  ]);
  yield* tableText(columns, rows, io.stdout);
  if (classes.leftOut > 0) yield `… and ${format.count(classes.leftOut)} more (--top)\n`;

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

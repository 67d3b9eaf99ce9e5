import type { SnapshotTrend, TrendRow } from '@heapstream/diff';
import { type Command, Option } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import {
  addComparisonOptions,
  COMPARABLE_ARGUMENT,
  type ComparisonOptions,
  compareFiles,
} from '../comparison-input.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import {
  addListOptions,
  afterRows,
  type ListOptions,
  type RowSelection,
  selectRows,
} from '../list-options.js';
import { createNumberFormat, formatDelta, type NumberFormat } from '../number-format.js';
import { locationDocument } from '../object-output.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { type TableColumn, tableText } from '../text-table.js';
import { WrongUsageError } from '../wrong-usage-error.js';

interface TrendOptions extends GlobalOptions, ListOptions, ComparisonOptions {
  readonly sort: keyof typeof VALUE_BY_SORT;
  readonly growing?: boolean;
}

/** What `--sort` puts first. */
const VALUE_BY_SORT = {
  size: ({ shallowDelta }: TrendRow) => shallowDelta,
  count: ({ countDelta }: TrendRow) => countDelta,
  retained: ({ retainedDelta }: TrendRow) => retainedDelta ?? Number.NEGATIVE_INFINITY,
  kept: ({ keptSize }: TrendRow) => keptSize ?? 0,
};

export function addTrendCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('trend')
    .description('how classes grow over several snapshots, and what was allocated in between and stayed')
    .argument('<files...>', `two or more snapshots, the oldest first: each ${COMPARABLE_ARGUMENT}`)
    .addOption(
      new Option('--sort <figure>', 'which comes first: a delta from the first to the last, or what was kept')
        .choices(Object.keys(VALUE_BY_SORT))
        .default('size'),
    )
    .option('--growing', 'only classes whose count rises from each snapshot to the next');
  addComparisonOptions(addListOptions(command, { filters: 'class or location' })).action(
    async (files: readonly string[]) => {
      const options = command.optsWithGlobals<TrendOptions>();
      if (files.length < 2) throw new WrongUsageError('a trend needs two snapshots or more');
      const { compareMany, compareManySync } = await import('@heapstream/diff');
      const { result: trend } = await compareFiles(
        { compare: compareMany, compareHere: compareManySync },
        files,
        options,
        io,
      );
      const { formatLocation } = await import('@heapstream/core');
      const locationText = ({ location }: TrendRow) => (location === null ? '' : formatLocation(location));
      const deltaOf = VALUE_BY_SORT[options.sort];
      const isWanted = (row: TrendRow) =>
        options.growing ? row.growsSteadily.count : options.json || changes(row);
      const rows = selectRows(
        trend.rows.filter(isWanted).sort((a, b) => deltaOf(b) - deltaOf(a)),
        options,
        (row) => `${row.name}\n${locationText(row)}`,
      );
      if (options.json) return writeJson(io.stdout, trendDocument(files, trend, rows.rows));
      const format = await createNumberFormat(options.bytes ?? false);
      return writeText(io.stdout, trendText(files, trend, rows, locationText, options, format, io));
    },
  );
}

/** Whether a text table shows the class without being asked. */
function changes({ counts, shallowSizes }: TrendRow): boolean {
  return [counts, shallowSizes].some((values) => values.some((value) => value !== values[0]));
}

/** A published contract: names, nesting and order stay. */
function trendDocument(files: readonly string[], trend: SnapshotTrend, rows: readonly TrendRow[]): object {
  const { explanation, reason } = trend.matching;
  return {
    files,
    matchedBy: trend.matchedBy,
    matching: { reason, explanation },
    totalSizes: trend.totalSizes,
    classes: rows.map(({ key: _, location, name, ...figures }) => ({
      name,
      location: locationDocument(location),
      ...figures,
    })),
  };
}

const ARROW = ' → ';

async function* trendText(
  files: readonly string[],
  trend: SnapshotTrend,
  selection: RowSelection<TrendRow>,
  locationText: (row: TrendRow) => string,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  yield `${files.map(safeText).join(ARROW)}\n`;
  yield `total size ${trend.totalSizes.map(format.size).join(ARROW)}\n`;
  if (trend.matching.reason !== 'requested') {
    const { explanation } = trend.matching;
    yield trend.matchedBy === 'id' ? `${explanation}\n` : `matched by class: ${explanation}\n`;
  }
  yield '\n';

  const hasLocations = selection.rows.some(({ location }) => location !== null);
  const hasKept = selection.rows.some(({ keptCount }) => keptCount !== null);
  const columns: TableColumn[] = [
    { heading: 'Class', align: 'left', cut: 'end' },
    ...(hasLocations ? [{ heading: 'Location', align: 'left', cut: 'start' } as const] : []),
    { heading: 'Counts', align: 'right', cut: 'start' },
    ...['Size delta', 'Retained delta', ...(hasKept ? ['# Kept', 'Kept size'] : [])].map(
      (heading): TableColumn => ({ heading, align: 'right' }),
    ),
    { heading: 'Grows', align: 'left' },
  ];
  const cells = selection.rows.map((row) => [
    row.name,
    ...(hasLocations ? [locationText(row)] : []),
    row.counts.map(format.count).join(ARROW),
    formatDelta(row.shallowDelta, format.size),
    row.retainedDelta === null ? 'unknown' : formatDelta(row.retainedDelta, format.size),
    ...(hasKept ? [format.count(row.keptCount ?? 0), format.size(row.keptSize ?? 0)] : []),
    row.growsSteadily.count ? 'steadily' : '',
  ]);
  yield* tableText(columns, cells, io.stdout);
  yield afterRows(selection, options, format);
  if (hasKept)
    yield '\n# Kept: allocated after the first snapshot, up to the last but one, and still there\n';
}

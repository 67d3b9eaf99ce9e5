import type { ChangedObject, DiffRow, SnapshotDiff } from '@heapstream/diff';
import type { CliIo } from './cli-io.js';
import { afterRows, type ListOptions, type RowSelection } from './list-options.js';
import { formatDelta, type NumberFormat } from './number-format.js';
import { locationDocument } from './object-output.js';
import { safeText } from './safe-text.js';
import { type TableColumn, tableText } from './text-table.js';

/** What `diff` found, in the form that both outputs are made from. */
export interface DiffReport {
  readonly base: string;
  readonly current: string;
  readonly diff: SnapshotDiff;
  readonly classes: RowSelection<DiffRow>;
  readonly locationText: (row: DiffRow) => string;
  readonly lists: readonly ChangedList[];
}

/** The objects that `--new` or `--deleted` asked for. */
export interface ChangedList {
  readonly kind: 'new' | 'deleted';
  readonly className: string;
  readonly total: number;
  readonly objects: readonly ChangedObject[];
}

/** A published contract: names, nesting and order stay. */
export function diffDocument({ base, classes, current, diff, lists }: DiffReport): object {
  const { evidence, explanation, matchedBy, reason } = diff.matching;
  return {
    base,
    current,
    matchedBy,
    matching: {
      reason,
      explanation,
      comparedIds: evidence?.compared ?? null,
      changedIds: evidence?.changed ?? null,
    },
    classes: classes.rows.map((row) => ({
      name: row.name,
      location: locationDocument(row.location),
      addedCount: row.addedCount,
      removedCount: row.removedCount,
      countDelta: row.countDelta,
      addedSize: row.addedSize,
      removedSize: row.removedSize,
      sizeDelta: row.sizeDelta,
      survivorsSizeDelta: row.survivorsSizeDelta,
      retainedDelta: row.retainedDelta,
      base: row.base,
      current: row.current,
    })),
    totals: diff.totals,
    grownCount: diff.grownCount,
    grown: diff.grown,
    ...Object.fromEntries(
      lists.map(({ className, kind, objects, total }) => [kind, { class: className, total, objects }]),
    ),
  };
}

const NAME_COLUMNS: readonly TableColumn[] = [
  { heading: 'Class', align: 'left', cut: 'end' },
  { heading: 'Location', align: 'left', cut: 'start' },
];
const right = (heading: string): TableColumn => ({ heading, align: 'right' });
/** The words of the Comparison view of DevTools. */
const BY_ID_COLUMNS = [
  '# New',
  '# Deleted',
  '# Delta',
  'Alloc. size',
  'Freed size',
  'Size delta',
  'Retained delta',
].map(right);
const BY_CLASS_COLUMNS = ['# Before', '# After', '# Delta', 'Size delta', 'Retained delta'].map(right);
const GROWN_COLUMNS: readonly TableColumn[] = [
  { heading: 'Grown object', align: 'left', cut: 'end' },
  { heading: 'Class', align: 'left', cut: 'end' },
  { heading: 'Id', align: 'left' },
  ...['Size delta', 'Retained delta', 'Of it direct'].map(right),
];
const OBJECT_COLUMNS: readonly TableColumn[] = [
  { heading: 'Object', align: 'left', cut: 'end' },
  { heading: 'Id', align: 'left' },
  ...['Shallow size', 'Retained size'].map(right),
];

/** Survivors shown: the container that leaks is among the first. */
const GROWN_ROWS = 5;

export async function* diffText(
  report: DiffReport,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const { base, classes, current, diff, lists } = report;
  const { totals } = diff;
  yield `${safeText(base)} → ${safeText(current)}: `;
  yield `total size ${format.size(totals.base)} → ${format.size(totals.current)}\n`;
  yield* matchingText(diff);
  yield '\n';
  for (const list of lists) yield* changedText(list, format, io);
  if (lists.length > 0) return;

  const hasLocations = classes.rows.some(({ location }) => location !== null);
  const isById = diff.matchedBy === 'id';
  const names = hasLocations ? NAME_COLUMNS : NAME_COLUMNS.slice(0, 1);
  const cells = classes.rows.map((row) => [
    row.name,
    ...(hasLocations ? [report.locationText(row)] : []),
    ...(isById ? idCells(row, format) : classCells(row, format)),
  ]);
  if (diff.rows.length === 0) yield 'no class has new or deleted objects\n';
  else yield* tableText([...names, ...(isById ? BY_ID_COLUMNS : BY_CLASS_COLUMNS)], cells, io.stdout);
  yield afterRows(classes, options, format);
  if (diff.grown.length > 0) yield* grownText(diff, format, io);
  yield `\n${totalsText(diff, format)}\n`;
}

function* matchingText({ matching }: SnapshotDiff): Generator<string> {
  if (matching.reason === 'requested') return;
  const { explanation, matchedBy } = matching;
  yield matchedBy === 'id' ? `${explanation}\n` : `matched by class: ${explanation}\n`;
}

function idCells(row: DiffRow, format: NumberFormat): string[] {
  return [
    format.count(row.addedCount ?? 0),
    format.count(row.removedCount ?? 0),
    formatDelta(row.countDelta, format.count),
    format.size(row.addedSize ?? 0),
    format.size(row.removedSize ?? 0),
    ...deltaCells(row, format),
  ];
}

function classCells(row: DiffRow, format: NumberFormat): string[] {
  return [
    format.count(row.base.count),
    format.count(row.current.count),
    formatDelta(row.countDelta, format.count),
    ...deltaCells(row, format),
  ];
}

function deltaCells({ retainedDelta, sizeDelta }: DiffRow, format: NumberFormat): string[] {
  return [
    formatDelta(sizeDelta, format.size),
    retainedDelta === null ? 'unknown' : formatDelta(retainedDelta, format.size),
  ];
}

async function* grownText(
  { grown, grownCount }: SnapshotDiff,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const cells = grown
    .slice(0, GROWN_ROWS)
    .map((object) => [
      object.name,
      object.class,
      `@${object.id}`,
      formatDelta(object.shallowDelta, format.size),
      formatDelta(object.retainedDelta, format.size),
      formatDelta(object.directDelta, format.size),
    ]);
  yield '\n';
  yield* tableText(GROWN_COLUMNS, cells, io.stdout);
  const hidden = grownCount - cells.length;
  if (hidden > 0) yield `… and ${format.count(hidden)} more that grew\n`;
}

async function* changedText(
  { className, kind, objects, total }: ChangedList,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  yield `${format.count(total)} ${kind} ${total === 1 ? 'object' : 'objects'} of class ${safeText(className)}\n`;
  if (objects.length === 0) return;
  const cells = objects.map((object) => [
    object.name ?? object.class,
    `@${object.id}`,
    format.size(object.shallowSize),
    format.size(object.retainedSize),
  ]);
  yield* tableText(OBJECT_COLUMNS, cells, io.stdout);
  if (total > objects.length) yield `… and ${format.count(total - objects.length)} more (--top)\n`;
}

/** `total size +2.6 MB: 2.7 MB new, 91 kB deleted, +12 kB in objects of both, 0 B outside the heap` */
function totalsText({ totals }: SnapshotDiff, format: NumberFormat): string {
  const { addedSize, delta, extraNativeDelta, removedSize, survivorsSizeDelta } = totals;
  const sum = `total size ${formatDelta(delta, format.size)}`;
  if (addedSize === null || removedSize === null || survivorsSizeDelta === null) return sum;
  const parts = [
    `${format.size(addedSize)} new`,
    `${format.size(removedSize)} deleted`,
    `${formatDelta(survivorsSizeDelta, format.size)} in objects of both`,
    ...(extraNativeDelta === 0 ? [] : [`${formatDelta(extraNativeDelta, format.size)} outside the heap`]),
  ];
  return `${sum}: ${parts.join(', ')}`;
}

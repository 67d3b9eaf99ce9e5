import type { DiffRow, SnapshotDiff } from '@heapstream/diff';
import { type Command, Option } from 'commander';
import type { CommandRun } from '../command-run.js';
import {
  addComparisonOptions,
  COMPARABLE_ARGUMENT,
  type ComparisonOptions,
  compareFiles,
} from '../comparison-input.js';
import { type ChangedList, type DiffReport, diffDocument, diffText } from '../diff-output.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import { addListOptions, type ListOptions, rowLimit, selectRows } from '../list-options.js';
import { createNumberFormat } from '../number-format.js';
import { writeText } from '../output-stream.js';
import { WrongUsageError } from '../wrong-usage-error.js';

interface DiffCommandOptions extends GlobalOptions, ListOptions, ComparisonOptions {
  readonly sort: keyof typeof VALUE_BY_SORT;
  readonly new?: string;
  readonly deleted?: string;
}

/** What `--sort` puts first. */
const VALUE_BY_SORT = {
  size: ({ sizeDelta }: DiffRow) => sizeDelta,
  count: ({ countDelta }: DiffRow) => countDelta,
  retained: ({ retainedDelta }: DiffRow) => retainedDelta ?? Number.NEGATIVE_INFINITY,
};

/** Names like what was asked for that an error shows. */
const SUGGESTIONS = 3;

export function addDiffCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('diff')
    .description('what changed between two snapshots: new and deleted objects by class, and what grew')
    .argument('<base>', `the first snapshot: ${COMPARABLE_ARGUMENT}`)
    .argument('<current>', 'the second')
    .addOption(
      new Option('--sort <delta>', 'which delta comes first')
        .choices(Object.keys(VALUE_BY_SORT))
        .default('size'),
    )
    .option('--new <class>', 'list the new objects of a class')
    .option('--deleted <class>', 'list the deleted objects of a class');
  addComparisonOptions(addListOptions(command, { filters: 'class or location' })).action(
    async (base: string, current: string) => {
      const options = command.optsWithGlobals<DiffCommandOptions>();
      const { diffSnapshots, diffSnapshotsSync } = await import('@heapstream/diff');
      const { result: diff } = await compareFiles(
        {
          compare: ([a, b], settings) => diffSnapshots(a, b, settings),
          compareHere: ([a, b], settings) => diffSnapshotsSync(a, b, settings),
        },
        [base, current],
        options,
        io,
      );
      const { formatLocation } = await import('@heapstream/core');
      const locationText = ({ location }: DiffRow) => (location === null ? '' : formatLocation(location));
      const deltaOf = VALUE_BY_SORT[options.sort];
      const report: DiffReport = {
        base,
        current,
        diff,
        classes: selectRows(
          diff.rows.toSorted((a, b) => deltaOf(b) - deltaOf(a)),
          options,
          (row) => `${row.name}\n${locationText(row)}`,
        ),
        locationText,
        lists: [
          ...listChanged(diff, 'new', options.new, options),
          ...listChanged(diff, 'deleted', options.deleted, options),
        ],
      };
      if (options.json) return writeJson(io.stdout, diffDocument(report));
      const format = await createNumberFormat(options.bytes ?? false);
      return writeText(io.stdout, diffText(report, options, format, io));
    },
  );
}

function listChanged(
  diff: SnapshotDiff,
  kind: 'new' | 'deleted',
  className: string | undefined,
  options: ListOptions,
): ChangedList[] {
  if (className === undefined) return [];
  if (diff.matchedBy === 'class') {
    throw new WrongUsageError(
      `no list of ${kind} objects: the snapshots are matched by class (${diff.matching.explanation})`,
    );
  }
  const rows = diff.rows.filter(({ name }) => name === className);
  if (rows.length === 0) throw new WrongUsageError(noSuchClass(diff, className));
  const limit = rowLimit(options);
  const pages = rows.map((row) =>
    kind === 'new' ? diff.addedObjects(row, { limit }) : diff.removedObjects(row, { limit }),
  );
  return [
    {
      kind,
      className,
      total: pages.reduce((sum, { total }) => sum + total, 0),
      objects: pages
        .flatMap(({ objects }) => objects)
        .sort((a, b) => b.retainedSize - a.retainedSize)
        .slice(0, limit),
    },
  ];
}

function noSuchClass(diff: SnapshotDiff, className: string): string {
  const wanted = className.toLowerCase();
  const similar = new Set(
    diff.rows.map(({ name }) => name).filter((name) => name.toLowerCase().includes(wanted)),
  );
  const names = [...similar].slice(0, SUGGESTIONS).map((name) => `'${name}'`);
  const suggestion = names.length === 0 ? '' : ` (did you mean ${names.join(', ')}?)`;
  return `no class named '${className}' has new or deleted objects${suggestion}`;
}

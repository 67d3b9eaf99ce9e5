import type {
  HeapAnalysis,
  NoPathReason,
  RetainingPath,
  RetainingPaths,
  RetainingStep,
} from '@heapstream/dominators';
import type { Command } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import { addOutputOptions, type OutputOptions, parseCount } from '../list-options.js';
import { createNumberFormat, type NumberFormat } from '../number-format.js';
import { classesOfName, isId, objectOfId } from '../object-argument.js';
import {
  edgeDocument,
  edgeText,
  OBJECT_COLUMNS,
  objectCells,
  objectDocument,
  objectHeading,
} from '../object-output.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { type TableColumn, tableText } from '../text-table.js';

interface PathsOptions extends GlobalOptions, OutputOptions {
  readonly count: number;
}

interface PathsResult extends RetainingPaths {
  readonly file: string;
  readonly analysis: HeapAnalysis;
  readonly ordinal: number;
  /** The class that the user named, and how many objects it has. */
  readonly chosenFrom: { readonly className: string; readonly count: number } | null;
}

const DEFAULT_COUNT = 3;

export function addPathsCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('paths')
    .description('what keeps an object alive: the shortest ways from the roots to it')
    .argument('<file>', SNAPSHOT_ARGUMENT)
    .argument('<object>', '@ and an id; or the name of a class, for its object that retains most')
    .option(
      '--count <number>',
      'paths at most; those that read differently come first',
      parseCount,
      DEFAULT_COUNT,
    );
  addOutputOptions(command).action(async (file: string, object: string) => {
    const options = command.optsWithGlobals<PathsOptions>();
    const analysis = await readAnalysis(file, options, io);
    const { findRetainingPaths } = await import('@heapstream/dominators');
    const { chosenFrom, ordinal } = await chooseObject(analysis, object);
    const found = findRetainingPaths(analysis, ordinal, { count: options.count });
    const result: PathsResult = { file, analysis, ordinal, chosenFrom, ...found };
    if (options.json) return writeJson(io.stdout, pathsDocument(result));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, pathsText(result, format, io));
  });
}

async function chooseObject(
  analysis: HeapAnalysis,
  object: string,
): Promise<Pick<PathsResult, 'chosenFrom' | 'ordinal'>> {
  if (isId(object)) return { ordinal: objectOfId(analysis, object), chosenFrom: null };
  const classes = await classesOfName(analysis, object);
  const { objectsOfClass } = await import('@heapstream/dominators');
  const { ordinals, total } = objectsOfClass(analysis, classes, { limit: 1 });
  return { ordinal: ordinals[0], chosenFrom: { className: object, count: total } };
}

/** A published contract: names, nesting and order stay. */
function pathsDocument({ file, analysis, ordinal, paths, reason, isComplete }: PathsResult): object {
  return {
    file,
    object: objectDocument(analysis, ordinal),
    reason,
    isComplete,
    paths: paths.map(({ steps }) => ({
      steps: steps.map(({ edge, node, explanation }) => ({
        edge: edge && edgeDocument(edge),
        node: objectDocument(analysis, node.ordinal),
        explanation,
      })),
    })),
  };
}

const WORDS_BY_REASON: Readonly<Record<NoPathReason, string>> = {
  nothing: 'nothing points to it: garbage that was not collected yet',
  weak: 'only weak edges point to it: garbage that was not collected yet',
  garbage: 'only garbage points to it',
  'too-long': 'every path is longer than the limit',
};

const COLUMNS: readonly TableColumn[] = [
  { heading: 'Held by', align: 'left', cut: 'end' },
  ...OBJECT_COLUMNS,
];
/** Steps at both ends of a path that a text shows; a list of a million links has as many steps. */
const SHOWN_STEPS = 25;

async function* pathsText(result: PathsResult, format: NumberFormat, io: CliIo): AsyncGenerator<string> {
  const { file, analysis, ordinal, chosenFrom, paths, reason, isComplete } = result;
  yield `${safeText(file)}: ${safeText(objectHeading(analysis, ordinal, format))}\n`;
  if (chosenFrom !== null && chosenFrom.count > 1) {
    yield `the one that retains most of ${format.count(chosenFrom.count)} objects of class ${safeText(chosenFrom.className)}\n`;
  }
  if (reason !== null) yield `no path from the roots: ${WORDS_BY_REASON[reason]}\n`;
  for (const [i, path] of paths.entries()) {
    yield `\nPath ${i + 1} of ${paths.length}, ${edgeCount(path)}\n`;
    yield* pathTable(analysis, path, format, io);
  }
  if (!isComplete) yield '\nThere may be more paths: the search was cut short.\n';
}

function edgeCount({ steps }: RetainingPath): string {
  const count = steps.length - 1;
  return count === 1 ? '1 edge' : `${count} edges`;
}

async function* pathTable(
  analysis: HeapAnalysis,
  { steps }: RetainingPath,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const cellsOf = ({ edge, explanation, node }: RetainingStep) => [
    explanation ?? (edge === null ? '' : edgeText(edge)),
    ...objectCells(analysis, node.ordinal, format),
  ];
  const leftOut = steps.length - 2 * SHOWN_STEPS;
  if (leftOut <= 1) return yield* tableText(COLUMNS, steps.map(cellsOf), io.stdout);
  const rows = [
    ...steps.slice(0, SHOWN_STEPS).map(cellsOf),
    [`… ${format.count(leftOut)} more …`, '', '', '', '', ''],
    ...steps.slice(-SHOWN_STEPS).map(cellsOf),
  ];
  yield* tableText(COLUMNS, rows, io.stdout);
}

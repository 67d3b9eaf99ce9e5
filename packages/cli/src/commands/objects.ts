import type { ClassRow, HeapAnalysis } from '@heapstream/dominators';
import { type Command, Option } from 'commander';
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
import { classesOfName } from '../object-argument.js';
import { OBJECT_COLUMNS, objectCells, objectDocument } from '../object-output.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { tableText } from '../text-table.js';
import { classDocument } from './summary.js';

interface ObjectsOptions extends GlobalOptions, ListOptions {
  readonly sort: 'retained' | 'shallow';
}

interface ObjectList {
  readonly file: string;
  readonly className: string;
  readonly analysis: HeapAnalysis;
  readonly classes: readonly ClassRow[];
  readonly objects: RowSelection<number>;
}

export function addObjectsCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('objects')
    .description('the objects of a class, the largest first')
    .argument('<file>', SNAPSHOT_ARGUMENT)
    .argument('<class>', 'the name of a class, as summary shows it')
    .addOption(
      new Option('--sort <size>', 'which size comes first')
        .choices(['retained', 'shallow'])
        .default('retained'),
    );
  addListOptions(command, { filters: 'name' }).action(async (file: string, className: string) => {
    const options = command.optsWithGlobals<ObjectsOptions>();
    const analysis = await readAnalysis(file, options, io);
    const { objectsOfClass } = await import('@heapstream/dominators');
    const classes = await classesOfName(analysis, className);
    const order = options.sort === 'retained' ? 'retainedSize' : 'shallowSize';
    const { ordinals } = objectsOfClass(analysis, classes, { order });
    const objects = selectRows([...ordinals], options, (ordinal) => analysis.graph.node(ordinal).name);
    const list: ObjectList = { file, className, analysis, classes, objects };
    if (options.json) return writeJson(io.stdout, objectsDocument(list));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, objectsText(list, options, format, io));
  });
}

/** A published contract: names, nesting and order stay. */
function objectsDocument({ file, className, analysis, classes, objects }: ObjectList): object {
  return {
    file,
    class: className,
    classes: classes.map(classDocument),
    objects: objects.rows.map((ordinal) => objectDocument(analysis, ordinal)),
  };
}

async function* objectsText(
  { file, className, analysis, classes, objects }: ObjectList,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const { formatLocation } = await import('@heapstream/core');
  yield `${safeText(file)}: objects of class ${safeText(className)}\n`;
  for (const { location, count, shallowSize, retainedSize } of classes) {
    const place = location === null ? '' : `${safeText(formatLocation(location))}: `;
    const counted = count === 1 ? '1 object' : `${format.count(count)} objects`;
    yield `  ${place}${counted}, shallow size ${format.size(shallowSize)}, retained size ${format.size(retainedSize)}\n`;
  }
  yield '\n';
  const cells = objects.rows.map((ordinal) => objectCells(analysis, ordinal, format));
  yield* tableText(OBJECT_COLUMNS, cells, io.stdout);
  yield afterRows(objects, options, format);
}

import type { Child, HeapAnalysis } from '@heapstream/dominators';
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
import { ID_ARGUMENT, objectOfId } from '../object-argument.js';
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

interface ChildList {
  readonly file: string;
  readonly analysis: HeapAnalysis;
  readonly ordinal: number;
  readonly children: RowSelection<Child>;
}

export function addContainmentCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('containment')
    .description('what an object points to, the largest retained size first')
    .argument('<file>', SNAPSHOT_ARGUMENT)
    .argument('[object]', `${ID_ARGUMENT}; the root if left out`);
  addListOptions(command, { filters: 'edge or object' }).action(
    async (file: string, object: string | undefined) => {
      const options = command.optsWithGlobals<GlobalOptions & ListOptions>();
      const analysis = await readAnalysis(file, options, io);
      const { listChildren } = await import('@heapstream/dominators');
      const ordinal = object === undefined ? analysis.graph.rootOrdinal : objectOfId(analysis, object);
      const children = selectRows(
        listChildren(analysis, ordinal, { order: 'retainedSize' }).links,
        options,
        ({ edge, node }) => `${edge.name}\n${node.name}`,
      );
      const list: ChildList = { file, analysis, ordinal, children };
      if (options.json) return writeJson(io.stdout, containmentDocument(list));
      const format = await createNumberFormat(options.bytes ?? false);
      return writeText(io.stdout, containmentText(list, options, format, io));
    },
  );
}

/** A published contract: names, nesting and order stay. */
function containmentDocument({ file, analysis, ordinal, children }: ChildList): object {
  return {
    file,
    object: objectDocument(analysis, ordinal),
    children: children.rows.map(({ edge, node }) => ({
      edge: edgeDocument(edge),
      node: objectDocument(analysis, node.ordinal),
    })),
  };
}

const COLUMNS: readonly TableColumn[] = [{ heading: 'Edge', align: 'left', cut: 'end' }, ...OBJECT_COLUMNS];

async function* containmentText(
  { file, analysis, ordinal, children }: ChildList,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  yield `${safeText(file)}: ${safeText(objectHeading(analysis, ordinal, format))}\n\n`;
  const cells = children.rows.map(({ edge, node }) => [
    edgeText(edge),
    ...objectCells(analysis, node.ordinal, format),
  ]);
  if (cells.length === 0 && options.filter === undefined) return yield 'it points to nothing\n';
  yield* tableText(COLUMNS, cells, io.stdout);
  yield afterRows(children, options, format);
}

import type { HeapAnalysis, Retainer } from '@heapstream/dominators';
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

interface RetainerList {
  readonly file: string;
  readonly analysis: HeapAnalysis;
  readonly ordinal: number;
  readonly retainers: RowSelection<Retainer>;
  readonly explain: (retainer: Retainer) => string | null;
}

export function addRetainersCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('retainers')
    .description('who points to an object: the nearest to the roots first, weak edges last')
    .argument('<file>', SNAPSHOT_ARGUMENT)
    .argument('<object>', ID_ARGUMENT);
  addListOptions(command, { filters: 'edge or object' }).action(async (file: string, object: string) => {
    const options = command.optsWithGlobals<GlobalOptions & ListOptions>();
    const analysis = await readAnalysis(file, options, io);
    const { explainWeakMapEdge, listRetainers } = await import('@heapstream/dominators');
    const ordinal = objectOfId(analysis, object);
    const retainers = selectRows(
      listRetainers(analysis, ordinal).links,
      options,
      ({ edge, node }) => `${edge.name}\n${node.name}`,
    );
    const explain = ({ edge }: Retainer) => explainWeakMapEdge(analysis, edge);
    const list: RetainerList = { file, analysis, ordinal, retainers, explain };
    if (options.json) return writeJson(io.stdout, retainersDocument(list));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, retainersText(list, options, format, io));
  });
}

/** A published contract: names, nesting and order stay. */
function retainersDocument({ file, analysis, ordinal, retainers, explain }: RetainerList): object {
  return {
    file,
    object: objectDocument(analysis, ordinal),
    retainers: retainers.rows.map((retainer) => ({
      edge: edgeDocument(retainer.edge),
      node: objectDocument(analysis, retainer.node.ordinal),
      explanation: explain(retainer),
    })),
  };
}

const COLUMNS: readonly TableColumn[] = [{ heading: 'Edge', align: 'left', cut: 'end' }, ...OBJECT_COLUMNS];

async function* retainersText(
  { file, analysis, ordinal, retainers, explain }: RetainerList,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  yield `${safeText(file)}: ${safeText(objectHeading(analysis, ordinal, format))}\n\n`;
  const cells = retainers.rows.map((retainer) => [
    explain(retainer) ?? edgeText(retainer.edge),
    ...objectCells(analysis, retainer.node.ordinal, format),
  ]);
  if (cells.length === 0 && options.filter === undefined) return yield 'nothing points to it\n';
  yield* tableText(COLUMNS, cells, io.stdout);
  yield afterRows(retainers, options, format);
}

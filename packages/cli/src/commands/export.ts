import type { HeapGraph } from '@heapstream/core';
import { type Command, Option } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import type { ExportFormat } from '../export-formats.js';
import type { ExportTable } from '../export-tables.js';
import type { GlobalOptions } from '../global-options.js';
import { writeText } from '../output-stream.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { readSnapshot, SNAPSHOT_ARGUMENT } from '../snapshot-input.js';

interface ExportOptions extends GlobalOptions {
  readonly table: 'nodes' | 'edges' | 'strings';
  readonly format: ExportFormat;
  readonly output?: string;
}

export function addExportCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('export')
    .description('a whole table for other tools, one row a line')
    .argument('<file>', SNAPSHOT_ARGUMENT)
    .addOption(
      new Option('--table <name>', 'which rows').choices(['nodes', 'edges', 'strings']).makeOptionMandatory(),
    )
    .addOption(
      new Option('--format <name>', 'how they are written').choices(['ndjson', 'csv']).default('ndjson'),
    )
    .option('--output <file>', 'write to this file, which appears when it is whole')
    .action(async (file: string) => {
      const options = command.optsWithGlobals<ExportOptions>();
      const table = await readTable(file, options, io);
      const { exportText } = await import('../export-formats.js');
      await io.interruptible((signal) => write(exportText(table, options.format, signal), options, io));
    });
}

async function readTable(file: string, options: ExportOptions, io: CliIo): Promise<ExportTable> {
  const { edgesTable, nodesTable, stringsTable } = await import('../export-tables.js');
  if (options.table === 'nodes') return nodesTable(await readAnalysis(file, options, io));
  const { openSnapshot } = await import('@heapstream/core');
  const graph: HeapGraph = await readSnapshot(openSnapshot, file, options, io);
  return options.table === 'edges' ? edgesTable(graph) : stringsTable(graph);
}

async function write(chunks: AsyncIterable<string>, { output }: ExportOptions, io: CliIo): Promise<void> {
  if (output === undefined) return writeText(io.stdout, chunks);
  const { writeFileWhole } = await import('../output-file.js');
  return writeFileWhole(output, chunks);
}

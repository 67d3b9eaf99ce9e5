import type { AllocationInterval, AllocationSite } from '@heapstream/dominators';
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
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { type TableColumn, tableText } from '../text-table.js';

interface AllocationReport {
  readonly file: string;
  readonly sites: RowSelection<AllocationSite>;
  readonly intervals: readonly AllocationInterval[];
}

export function addAllocationsCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('allocations')
    .description('of a recorded timeline: which functions allocated what is still there, and when')
    .argument('<file>', SNAPSHOT_ARGUMENT);
  addListOptions(command, { filters: 'function or script' }).action(async (file: string) => {
    const options = command.optsWithGlobals<GlobalOptions & ListOptions>();
    const analysis = await readAnalysis(file, options, io);
    const { findAllocationSites, liveBytesOverTime } = await import('@heapstream/dominators');
    const report: AllocationReport = {
      file,
      sites: selectRows(
        findAllocationSites(analysis),
        options,
        ({ functionName, scriptName }) => `${functionName}\n${scriptName}`,
      ),
      intervals: liveBytesOverTime(analysis),
    };
    if (options.json) return writeJson(io.stdout, allocationsDocument(report));
    const format = await createNumberFormat(options.bytes ?? false);
    return writeText(io.stdout, allocationsText(report, options, format, io));
  });
}

/** A published contract: names, nesting and order stay. */
function allocationsDocument({ file, sites, intervals }: AllocationReport): object {
  return {
    file,
    sites: sites.rows.map((site) => ({
      functionName: site.functionName,
      scriptName: site.scriptName,
      scriptId: site.scriptId,
      line: site.line,
      column: site.column,
      allocationCount: site.allocationCount,
      allocationSize: site.allocationSize,
      liveCount: site.liveCount,
      liveSize: site.liveSize,
    })),
    intervals: intervals.map(({ timestampMicroseconds, lastAssignedId, liveCount, liveSize }) => ({
      timestampMicroseconds,
      lastAssignedId,
      liveCount,
      liveSize,
    })),
  };
}

const SITE_COLUMNS: readonly TableColumn[] = [
  { heading: 'Function', align: 'left', cut: 'end' },
  { heading: 'Location', align: 'left', cut: 'start' },
  { heading: 'Live', align: 'right' },
  { heading: 'Live size', align: 'right' },
  { heading: 'Allocated', align: 'right' },
  { heading: 'Allocated size', align: 'right' },
];
const INTERVAL_COLUMNS: readonly TableColumn[] = [
  { heading: 'Until', align: 'right' },
  { heading: 'Live', align: 'right' },
  { heading: 'Live size', align: 'right' },
  { heading: '', align: 'left' },
];
const BAR_WIDTH = 30;

async function* allocationsText(
  { file, sites, intervals }: AllocationReport,
  options: ListOptions,
  format: NumberFormat,
  io: CliIo,
): AsyncGenerator<string> {
  const hasSites = sites.rows.length > 0 || options.filter !== undefined;
  if (!hasSites && intervals.length === 0) {
    yield `${safeText(file)}: no allocations were recorded; record a timeline (allocation instrumentation) instead\n`;
    return;
  }
  yield `${safeText(file)}:\n`;
  if (hasSites) {
    yield '\n';
    yield* tableText(
      SITE_COLUMNS,
      sites.rows.map((site) => siteCells(site, format)),
      io.stdout,
    );
    yield afterRows(sites, options, format);
  } else {
    yield 'recorded without allocation stacks\n';
  }
  if (intervals.length === 0) return;
  // the first one has everything from before the recording, and would dwarf the others
  const most = intervals.slice(1).reduce((size, { liveSize }) => Math.max(size, liveSize), 0);
  yield '\n';
  yield* tableText(
    INTERVAL_COLUMNS,
    intervals.map((interval, i) => intervalCells(interval, i === 0, most, format)),
    io.stdout,
  );
}

function siteCells(site: AllocationSite, format: NumberFormat): string[] {
  const { functionName, scriptName, line, column } = site;
  const place = line > 0 ? `${scriptName}:${line}:${column}` : scriptName;
  return [
    functionName || '(anonymous)',
    place,
    format.count(site.liveCount),
    format.size(site.liveSize),
    format.count(site.allocationCount),
    format.size(site.allocationSize),
  ];
}

function intervalCells(
  { liveCount, liveSize, timestampMicroseconds }: AllocationInterval,
  isFirst: boolean,
  most: number,
  format: NumberFormat,
): string[] {
  const width = isFirst || most === 0 ? 0 : Math.ceil((liveSize / most) * BAR_WIDTH);
  return [
    isFirst ? 'start' : `${(timestampMicroseconds / 1e6).toFixed(2)} s`,
    format.count(liveCount),
    format.size(liveSize),
    '█'.repeat(width),
  ];
}

import type { HeapAnalysis } from '@heapstream/dominators';
import type { Finding, Level } from '@heapstream/leaks';
import { type Command, Option } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import { EXIT_STATUS } from '../exit-status.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import { parseCount } from '../list-options.js';
import { createNumberFormat } from '../number-format.js';
import { writeText } from '../output-stream.js';
import { readAnalysis } from '../snapshot-analysis.js';
import { SNAPSHOT_ARGUMENT } from '../snapshot-input.js';
import { WrongUsageError } from '../wrong-usage-error.js';

interface LeaksOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly html?: string;
  readonly junit?: string;
  readonly baseline?: string;
  readonly failOn: Level | 'none';
  readonly by?: 'id' | 'class';
  readonly top: number;
  readonly bytes?: boolean;
}

/** What a run of the command found, as every output shows it. */
export interface LeakReport {
  readonly files: readonly string[];
  /** Total sizes of the snapshots in bytes, one a file. */
  readonly totalSizes: readonly number[];
  /** Without those that the baseline accepts. */
  readonly findings: readonly Finding[];
  /** Findings that the baseline accepts. */
  readonly acceptedCount: number;
  /** One a file. */
  readonly analyses: readonly HeapAnalysis[];
}

const DEFAULT_TOP = 20;

export function addLeaksCommand(program: Command, run: CommandRun): void {
  const { io } = run;
  const command = program
    .command('leaks')
    .description('what grows in every round and what holds it; of one snapshot, what looks like a leak')
    .argument('<files...>', `one or more snapshots of a process, the oldest first: each ${SNAPSHOT_ARGUMENT}`)
    .addOption(new Option('--json', 'print one JSON document').conflicts('markdown'))
    .option('--markdown', 'print Markdown')
    .option('--html <file>', 'also write a report that a browser shows, in one file that loads nothing')
    .option('--junit <file>', 'also write a JUnit file for a CI server')
    .option('--baseline <file>', 'leave out the findings of this file, which --json printed earlier')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 on findings of this level or above')
        .choices(['low', 'medium', 'high', 'none'])
        .default('high'),
    )
    .addOption(
      new Option(
        '--by <how>',
        'how objects find each other (default: id, or class where ids mean nothing)',
      ).choices(['id', 'class']),
    )
    .option('--top <count>', 'findings at most', parseCount, DEFAULT_TOP)
    .option('--bytes', 'exact numbers');
  command.action(async (files: readonly string[]) => {
    const options = command.optsWithGlobals<LeaksOptions>();
    if (files.filter((file) => file === '-').length > 1)
      throw new WrongUsageError('only one snapshot can come from standard input');
    // before the long work: a baseline that cannot be read is told at once
    const { fingerprintsOfBaseline } = await import('@heapstream/leaks');
    const accepted = options.baseline === undefined ? [] : await fingerprintsOfBaseline(options.baseline);
    const report = await findReport(files, accepted, options, io);
    if (options.html !== undefined) await writeHtml(report, options.html);
    if (options.junit !== undefined) await writeJunit(report, options.junit, options);
    await print(report, options, io);
    if (options.failOn === 'none') return;
    const { isAtLeast } = await import('@heapstream/leaks');
    const least = options.failOn;
    if (report.findings.some(({ level }) => isAtLeast(level, least))) run.exitStatus = EXIT_STATUS.findings;
  });
}

async function findReport(
  files: readonly string[],
  accepted: readonly string[],
  options: LeaksOptions,
  io: CliIo,
): Promise<LeakReport> {
  const { findLeaks, findSuspects } = await import('@heapstream/leaks');
  const analyses: HeapAnalysis[] = [];
  for (const file of files) analyses.push(await readAnalysis(file, options, io));
  const found =
    analyses.length === 1
      ? findSuspects(analyses[0], { limit: options.top })
      : await io.interruptible((signal) =>
          findLeaks(analyses, { signal, match: options.by, limit: options.top }),
        );
  const findings = found.filter(({ fingerprint }) => !accepted.includes(fingerprint));
  return {
    files,
    totalSizes: analyses.map(({ totalSize }) => totalSize),
    findings,
    acceptedCount: found.length - findings.length,
    analyses,
  };
}

async function print(report: LeakReport, options: LeaksOptions, io: CliIo): Promise<void> {
  if (options.json) {
    // A published contract: names, nesting and order stay.
    const { acceptedCount, files, findings, totalSizes } = report;
    return writeJson(io.stdout, { files, totalSizes, findings, acceptedCount });
  }
  const { leaksText, leaksMarkdown } = await import('../leaks-output.js');
  const format = await createNumberFormat(options.bytes ?? false);
  return writeText(
    io.stdout,
    options.markdown ? leaksMarkdown(report, format) : leaksText(report, format, io),
  );
}

async function writeHtml(report: LeakReport, file: string): Promise<void> {
  const { leaksHtml } = await import('../leaks-html.js');
  const { writeFileWhole } = await import('../output-file.js');
  await writeFileWhole(file, oneChunk(leaksHtml(report, await createNumberFormat(false))));
}

async function writeJunit(report: LeakReport, file: string, { failOn }: LeaksOptions): Promise<void> {
  const { leaksJunit } = await import('../leaks-junit.js');
  const { writeFileWhole } = await import('../output-file.js');
  await writeFileWhole(file, oneChunk(await leaksJunit(report, failOn)));
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield text;
}

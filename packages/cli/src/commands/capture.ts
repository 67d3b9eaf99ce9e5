import type { Capture, InspectorTarget, SavedSnapshot } from '@heapstream/capture';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CaptureWayOptions } from '../capture-way.js';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import { parseDuration } from '../duration-argument.js';
import type { GlobalOptions } from '../global-options.js';
import { writeJson } from '../json-output.js';
import { addListOptions, type ListOptions } from '../list-options.js';
import { createNumberFormat, type NumberFormat } from '../number-format.js';
import { writeText } from '../output-stream.js';
import { parsePid } from '../pid-argument.js';
import { safeText } from '../safe-text.js';
import { type TableColumn, tableText } from '../text-table.js';
import { WrongUsageError } from '../wrong-usage-error.js';
import { printSummary } from './summary.js';

interface CaptureCommandOptions extends GlobalOptions, ListOptions, CaptureWayOptions {
  readonly output?: string;
  readonly gzip?: boolean;
  readonly list?: boolean;
  readonly summary?: boolean;
  readonly count: number;
  readonly every: number;
}

export function addCaptureCommand(program: Command, { io }: CommandRun): void {
  const command = program
    .command('capture')
    .description('takes a heap snapshot of a running process, into a file that only you may read')
    .option('--inspect <[host:]port>', 'of what listens there: node --inspect, a browser, a worker')
    .option('--pid <number>', 'of this process, in the way that it allows (see doctor)', parsePid)
    .option('--signal [name]', 'with --pid: by the signal of --heapsnapshot-signal')
    .option('--open-inspector', 'with --pid: open its inspector (SIGUSR1), and close it afterwards')
    .option('--target <text>', 'which tab or worker: its id, type, title or URL')
    .option('--list', 'list what can be captured there, and capture nothing')
    .option('--output <file>', 'default: Heap.<date>.<time>.<process>.heapsnapshot')
    .option('--gzip', 'compress the file')
    .option('--gc', 'collect garbage before')
    .option('--numbers', 'with the values of numbers')
    .option('--internals', 'with V8’s own objects')
    .option('--force', 'also where memory or disk may not be enough')
    .option('--summary', 'analyse it while it is captured, and write no file')
    .addOption(
      new Option('--count <number>', 'so many snapshots, whose object ids can be compared')
        .default(1)
        .argParser(parseCount),
    )
    .addOption(
      new Option('--every <duration>', 'with --count: the time between two')
        .default(30_000, '30s')
        .argParser(parseDuration),
    );
  addListOptions(command, { filters: 'class or location' }).action(async () => {
    const options = command.optsWithGlobals<CaptureCommandOptions>();
    checkOptions(options);
    if (options.list) return listTargets(options, io);
    const { openCaptureWay } = await import('../capture-way.js');
    return openCaptureWay(options, io, async ({ takeCapture, captured }) => {
      for (let turn = 1; turn <= options.count; turn++) {
        if (turn > 1) await captured.pause(options.every);
        const isSeries = options.count > 1;
        if (options.summary) await summarize(takeCapture(), captured.name, options, io);
        else await save(takeCapture(), options, isSeries ? turn : undefined, captured.finish, io);
      }
    });
  });
}

function checkOptions({ inspect, pid, signal, openInspector, list, output, summary }: CaptureCommandOptions) {
  if ((inspect === undefined) === (pid === undefined)) {
    throw new WrongUsageError('capture needs either --inspect or --pid');
  }
  if (inspect !== undefined && (signal || openInspector)) {
    throw new WrongUsageError('--signal and --open-inspector go with --pid');
  }
  if (signal && openInspector) throw new WrongUsageError('either --signal or --open-inspector');
  if (list && inspect === undefined) throw new WrongUsageError('--list goes with --inspect');
  if (summary && output !== undefined) throw new WrongUsageError('--summary writes no file: no --output');
}

/** `name.heapsnapshot` becomes `name.2.heapsnapshot` in a series. */
function numbered(file: string, turn: number | undefined): string {
  if (turn === undefined) return file;
  const [, base, extension] = /^(.*?)((?:\.heapsnapshot|\.heaptimeline|\.json)?(?:\.gz)?)$/s.exec(file)!;
  return `${base}.${turn}${extension}`;
}

async function save(
  capture: Capture,
  options: CaptureCommandOptions,
  turn: number | undefined,
  finish: () => void,
  io: CliIo,
): Promise<void> {
  const { output, gzip } = options;
  const saved = await capture.toFile(
    output === undefined ? { gzip } : { filename: numbered(output, turn), gzip },
  );
  finish();
  for (const { message } of saved.warnings) io.stderr.write(`warning: ${safeText(message)}\n`);
  if (options.json) return writeJson(io.stdout, savedDocument(saved));
  const format = await createNumberFormat(options.bytes ?? false);
  return writeText(io.stdout, [savedText(saved, format)]);
}

/** A published contract: names and order stay. */
function savedDocument({ path, fileSize, byteLength, nodeCount, edgeCount }: SavedSnapshot): object {
  return { file: path, fileSize, byteLength, nodeCount, edgeCount };
}

function savedText({ path, fileSize, nodeCount, edgeCount }: SavedSnapshot, format: NumberFormat): string {
  const facts = `${format.size(fileSize)}, ${format.count(nodeCount)} nodes, ${format.count(edgeCount)} edges`;
  return `${safeText(path)}: ${facts}\n`;
}

async function summarize(
  capture: Capture,
  name: string,
  options: CaptureCommandOptions,
  io: CliIo,
): Promise<void> {
  const { readSourceSummary } = await import('../snapshot-analysis.js');
  const heap = await readSourceSummary({ source: capture, name }, { ...options, compression: 'none' }, io);
  return printSummary(name, heap, options, io);
}

const TARGET_COLUMNS: readonly TableColumn[] = [
  { heading: 'Type', align: 'left' },
  { heading: 'Title', align: 'left', cut: 'end' },
  { heading: 'URL', align: 'left', cut: 'end' },
  { heading: 'Id', align: 'left' },
];

async function listTargets(options: CaptureCommandOptions, io: CliIo): Promise<void> {
  const { listTargets: list } = await import('@heapstream/capture');
  const { parseAddress } = await import('../capture-way.js');
  const address = parseAddress(options.inspect!);
  const targets = await io.interruptible((signal) => list({ ...address, signal }));
  if (options.json) return writeJson(io.stdout, { targets: targets.map(targetDocument) });
  const rows = targets.map(({ type, title, url, id }) => [type, title, url, id]);
  return writeText(io.stdout, tableText(TARGET_COLUMNS, rows, io.stdout));
}

/** A published contract: names and order stay. */
function targetDocument({ id, type, title, url }: InspectorTarget): object {
  return { id, type, title, url };
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('Expected a whole number of 1 or more.');
}

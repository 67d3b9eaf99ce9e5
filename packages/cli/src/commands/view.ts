import type { Viewer, ViewerOptions } from '@heapstream/viewer';
import { type Command, InvalidArgumentError } from 'commander';
import type { CliIo } from '../cli-io.js';
import type { CommandRun } from '../command-run.js';
import { EXIT_STATUS } from '../exit-status.js';
import { describeFailure } from '../failure-report.js';
import type { GlobalOptions } from '../global-options.js';
import { openInBrowser } from '../open-in-browser.js';
import { writeText } from '../output-stream.js';
import { safeText } from '../safe-text.js';
import { WrongUsageError } from '../wrong-usage-error.js';

interface ViewOptions extends GlobalOptions {
  readonly port: number;
  readonly open: boolean;
}

const MAX_PORT = 65_535;

export function addViewCommand(program: Command, run: CommandRun): void {
  const { io } = run;
  const command = program
    .command('view')
    .description('shows snapshots in the browser: a page served on this machine alone, until Ctrl-C')
    .argument('<files...>', 'one or more snapshots, also compressed, the oldest first')
    .option('--port <number>', 'of the loopback address (default: one that is free)', parsePort, 0)
    .option('--no-open', 'only print the address');
  command.action(async (files: readonly string[]) => {
    const options = command.optsWithGlobals<ViewOptions>();
    if (files.includes('-')) throw new WrongUsageError('view needs files, not standard input');
    await io.interruptible((signal) => serve(files, options, io, signal));
    run.exitStatus = EXIT_STATUS.interrupted;
  });
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= MAX_PORT)) throw new InvalidArgumentError(`Expected a number from 0 to ${MAX_PORT}.`);
  return port;
}

/** Until the signal fires; rejects where the viewer does not start, or no snapshot opens. */
async function serve(
  files: readonly string[],
  options: ViewOptions,
  io: CliIo,
  signal: AbortSignal,
): Promise<void> {
  const progress = await LoadingLine.on(io);
  const viewer = await start({
    files,
    port: options.port,
    index: options.index,
    compression: options.compression,
    memory: options.ignoreMemory ? 'ignore' : 'check',
    onProgress: (state) => progress.show(state),
  });
  try {
    await writeText(io.stdout, [`${viewer.url}\n`]);
    if (options.open) await openInBrowser(viewer.url, io);
    await untilAborted(viewer.loaded, signal);
    progress.end();
    if (!signal.aborted) reportLoading(viewer, files, io);
    await untilAborted(new Promise(() => {}), signal);
  } finally {
    progress.end();
    await viewer.close();
  }
}

async function start(options: ViewerOptions): Promise<Viewer> {
  const { startViewer } = await import('@heapstream/viewer');
  try {
    return await startViewer(options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new WrongUsageError(`port ${options.port} is taken`);
    if (code === 'EACCES') throw new WrongUsageError(`port ${options.port} is not allowed to this user`);
    throw error;
  }
}

/** Tells what did not open, and warnings; throws where nothing did. */
function reportLoading({ failures, state }: Viewer, files: readonly string[], io: CliIo): void {
  if (failures.length === files.length) throw failures[0];
  for (const failure of failures) io.stderr.write(`${describeFailure(failure).line}\n`);
  for (const { facts, name } of state.snapshots) {
    for (const warning of facts?.warnings ?? []) {
      io.stderr.write(`warning: ${safeText(name)}: ${safeText(warning)}\n`);
    }
  }
}

/** When the work has settled, or the signal fires. */
async function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([work, aborted]);
}

type State = Parameters<NonNullable<ViewerOptions['onProgress']>>[0];

/** On a terminal a line that says how far loading has come. */
class LoadingLine {
  static async on({ stderr }: CliIo): Promise<LoadingLine> {
    if (!stderr.isTTY) return new LoadingLine(undefined);
    const { ProgressBar } = await import('../progress-bar.js');
    return new LoadingLine(new ProgressBar(stderr));
  }

  readonly #bar: import('../progress-bar.js').ProgressBar | undefined;
  #hasEnded = false;

  private constructor(bar: import('../progress-bar.js').ProgressBar | undefined) {
    this.#bar = bar;
  }

  show({ snapshots }: State): void {
    if (this.#hasEnded) return;
    const loading = snapshots.find(({ progress }) => progress !== null);
    if (loading?.progress) this.#bar?.showShare(loading.progress.share, loading.name);
  }

  end(): void {
    this.#hasEnded = true;
    this.#bar?.stop();
  }
}

import type { OpenOptions, SnapshotWarning } from '@heapstream/core';
import type { CliIo } from './cli-io.js';
import type { GlobalOptions } from './global-options.js';
import type { CommandProgress } from './progress-bar.js';
import { safeText } from './safe-text.js';
import { WrongUsageError } from './wrong-usage-error.js';

/** How people and commands write "standard input". */
const STDIN = '-';

/** Describes the argument in the help of every command that takes a snapshot. */
export const SNAPSHOT_ARGUMENT =
  'a .heapsnapshot, also compressed (gzip, zlib, zstd, brotli); - reads standard input';

export interface ProgressOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CommandProgress) => void;
}

type Source = string | AsyncIterable<Uint8Array>;
type SourceOptions = Omit<OpenOptions, 'signal' | 'onProgress'> & ProgressOptions;

/** A snapshot, and what errors call it where it has no path. */
export interface NamedSource {
  readonly source: Source;
  readonly name?: string;
}

/**
 * Hands the snapshot that the user named to `read`, with a progress bar on a terminal, stops it on Ctrl-C, and prints
 * the warnings of what comes back.
 */
export function readSnapshot<T extends { readonly warnings: readonly SnapshotWarning[] }>(
  read: (source: Source, options: SourceOptions) => Promise<T>,
  file: string,
  options: GlobalOptions,
  io: CliIo,
): Promise<T> {
  return readSnapshots(([source], sourceOptions) => read(source, sourceOptions), [file], options, io);
}

/** The same for several snapshots, of which one may come from standard input. */
export async function readSnapshots<T extends { readonly warnings: readonly SnapshotWarning[] }>(
  read: (sources: readonly Source[], options: SourceOptions) => Promise<T>,
  files: readonly string[],
  options: GlobalOptions,
  io: CliIo,
): Promise<T> {
  const fromStdin = files.filter((file) => file === STDIN).length;
  if (fromStdin > 1) throw new WrongUsageError('only one snapshot can come from standard input');
  if (fromStdin > 0 && options.index) {
    throw new WrongUsageError('--index needs a file, not standard input');
  }
  const sources = files.map((file) => (file === STDIN ? io.stdin : file));
  const name = files[0] === STDIN ? '<stdin>' : undefined;
  try {
    return await withProgress((sourceOptions) => read(sources, sourceOptions), name, options, io);
  } finally {
    // An open standard input would keep the process alive after a failure.
    if (fromStdin > 0) io.stdin.destroy();
  }
}

/** The same for a source that is no file. */
export function readSource<T extends { readonly warnings: readonly SnapshotWarning[] }>(
  read: (source: Source, options: SourceOptions) => Promise<T>,
  { source, name }: NamedSource,
  options: GlobalOptions,
  io: CliIo,
): Promise<T> {
  return withProgress((sourceOptions) => read(source, sourceOptions), name, options, io);
}

async function withProgress<T extends { readonly warnings: readonly SnapshotWarning[] }>(
  read: (options: SourceOptions) => Promise<T>,
  name: string | undefined,
  { compression, ignoreMemory, index = false }: GlobalOptions,
  io: CliIo,
): Promise<T> {
  const bar = io.stderr.isTTY ? new (await import('./progress-bar.js')).ProgressBar(io.stderr) : undefined;
  try {
    const result = await io.interruptible((signal) =>
      read({
        ...(name !== undefined && { name }),
        compression,
        memory: ignoreMemory ? 'ignore' : 'check',
        index: index && { onProgress: (progress) => bar?.update(progress) },
        signal,
        onProgress: (progress) => bar?.update(progress),
      }),
    );
    bar?.stop();
    for (const { message } of result.warnings) io.stderr.write(`warning: ${safeText(message)}\n`);
    return result;
  } finally {
    bar?.stop();
  }
}

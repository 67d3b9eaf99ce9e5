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

type SnapshotReader<T> = (
  source: string | AsyncIterable<Uint8Array>,
  options: Omit<OpenOptions, 'signal' | 'onProgress'> & ProgressOptions,
) => Promise<T>;

/**
 * Hands the snapshot that the user named to `read`, with a progress bar on a terminal, stops it on Ctrl-C, and prints
 * the warnings of what comes back.
 */
export async function readSnapshot<T extends { readonly warnings: readonly SnapshotWarning[] }>(
  read: SnapshotReader<T>,
  file: string,
  options: GlobalOptions,
  io: CliIo,
): Promise<T> {
  if (file === STDIN && options.index) throw new WrongUsageError('--index needs a file, not standard input');
  if (file !== STDIN) return readSource(read, { source: file }, options, io);
  try {
    return await readSource(read, { source: io.stdin, name: '<stdin>' }, options, io);
  } finally {
    // An open standard input would keep the process alive after a failure.
    io.stdin.destroy();
  }
}

/** A snapshot, and what errors call it where it has no path. */
export interface NamedSource {
  readonly source: string | AsyncIterable<Uint8Array>;
  readonly name?: string;
}

/** The same for any source. */
export async function readSource<T extends { readonly warnings: readonly SnapshotWarning[] }>(
  read: SnapshotReader<T>,
  { source, name }: NamedSource,
  { compression, ignoreMemory, index = false }: GlobalOptions,
  io: CliIo,
): Promise<T> {
  const bar = io.stderr.isTTY ? new (await import('./progress-bar.js')).ProgressBar(io.stderr) : undefined;
  try {
    const result = await io.interruptible((signal) =>
      read(source, {
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

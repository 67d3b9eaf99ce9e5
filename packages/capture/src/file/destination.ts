import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CaptureError } from '../errors.js';

/** Where a snapshot is written. */
export interface FileDestination {
  /** Default: the working directory. It must exist. */
  readonly directory?: string;
  /** Default: `Heap.<date>.<time>.<target>.heapsnapshot`, with `.gz` where it is compressed. */
  readonly filename?: string;
  /** Compresses with gzip, which makes snapshots five to seven times smaller. */
  readonly gzip?: boolean;
}

/** A destination that was looked at. */
export interface CheckedDestination {
  /** Absolute. */
  readonly path: string;
  readonly directory: string;
  readonly gzip: boolean;
}

/**
 * Fails before the target is touched: `NO_DIRECTORY`, `NO_PERMISSION`, or `FILE_FAILED` where the path is a directory.
 * `label` and `extension` make the default name.
 */
export async function checkDestination(
  destination: string | FileDestination | undefined,
  label: string,
  extension = 'heapsnapshot',
): Promise<CheckedDestination> {
  const {
    directory = '.',
    gzip = false,
    filename = `Heap.${timestamp(new Date())}.${label}.${extension}${gzip ? '.gz' : ''}`,
  } = typeof destination === 'string' ? { filename: destination } : (destination ?? {});
  const path = resolve(directory, filename);
  const parent = dirname(path);
  const folder = await stat(parent).catch(() => undefined);
  if (!folder?.isDirectory()) throw new CaptureError('NO_DIRECTORY', `${parent}: no such directory`);
  await access(parent, constants.W_OK | constants.X_OK).catch((cause) => {
    throw new CaptureError('NO_PERMISSION', `${parent}: no permission to write`, { cause });
  });
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new CaptureError('FILE_FAILED', `${path}: is a directory, not a file`);
  }
  return { path, directory: parent, gzip };
}

/** The name under which a file is written until it is whole: in the same directory, hidden. */
export function temporaryPath({ path, directory }: CheckedDestination): string {
  const random = Math.random().toString(36).slice(2, 10);
  return join(directory, `.${path.slice(directory.length + 1)}.${process.pid}.${random}.partial`);
}

/** `20261122.203421`, as V8 names its files. */
function timestamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${date}.${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

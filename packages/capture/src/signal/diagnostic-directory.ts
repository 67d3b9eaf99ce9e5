import { readlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/**
 * The directory in which a process writes its snapshots: `--diagnostic-dir`, or its working directory, as a path that
 * works for us, also where the process sees other file systems (a container).
 */
export async function findDiagnosticDirectory(pid: number, option: string | undefined): Promise<string> {
  const [ownMounts, mounts, cwd] = await Promise.all([
    readlink('/proc/self/ns/mnt').catch(() => ''),
    readlink(`/proc/${pid}/ns/mnt`).catch(() => ''),
    readlink(`/proc/${pid}/cwd`).catch(() => undefined),
  ]);
  const isForeign = mounts !== '' && mounts !== ownMounts;
  if (option !== undefined && isAbsolute(option))
    return isForeign ? join(`/proc/${pid}/root`, option) : option;
  // the link itself leads into another container, its text does not
  const base = isForeign || cwd === undefined ? `/proc/${pid}/cwd` : cwd;
  return join(base, option ?? '');
}

/** Names as V8 makes them: `Heap.<date>.<time>.<pid>.<thread>.<number>.heapsnapshot`. */
export function isSnapshotOf(filename: string, pid: number): boolean {
  const [, named] = /^Heap\.\d{8}\.\d{6}\.(\d+)\.\d+\.\d+\.heapsnapshot$/.exec(filename) ?? [];
  return named === String(pid);
}

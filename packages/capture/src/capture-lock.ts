import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError } from './errors.js';

/** Keys that this process holds. */
const held = new Set<string>();

/** What is captured: one capture of it at a time, over all processes of this machine. */
export type LockKey = { readonly pid: number } | { readonly address: string };

/**
 * Takes the lock of a process; throws `BUSY` where somebody has it. The function returned gives it back. A lock whose
 * owner has died is taken over.
 */
export function takeCaptureLock(key: LockKey): () => void {
  const name = 'pid' in key ? `pid-${key.pid}` : key.address.replace(/[^\w.-]+/g, '_').slice(0, 150);
  const what = 'pid' in key ? `process ${key.pid}` : key.address;
  if (held.has(name)) throw busy(what, process.pid);
  const file = join(tmpdir(), `heapstream-capture-${name}.lock`);
  createLockFile(file, what);
  held.add(name);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    held.delete(name);
    rmSync(file, { force: true });
  };
}

function createLockFile(file: string, what: string): void {
  for (let isSecondTry = false; ; isSecondTry = true) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new CaptureError('FILE_FAILED', `${file}: ${(error as Error).message}`, { cause: error });
      }
      const owner = readOwner(file);
      if (isSecondTry || isAlive(owner, file)) throw busy(what, owner);
      rmSync(file, { force: true });
    }
  }
}

/** `undefined`: the file is another user's, or its owner is about to write it. */
function readOwner(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number | undefined, file: string): boolean {
  if (pid === undefined) return true;
  // another thread's, or left by an earlier process with the same number
  if (pid === process.pid) return modifiedAt(file) >= Date.now() - process.uptime() * 1000;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function busy(what: string, owner: number | undefined): CaptureError {
  const by = owner === undefined ? '' : owner === process.pid ? ', by this process' : `, by process ${owner}`;
  return new CaptureError('BUSY', `another capture of ${what} is under way${by}`);
}

import { readFile } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';

/** Memory that a process may still take. */
export interface AvailableMemory {
  readonly bytes: number;
  /** Which bound is the nearest: that of the machine, or of a control group (a container). */
  readonly limitedBy: 'system' | 'cgroup';
}

/** Above this a limit of a control group means "none". */
const NO_LIMIT = 2 ** 60;

interface Folders {
  readonly proc: string;
  readonly cgroup: string;
}
const FOLDERS: Folders = { proc: '/proc', cgroup: '/sys/fs/cgroup' };

/**
 * What the process `pid` (this one by default) may still take before the system or one of its control groups runs out:
 * `MemAvailable`, and limit less usage plus file cache of every group above it, version 1 and 2. Elsewhere than on
 * Linux, the free memory of the machine.
 */
export async function readAvailableMemory(
  pid: number | 'self' = 'self',
  folders: Folders = FOLDERS,
): Promise<AvailableMemory> {
  const system = await readSystemMemory(folders);
  const groups = await readGroupMemory(pid, folders);
  const least = Math.min(system, ...groups);
  return { bytes: Math.max(0, least), limitedBy: least < system ? 'cgroup' : 'system' };
}

async function readSystemMemory({ proc }: Folders): Promise<number> {
  const text = await readText(join(proc, 'meminfo'));
  const [, kibibytes] = /^MemAvailable:\s+(\d+) kB$/m.exec(text) ?? [];
  return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024;
}

/** What is left in each control group that the process is in. */
async function readGroupMemory(pid: number | 'self', { proc, cgroup }: Folders): Promise<number[]> {
  const lines = (await readText(join(proc, String(pid), 'cgroup'))).trim().split('\n');
  const left: number[] = [];
  for (const line of lines) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    if (controllers === '') left.push(...(await readBranch(cgroup, path, VERSION_2)));
    if (controllers.split(',').includes('memory')) {
      left.push(...(await readBranch(join(cgroup, 'memory'), path, VERSION_1)));
    }
  }
  return left;
}

interface GroupFiles {
  readonly limit: string;
  readonly usage: string;
  /** The key in `memory.stat` of file cache that the system can take back at once. */
  readonly cache: RegExp;
}
const VERSION_1: GroupFiles = {
  limit: 'memory.limit_in_bytes',
  usage: 'memory.usage_in_bytes',
  cache: /^total_inactive_file (\d+)$/m,
};
const VERSION_2: GroupFiles = {
  limit: 'memory.max',
  usage: 'memory.current',
  cache: /^inactive_file (\d+)$/m,
};

/** The group and all above it. Inside a container the path may be one of the host: the mount's own top counts then. */
async function readBranch(mount: string, path: string, files: GroupFiles): Promise<number[]> {
  const left: number[] = [];
  const names = path.split('/').filter((name) => name !== '' && name !== '..');
  for (let depth = names.length; depth >= 0; depth--) {
    const folder = join(mount, ...names.slice(0, depth));
    const limit = Number.parseInt(await readText(join(folder, files.limit)), 10);
    const usage = Number.parseInt(await readText(join(folder, files.usage)), 10);
    if (!(limit < NO_LIMIT) || Number.isNaN(usage)) continue;
    const [, cache = '0'] = files.cache.exec(await readText(join(folder, 'memory.stat'))) ?? [];
    left.push(limit - usage + Number(cache));
  }
  return left;
}

/** Empty where there is no such file: not this system, or not this version. */
async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

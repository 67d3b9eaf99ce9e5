import { freemem, totalmem } from 'node:os';
import { findTightestCgroup } from './cgroup-memory.js';
import { type SystemFiles, systemFiles } from './system-files.js';

/** What keeps a process from having more memory. */
export type MemoryLimit = 'machine' | 'cgroup' | 'budget';

/** Memory that this process can still have. */
export interface AvailableMemory {
  /** Bytes. */
  readonly bytes: number;
  readonly limitedBy: MemoryLimit;
  /** Bytes of the whole: the machine's memory, or the limit of the control group. */
  readonly total: number;
  /** Folder of the control group where that is the limit. */
  readonly cgroup?: string;
}

/**
 * How much memory this process can have before the system refuses it or kills the process: the least of what the
 * machine (swap included) and the control groups around the process leave. Reads a few small files.
 */
export function readAvailableMemory(
  files: SystemFiles = systemFiles(),
  platform: NodeJS.Platform = process.platform,
): AvailableMemory {
  const machine = readMachine(files, platform);
  const cgroup = platform === 'linux' ? findTightestCgroup(files) : undefined;
  if (cgroup === undefined || cgroup.available >= machine.bytes) return machine;
  return { bytes: cgroup.available, limitedBy: 'cgroup', total: cgroup.limit, cgroup: cgroup.folder };
}

function readMachine(files: SystemFiles, platform: NodeJS.Platform): AvailableMemory {
  const total = totalmem();
  const machine = (bytes: number, of = total): AvailableMemory => ({
    bytes,
    limitedBy: 'machine',
    total: of,
  });
  if (platform === 'linux') {
    const text = files.read('/proc/meminfo') ?? '';
    const available = meminfo(text, 'MemAvailable');
    if (available !== undefined) {
      return machine(available + (meminfo(text, 'SwapFree') ?? 0), meminfo(text, 'MemTotal'));
    }
  }
  // "free" is what nothing was ever put into: other systems than these fill it with caches, and compress before they refuse
  return machine(platform === 'linux' || platform === 'win32' ? freemem() : total);
}

/** Bytes of a row of /proc/meminfo. */
function meminfo(text: string, key: string): number | undefined {
  const match = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text);
  return match ? Number(match[1]) * 1024 : undefined;
}

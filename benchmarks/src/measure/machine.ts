import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

/** Where a run took place, and how much of the machine it had. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly platform: string;
  readonly node: string;
  /** Load average of the last minute when the run began. */
  readonly loadBefore: number;
  /** Processor time that others used while it ran, as a share of all cores: 0 is an idle machine; `null` where unknown. */
  readonly usedByOthers: number | null;
}

/** A share of the machine that others may use before the report says that it was not idle. */
export const IDLE_SHARE = 0.05;

/** Starts watching the machine; the function returned ends it. */
export function watchMachine(): () => Machine {
  const loadBefore = loadavg()[0];
  const before = othersMilliseconds();
  const started = performance.now();
  return () => {
    const capacity = (performance.now() - started) * cpus().length;
    const after = othersMilliseconds();
    return {
      processor: cpus()[0].model.trim(),
      cores: cpus().length,
      memoryBytes: totalmem(),
      platform: `${process.platform} ${process.arch}`,
      node: process.versions.node,
      loadBefore,
      usedByOthers: before === null || after === null ? null : Math.max(0, (after - before) / capacity),
    };
  };
}

/** Processor time of all processes less that of this one and of its children that have ended. Linux only. */
function othersMilliseconds(): number | null {
  if (process.platform !== 'linux') return null;
  const busy = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  // behind the command's name: state is field 3; utime, stime, cutime and cstime are 14 to 17, in 1/100 s
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  const own = fields.slice(14 - 3, 18 - 3).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
  return busy - own;
}

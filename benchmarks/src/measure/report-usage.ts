// Loaded with `--import` into the command that is measured: tells what it used, on file descriptor 3, when it ends.
import { writeSync } from 'node:fs';

export interface CommandUsage {
  /** Processor time of all threads, seconds. */
  readonly processorSeconds: number;
  /** Most memory at any time, bytes. */
  readonly peakRss: number;
}

process.on('exit', () => {
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage();
  const usage: CommandUsage = {
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakRss: maxRSS * 1024,
  };
  writeSync(3, JSON.stringify(usage));
});

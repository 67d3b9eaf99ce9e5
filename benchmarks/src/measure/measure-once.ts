// Runs in a process of its own: measure-once <engine> <task> <file> [later file]. Prints one Measurement as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { engineNamed } from '../engines/index.js';
import type { Measurement } from './measurement.js';

const [engineName, taskName, file, later] = process.argv.slice(2);
const load = engineNamed(engineName).tasks?.[taskName];
if (load === undefined) throw new Error(`the engine ${engineName} has no task ${taskName}`);

const work = await load();
const started = performance.now();
const readAnswer = await work(file, later);
const milliseconds = performance.now() - started;
// before the answer is read, which may need memory of its own
const peakRss = readPeakRss();
const answer = readAnswer();
const { user, system } = process.cpuUsage();
const measurement: Measurement = { answer, milliseconds, peakRss, cpuMilliseconds: (user + system) / 1000 };
writeFileSync(1, JSON.stringify(measurement));
// some leave threads or timers behind
process.exit(0);

/** `maxRSS` also counts the parent's memory before exec on Linux, `VmHWM` does not. */
function readPeakRss(): number {
  if (process.platform === 'linux') {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}

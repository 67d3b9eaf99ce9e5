// bench-capture [--megabytes 500]: passes a snapshot of that size through a capture, to a file and into a histogram, and
// measures the memory of the capturing process. Ends with status 1 where it takes more than the bound.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { CaptureMeasurement } from './measure/capture-measurement.js';
import { startStandIn } from './measure/stand-in-inspector.js';

const BOUND_BYTES = 150e6;
const MODES = ['file', 'gzip', 'stream'] as const;

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '500' } } });
const bytes = Number(values.megabytes) * 1e6;
if (!(bytes > 0)) {
  console.error('usage: npm run bench:capture -- [--megabytes 500]');
  process.exit(2);
}

const standIn = await startStandIn(bytes);
let holds = true;
console.log('| what | snapshot, MB | seconds | MB/s | peak RSS, MB |\n|---|--:|--:|--:|--:|');
for (const mode of MODES) {
  const { byteLength, milliseconds, peakRss } = await measure(mode);
  holds &&= peakRss < BOUND_BYTES;
  const cells = [
    mode,
    Math.round(byteLength / 1e6),
    (milliseconds / 1000).toFixed(1),
    Math.round(byteLength / 1e3 / milliseconds),
    Math.round(peakRss / 1e6),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
console.log(
  `\n${holds ? 'ok' : 'BROKEN'}: less than ${BOUND_BYTES / 1e6} MB, whatever the size of the snapshot`,
);
await standIn.close();
process.exitCode = holds ? 0 : 1;

/** In a process of its own, so that the stand-in's memory is not in it. */
async function measure(mode: (typeof MODES)[number]): Promise<CaptureMeasurement> {
  const program = fileURLToPath(new URL('./measure/measure-capture.js', import.meta.url));
  const child = fork(program, [String(standIn.port), mode]);
  const [measurement] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([status]) => Promise.reject(new Error(`${mode}: ended with ${status}`))),
  ]);
  return measurement as CaptureMeasurement;
}

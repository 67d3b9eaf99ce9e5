// measure-capture <port> <file|gzip|stream>: one capture; sends what it measured to the parent. `stream` takes the chunks
// and forgets them, as somebody who sends them elsewhere does.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureFromInspector } from '@heapstream/capture';
import type { CaptureMeasurement } from './capture-measurement.js';

const [port, mode] = process.argv.slice(2);
// the disk of the machine is not what is measured, but must hold it
const directory = mkdtempSync(join(tmpdir(), 'heapstream-bench-'));
try {
  const started = performance.now();
  const byteLength = await capture();
  const milliseconds = performance.now() - started;
  const measurement: CaptureMeasurement = { byteLength, milliseconds, peakRss: readPeakRss() };
  process.send?.(measurement);
} finally {
  rmSync(directory, { recursive: true });
  process.disconnect();
}

async function capture(): Promise<number> {
  const source = captureFromInspector({ port: Number(port), force: true });
  if (mode !== 'stream') {
    const saved = await source.toFile({ directory, gzip: mode === 'gzip' });
    return saved.byteLength;
  }
  let byteLength = 0;
  for await (const chunk of source) byteLength += chunk.length;
  return byteLength;
}

function readPeakRss(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kibibytes) * 1024;
}

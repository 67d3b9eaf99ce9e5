import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { measureProcess } from '../src/measure/measure-process.js';

const run = (code: string, options = {}) => measureProcess(process.execPath, ['-e', code], options);

it('takes the output, and what the process cost at its peak', async () => {
  const filled = 'const a = Buffer.alloc(200e6, 1); console.log(a.length); new Uint8Array(1);';
  const { stdout, peakRss, milliseconds, cpuMilliseconds } = await run(filled);
  expect(stdout).toBe('200000000\n');
  expect(peakRss).toBeGreaterThan(200e6);
  expect(peakRss).toBeLessThan(600e6);
  expect(milliseconds).toBeGreaterThan(0);
  expect(cpuMilliseconds).toBeGreaterThan(0);
});

it('says in a few words why a process failed', async () => {
  await expect(run('throw new RangeError("Invalid string length")')).rejects.toThrow(
    /^Invalid string length \(after \d+ s, at [\d.]+ GB\)$/,
  );
  await expect(run('process.exit(3)')).rejects.toThrow(/^ends with status 3 /);
  await expect(run('process.kill(process.pid, "SIGKILL")')).rejects.toThrow(/^ended by (signal 9|SIGKILL) /);
  await expect(measureProcess('/nowhere/at-all', [])).rejects.toThrow(/nowhere/);
});

it('ends what takes too long, and its children', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heapstream-bench-test-'));
  const pidFile = join(folder, 'pid');
  try {
    const endless = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => 0, 1000)`;
    await expect(run(endless, { timeoutMilliseconds: 2000 })).rejects.toThrow('not done after 0 minutes');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 10_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSnapshot } from '@heapstream/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type CaptureProgress, captureBySignal } from '../../src/index.js';
import { NodeProcess } from '../support/node-process.js';
import { rejectionOf } from '../support/rejection.js';
import { smallDisk } from '../support/small-disk.js';
import { countObjects, expectSoundSnapshot } from '../support/snapshot-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const HELD = { className: 'HeldItem', count: 100 };
const FLAG = '--heapsnapshot-signal=SIGUSR2';

/** Where the target works and writes. */
function workFolder(): string {
  return mkdtempSync(join(folder, 'work-'));
}

describe('captureBySignal', () => {
  test('moves the file that the process wrote into its working directory', async () => {
    const cwd = workFolder();
    const target = await NodeProcess.start({ nodeArguments: [FLAG], cwd });
    writeFileSync(join(cwd, `Heap.20200101.000000.${target.pid}.0.001.heapsnapshot`), 'an older one');
    const progress: CaptureProgress[] = [];
    const onProgress = (step: CaptureProgress) => progress.push(step);
    const saved = await captureBySignal(target.pid, { onProgress }).toFile(join(folder, 'a.heapsnapshot'));
    await expectSoundSnapshot(saved, HELD);
    expect(readdirSync(cwd)).toEqual([`Heap.20200101.000000.${target.pid}.0.001.heapsnapshot`]);
    expect(progress[0]).toEqual({ phase: 'wait', done: 0, total: undefined });
    expect(progress.at(-1)).toEqual({ phase: 'transfer', done: saved.byteLength, total: undefined });
    expect(await target.answers()).toBe(true);
  });

  test('finds --diagnostic-dir, and the flags in NODE_OPTIONS; compresses', async () => {
    const cwd = workFolder();
    mkdirSync(join(cwd, 'my dumps'));
    const env = { NODE_OPTIONS: `${FLAG} --diagnostic-dir="my dumps"` };
    const target = await NodeProcess.start({ cwd, env });
    const { path, ...saved } = await captureBySignal(target.pid).toFile({ directory: cwd, gzip: true });
    expect(path).toMatch(new RegExp(`/Heap\\.\\d{8}\\.\\d{6}\\.${target.pid}\\.heapsnapshot\\.gz$`));
    await expectSoundSnapshot({ path, ...saved }, HELD);
    expect(readdirSync(join(cwd, 'my dumps'))).toEqual([]);
  });

  test('goes straight into openSnapshot, and leaves no file', async () => {
    const cwd = workFolder();
    const target = await NodeProcess.start({ nodeArguments: [FLAG], cwd });
    expect(countObjects(await openSnapshot(captureBySignal(target.pid)), 'HeldItem')).toBe(100);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('copies where the file is to go to another file system', async () => {
    const cwd = workFolder();
    const target = await NodeProcess.start({ nodeArguments: [FLAG], cwd });
    const elsewhere = mkdtempSync('/dev/shm/heapstream-test-');
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    await expectSoundSnapshot(await captureBySignal(target.pid).toFile({ directory: elsewhere }), HELD);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.each([
    ['runs without the flag', [], [], undefined, /runs without --heapsnapshot-signal/],
    ['has the flag behind its script only', [], [FLAG], undefined, /runs without --heapsnapshot-signal/],
    ['has a handler of its own only', [], ['caught'], undefined, /runs without --heapsnapshot-signal/],
    ['listens to another signal', ['--heapsnapshot-signal=SIGPROF'], [], 'SIGUSR2', /SIGUSR2 might end it/],
  ] as const)(
    'refuses a process that %s, and sends nothing',
    async (_, nodeArguments, own, snapshotSignal, message) => {
      const target = await NodeProcess.start({ nodeArguments, arguments: own });
      const options = snapshotSignal === undefined ? {} : { snapshotSignal };
      const error = await rejectionOf(captureBySignal(target.pid, options).toFile(join(folder, 'no')));
      expect(error).toMatchObject({ code: 'NOT_ENABLED', message: expect.stringMatching(message) });
      expect(await target.answers()).toBe(true);
    },
  );

  test('the process is killed while it writes', async () => {
    const cwd = workFolder();
    const target = await NodeProcess.start({ nodeArguments: [FLAG], cwd, arguments: ['large'] });
    const onProgress = ({ phase }: CaptureProgress) => phase === 'transfer' && void target.kill();
    const output = workFolder();
    const work = captureBySignal(target.pid, { onProgress }).toFile({ directory: output });
    expect((await rejectionOf(work)).code).toBe('TARGET_GONE');
    expect([readdirSync(cwd), readdirSync(output)]).toEqual([[], []]);
  });

  test('cancelled before the process gets to it: the late file goes, too', async () => {
    const cwd = workFolder();
    const target = await NodeProcess.start({ nodeArguments: [FLAG], cwd });
    await target.block(700);
    const controller = new AbortController();
    const onProgress = () => void setTimeout(() => controller.abort(), 200);
    const output = workFolder();
    const { signal } = controller;
    const work = captureBySignal(target.pid, { signal, onProgress }).toFile({ directory: output });
    expect((await rejectionOf(work)).code).toBe('ABORTED');
    expect([readdirSync(cwd), readdirSync(output)]).toEqual([[], []]);
    expect(await target.answers()).toBe(true);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('the process takes too long', async () => {
    const cwd = workFolder();
    const target = await NodeProcess.start({ nodeArguments: [FLAG], cwd });
    await target.block(700);
    const work = captureBySignal(target.pid, { timeout: 200 }).toFile({ directory: workFolder() });
    expect(await rejectionOf(work)).toMatchObject({ code: 'TIMEOUT' });
    expect(readdirSync(cwd)).toEqual([]);
    expect(await target.answers()).toBe(true);
  });

  test('the disk of the process may be full: refused, also by force, since Node would end', async () => {
    const cwd = smallDisk('1m');
    const target = await NodeProcess.start({ nodeArguments: [FLAG], cwd });
    const output = workFolder();
    for (const force of [false, true]) {
      const error = await rejectionOf(captureBySignal(target.pid, { force }).toFile({ directory: output }));
      expect(error).toMatchObject({ code: 'REFUSED', resource: 'disk' });
      expect(error.message).toMatch(/^the snapshot may take \d+ MB, and 1\.0 MB are free in /);
    }
    expect([readdirSync(cwd), readdirSync(output)]).toEqual([[], []]);
    expect(await target.answers()).toBe(true);
  });

  test('no such process, and a process that is no Node', async () => {
    expect(await rejectionOf(captureBySignal(2 ** 22 + 1).toFile(join(folder, 'no')))).toMatchObject({
      code: 'NO_SUCH_PROCESS',
    });
    const shell = await NodeProcess.start({
      executable: '/bin/sh',
      program: '-c',
      arguments: ['echo ready; exec cat', FLAG],
    });
    expect(await rejectionOf(captureBySignal(shell.pid).toFile(join(folder, 'no')))).toMatchObject({
      code: 'NOT_NODE',
    });
    expect(readFileSync(`/proc/${shell.pid}/stat`, 'utf8')).not.toMatch(/\) [ZX]/);
  });
});

import { join } from 'node:path';
import { openSnapshot } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { captureFromInspector, openInspector } from '../../src/index.js';
import { listeningPorts } from '../../src/process/process-facts.js';
import { NodeProcess, startInspected } from '../support/node-process.js';
import { rejectionOf } from '../support/rejection.js';
import { expectSoundSnapshot } from '../support/snapshot-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
/** A port of its own, so that tests can run side by side. */
const anyPort = { nodeArguments: ['--inspect-port=0'] };

describe('openInspector', () => {
  test('captures a process that runs without --inspect, and closes its inspector again', async () => {
    const target = await NodeProcess.start(anyPort);
    expect(await listeningPorts(target.pid)).toEqual([]);
    const saved = await captureFromInspector({ pid: target.pid }).toFile(join(folder, 'a.heapsnapshot'));
    await expectSoundSnapshot(saved, { className: 'HeldItem', count: 100 });
    expect(target.stderr).toContain('Debugger listening');
    expect(await listeningPorts(target.pid)).toEqual([]);
    expect(await target.answers()).toBe(true);
    // and once more, since closing must not spoil it
    expect((await openSnapshot(captureFromInspector({ pid: target.pid }))).nodeCount).toBeGreaterThan(1000);
    expect(await listeningPorts(target.pid)).toEqual([]);
  });

  test('closes it also where the capture fails, or is cancelled', async () => {
    const target = await NodeProcess.start(anyPort);
    const { pid } = target;
    const missing = captureFromInspector({ pid, target: 'no such target' }).toFile(join(folder, 'b'));
    expect((await rejectionOf(missing)).code).toBe('NO_TARGET');
    expect(await listeningPorts(pid)).toEqual([]);
    const controller = new AbortController();
    const cancelled = captureFromInspector({
      pid,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    }).toFile(join(folder, 'b'));
    expect((await rejectionOf(cancelled)).code).toBe('ABORTED');
    expect(await listeningPorts(pid)).toEqual([]);
    expect(await target.answers()).toBe(true);
  });

  test('leaves an inspector alone that was open before', async () => {
    const target = await startInspected();
    const inspector = await openInspector(target.pid);
    expect(inspector).toMatchObject({ host: '127.0.0.1', port: target.port, wasOpen: true });
    await inspector.close();
    expect(await listeningPorts(target.pid)).toEqual([target.port]);
  });

  test('refuses what the signal would end or not reach', async () => {
    expect((await rejectionOf(openInspector(2 ** 22 + 1))).code).toBe('NO_SUCH_PROCESS');
    const shell = await NodeProcess.start({
      executable: '/bin/sh',
      program: '-c',
      arguments: ['trap "echo trapped" USR1; echo ready; while :; do sleep 0.05; done'],
    });
    const error = await rejectionOf(openInspector(shell.pid));
    expect(error).toMatchObject({ code: 'NOT_NODE', message: expect.stringMatching(/not Node$/) });
    expect(shell.stdout).not.toContain('trapped');
  });

  test('says so where the process has no time to open it', async () => {
    const target = await NodeProcess.start(anyPort);
    // the inspector opens in a thread, but answers only when the program has a turn
    await target.block(3000);
    const error = await rejectionOf(openInspector(target.pid, { timeout: 300 }));
    expect(error.code).toBe('TIMEOUT');
    expect(await target.answers()).toBe(true);
  });
});

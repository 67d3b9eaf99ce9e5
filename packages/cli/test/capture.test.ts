import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openSnapshot } from '@heapstream/core';
import { describe, expect, it } from 'vitest';
import { NodeProcess, startInspected } from '../../capture/test/support/node-process.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { heapstream } from './support/heapstream-command.js';

const folder = temporaryFolder();
const FLAG = '--heapsnapshot-signal=SIGUSR2';
const outputFolder = () => mkdtempSync(join(folder, 'out-'));

describe('heapstream capture', () => {
  it('writes a snapshot over the inspector, and says what it holds', async () => {
    const target = await startInspected();
    const output = join(folder, 'a.heapsnapshot');
    const result = await heapstream([
      'capture',
      '--inspect',
      `localhost:${target.port}`,
      '--gc',
      '--output',
      output,
    ]);
    expect(result).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\S+\/a\.heapsnapshot: [\d.]+ MB, [\d,]+ nodes, [\d,]+ edges\n$/),
      stderr: '',
    });
    expect(statSync(output).mode & 0o777).toBe(0o600);
    expect((await heapstream(['summary', output])).status).toBe(0);
  });

  it('takes a series whose ids can be compared, compressed, as JSON lines', async () => {
    const target = await startInspected();
    const cwd = outputFolder();
    const args = ['--count', '2', '--every', '50ms', '--gzip', '--output', 's.heapsnapshot.gz', '--json'];
    const { status, stdout } = await heapstream(['capture', '--inspect', String(target.port), ...args], {
      cwd,
    });
    expect(status).toBe(0);
    const documents = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(documents.map(({ file }) => file)).toEqual([
      join(cwd, 's.1.heapsnapshot.gz'),
      join(cwd, 's.2.heapsnapshot.gz'),
    ]);
    expect(Object.keys(documents[0])).toEqual(['file', 'fileSize', 'byteLength', 'nodeCount', 'edgeCount']);
    expect(gunzipSync(readFileSync(documents[0].file))).toHaveLength(documents[0].byteLength);
    const [first, second] = await Promise.all(documents.map(({ file }) => openSnapshot(file)));
    const idsOf = (graph: typeof first) =>
      Array.from({ length: graph.nodeCount }, (_, ordinal) => graph.node(ordinal))
        .filter(({ type, name }) => type === 'object' && name === 'HeldItem')
        .map(({ id }) => id);
    expect(idsOf(second).sort()).toEqual(idsOf(first).sort());
  });

  it('analyses without a file', async () => {
    const target = await startInspected();
    const cwd = outputFolder();
    const args = ['--inspect', String(target.port), '--summary', '--json', '--filter', 'HeldItem'];
    const { status, stdout } = await heapstream(['capture', ...args], { cwd });
    expect(status).toBe(0);
    expect(JSON.parse(stdout).classes).toMatchObject([{ name: 'HeldItem', count: 100 }]);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('lists targets, and captures the one that is named', async () => {
    const target = await startInspected({ arguments: ['worker'] });
    const inspect = ['capture', '--inspect', String(target.port)];
    const list = await heapstream([...inspect, '--list', '--json']);
    expect(JSON.parse(list.stdout).targets.map(({ type }: { type: string }) => type)).toEqual([
      'node',
      'worker',
    ]);
    expect((await heapstream([...inspect, '--list'])).stdout).toMatch(
      /^worker +\[worker 1\] counting worker /m,
    );
    const args = ['--target', 'counting worker', '--summary', '--json', '--filter', 'WorkerItem'];
    expect(JSON.parse((await heapstream([...inspect, ...args])).stdout).classes).toMatchObject([
      { count: 50 },
    ]);
  });

  it('by signal, by opening the inspector, or by what the process allows', async () => {
    const cwd = outputFolder();
    const listening = await NodeProcess.start({ nodeArguments: [FLAG], cwd });
    const plain = await NodeProcess.start({ nodeArguments: ['--inspect-port=0'] });
    const pid = (target: NodeProcess) => [
      'capture',
      '--pid',
      String(target.pid),
      '--output',
      join(folder, 'p.heapsnapshot'),
    ];
    for (const args of [
      [...pid(listening), '--signal', 'SIGUSR2'],
      [...pid(listening), '--signal'],
      pid(listening),
      [...pid(plain), '--open-inspector'],
    ]) {
      const { status, stderr } = await heapstream(args);
      expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: '' });
    }
    expect(readdirSync(cwd)).toEqual([]);
    const refused = await heapstream(pid(plain));
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(
      /no open inspector and no --heapsnapshot-signal: --open-inspector opens it/,
    );
    const harmful = await heapstream([...pid(plain), '--signal', 'SIGUSR2']);
    expect(harmful).toMatchObject({ status: 4, stderr: expect.stringContaining('a signal might end it') });
    expect(await plain.answers()).toBe(true);
    expect(await listening.answers()).toBe(true);
  });

  it.each([
    ['neither', ['capture'], 2, /needs either --inspect or --pid/],
    ['both', ['capture', '--inspect', '1', '--pid', '1'], 2, /needs either --inspect or --pid/],
    ['a bad address', ['capture', '--inspect', 'a:b'], 2, /expected a port, host:port or a URL/],
    ['a bad pid', ['capture', '--pid', '-1'], 2, /--pid/],
    ['a bad duration', ['capture', '--inspect', '1', '--every', 'soon'], 2, /Expected a duration/],
    ['no process', ['capture', '--pid', '4194305', '--signal'], 4, /no such process/],
    ['nobody there', ['capture', '--inspect', '1'], 4, /ECONNREFUSED/],
  ])('%s ends with one line and its status', async (_, args, status, message) => {
    const result = await heapstream(args);
    expect(result).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) });
    expect(result.stderr).toMatch(/^heapstream: [^\n]+\n$/);
  });
});

describe('heapstream doctor', () => {
  it('says which ways a process allows, and how to enable the rest', async () => {
    const plain = await NodeProcess.start({ nodeArguments: ['--inspect-port=0'] });
    const { status, stdout } = await heapstream(['doctor', '--pid', String(plain.pid)]);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^process ${plain.pid}: Node ${process.versions.node}, `));
    expect(stdout).toContain(`heapstream capture --pid ${plain.pid} --open-inspector`);
    expect(stdout).toContain('start it with --heapsnapshot-signal=SIGUSR2');
    expect(stdout).toMatch(/^memory +[\d.]+ \w+ to [\d.]+ \w+ more; [\d.]+ \w+ available/m);
  });

  it('prints JSON', async () => {
    const cwd = outputFolder();
    const target = await startInspected({ nodeArguments: [FLAG], cwd });
    const { stdout } = await heapstream(['doctor', '--pid', String(target.pid), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      pid: target.pid,
      isNode: true,
      nodeVersion: process.versions.node,
      inspector: { state: 'ready', reason: null, port: target.port },
      signal: { state: 'ready', reason: null, snapshotSignal: 'SIGUSR2', directory: cwd },
      inProcess: { state: 'possible', reason: 'own-code' },
      cost: { isUpperBound: true, isSlowWriter: expect.any(Boolean) },
    });
  });

  it('knows what is no Node, and what is nothing', async () => {
    const shell = await NodeProcess.start({
      executable: '/bin/sh',
      program: '-c',
      arguments: ['echo ready; exec cat'],
    });
    const { status, stdout } = await heapstream(['doctor', '--pid', String(shell.pid)]);
    expect(status).toBe(0);
    expect(stdout).toContain('inspector   no: it is not Node\n');
    expect(await heapstream(['doctor', '--pid', '4194305'])).toMatchObject({
      status: 4,
      stderr: 'heapstream: process 4194305: no such process\n',
    });
  });
});

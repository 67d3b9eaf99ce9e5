// check-capture <node>…: captures processes of these Node binaries in each way, and tells what came of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CaptureSession, captureBySignal, captureFromInspector, diagnoseProcess } from '@heapstream/capture';
import { openSnapshot } from '@heapstream/core';

const TARGET = fileURLToPath(new URL('../packages/capture/test/support/target.cjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'heapstream-check-'));
let failures = 0;

async function withTarget(node, nodeArguments, use) {
  const child = spawn(node, [...nodeArguments, TARGET, 'worker'], { cwd: folder, env: {} });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  try {
    await once(child.stdout, 'data');
    const port = Number(/ws:\/\/[\d.]+:(\d+)\//.exec(stderr)?.[1]);
    const result = await use({ pid: child.pid, port });
    await sleep(100);
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error('the target did not survive it');
    return result;
  } finally {
    child.kill('SIGKILL');
  }
}

function heldItems(graph, className) {
  const ids = [];
  for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
    const { type, name, id } = graph.node(ordinal);
    if (type === 'object' && name === className) ids.push(id);
  }
  return ids.sort((a, b) => a - b);
}

function expectEqual(actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    throw new Error(`${actual} instead of ${expected}`);
}

const inspect = ['--inspect=127.0.0.1:0'];
const WAYS = {
  inspector: (node) =>
    withTarget(node, inspect, async ({ port }) => {
      const { path } = await captureFromInspector({ port, gc: true }).toFile({
        directory: folder,
        gzip: true,
      });
      expectEqual(heldItems(await openSnapshot(path), 'HeldItem').length, 100);
      rmSync(path);
    }),
  worker: (node) =>
    withTarget(node, inspect, async ({ port }) => {
      const graph = await openSnapshot(captureFromInspector({ port, target: 'counting worker' }));
      expectEqual(heldItems(graph, 'WorkerItem').length, 50);
    }),
  session: (node) =>
    withTarget(node, inspect, async ({ port }) => {
      const session = await CaptureSession.open({ port });
      const first = heldItems(await openSnapshot(session.snapshot()), 'HeldItem');
      expectEqual(heldItems(await openSnapshot(session.snapshot()), 'HeldItem'), first);
      await session.close();
    }),
  'open inspector': (node) =>
    withTarget(node, ['--inspect-port=0'], async ({ pid }) => {
      const graph = await openSnapshot(captureFromInspector({ pid }));
      expectEqual(heldItems(graph, 'HeldItem').length, 100);
      expectEqual((await diagnoseProcess(pid)).inspector.state, 'possible');
    }),
  signal: (node) =>
    withTarget(node, ['--heapsnapshot-signal=SIGUSR2'], async ({ pid }) => {
      expectEqual(heldItems(await openSnapshot(captureBySignal(pid)), 'HeldItem').length, 100);
    }),
  cancelled: (node) =>
    withTarget(node, inspect, async ({ port }) => {
      const controller = new AbortController();
      const { signal } = controller;
      const onProgress = ({ phase }) => phase === 'transfer' && controller.abort();
      const work = captureFromInspector({ port, signal, onProgress }).toFile({ directory: folder });
      expectEqual(await work.catch(({ code }) => code), 'ABORTED');
    }),
};

for (const node of process.argv.slice(2)) {
  for (const [way, run] of Object.entries(WAYS)) {
    let verdict = 'ok';
    try {
      await run(node);
      expectEqual(readdirSync(folder), []);
    } catch (error) {
      failures++;
      verdict = `FAILED: ${error.message}`;
    }
    console.log(`${node}  ${way.padEnd(14)}  ${verdict}`);
  }
}
rmSync(folder, { recursive: true });
process.exit(failures === 0 ? 0 : 1);

import { join } from 'node:path';
import { openSnapshot } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { CaptureSession } from '../../src/index.js';
import { type NodeProcess, startInspected } from '../support/node-process.js';
import { rejectionOf } from '../support/rejection.js';
import { countObjects } from '../support/snapshot-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
type Graph = Awaited<ReturnType<typeof openSnapshot>>;

/** id → class of the objects that a test put on the heap. */
function heldIds(graph: Graph): Set<number> {
  const ids = new Set<number>();
  for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
    const { id, name, type } = graph.node(ordinal);
    if (type === 'object' && name === 'HeldItem') ids.add(id);
  }
  return ids;
}

async function growth(target: NodeProcess, first: () => Promise<Graph>, second: () => Promise<Graph>) {
  const before = heldIds(await first());
  target.send('grow');
  expect(await target.answers()).toBe(true);
  const after = heldIds(await second());
  return { before: before.size, after: after.size, shared: [...before].filter((id) => after.has(id)).length };
}

describe('CaptureSession', () => {
  test('keeps object ids over its captures', async () => {
    const target = await startInspected();
    const session = await CaptureSession.open({ port: target.port });
    const inSession = () => openSnapshot(session.snapshot());
    expect(await growth(target, inSession, inSession)).toEqual({ before: 100, after: 110, shared: 100 });
    await session.close();
  });

  test('takes three snapshots to files, and tells what one costs', async () => {
    const target = await startInspected();
    const session = await CaptureSession.open({ port: target.port });
    const cost = await session.estimate();
    expect(cost.nodeMajor).toBe(Number.parseInt(process.versions.node, 10));
    expect(cost.heapBytes).toBeGreaterThan(1e6);
    expect(cost.available!.bytes).toBeGreaterThan(1e6);
    for (const turn of [1, 2, 3]) {
      const saved = await session.snapshot().toFile(join(folder, `${turn}.heapsnapshot`));
      expect(saved.nodeCount).toBeGreaterThan(1000);
      expect(saved.byteLength).toBeLessThan(cost.fileSize * 2);
    }
    await session.close();
    await session.close();
    expect(session.isOpen).toBe(false);
    expect((await rejectionOf(session.snapshot().toFile(join(folder, 'x.heapsnapshot')))).code).toBe(
      'CLOSED',
    );
  });

  test('records a timeline: what was allocated, where and when', async () => {
    const target = await startInspected();
    const session = await CaptureSession.open({ port: target.port });
    expect((await rejectionOf(session.stopTimeline().toFile(folder))).code).toBe('FILE_FAILED');
    await session.startTimeline({ allocationStacks: true });
    target.send('grow');
    expect(await target.answers()).toBe(true);
    const { path } = await session.stopTimeline().toFile({ directory: folder });
    await session.close();
    expect(path).toMatch(/\.node\.heaptimeline$/);
    const graph = await openSnapshot(path);
    expect(countObjects(graph, 'HeldItem')).toBe(110);
    expect(graph.columns.traceFunctions.count).toBeGreaterThan(1);
    expect(graph.columns.samples.count).toBeGreaterThan(0);
  });

  test('a timeline that was not begun cannot be ended', async () => {
    const target = await startInspected();
    const session = await CaptureSession.open({ port: target.port });
    expect((await rejectionOf(openSnapshot(session.stopTimeline()))).code).toBe('NOT_ENABLED');
    await session.close();
    expect(await target.answers()).toBe(true);
  });
});

test('evaluates expressions: waits for promises, gives values, keeps no objects', async () => {
  const target = await startInspected();
  const session = await CaptureSession.open({ port: target.port });
  expect(await session.evaluate('6 * 7')).toBe(42);
  expect(await session.evaluate('Promise.resolve(`later`)')).toBe('later');
  class Held {}
  expect(await session.evaluate(`new (${Held})()`)).toBeUndefined();
  expect(countObjects(await openSnapshot(session.snapshot({ gc: true })), 'Held')).toBe(0);
  for (const expression of ['null.x', 'Promise.reject(new TypeError("not now"))', '}']) {
    const { code, message } = await rejectionOf(session.evaluate(expression));
    expect(code).toBe('TARGET_FAILED');
    expect(message).toMatch(/: the expression failed: (?:Uncaught )?(?:Type|Syntax)Error: \S/);
  }
  const aborted = session.evaluate('new Promise(() => {})', { signal: AbortSignal.timeout(100) });
  expect((await rejectionOf(aborted)).code).toBe('ABORTED');
  await session.close();
});

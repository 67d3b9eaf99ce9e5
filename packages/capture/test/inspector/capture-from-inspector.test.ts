import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSnapshot } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { type CaptureProgress, captureFromInspector, listTargets } from '../../src/index.js';
import { startInspected } from '../support/node-process.js';
import { countObjects, expectSoundSnapshot } from '../support/snapshot-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const HELD = { className: 'HeldItem', count: 100 };

describe('captureFromInspector, of a Node process', () => {
  test('to a file that opens, conforms and is private', async () => {
    const target = await startInspected();
    const progress: CaptureProgress[] = [];
    const path = join(folder, 'node.heapsnapshot');
    const saved = await captureFromInspector({
      port: target.port,
      gc: true,
      onProgress: (step) => progress.push(step),
    }).toFile(path);
    expect(saved.path).toBe(path);
    await expectSoundSnapshot(saved, HELD);
    expect(new Set(progress.map(({ phase }) => phase))).toEqual(new Set(['collect', 'snapshot', 'transfer']));
    expect(progress.at(-1)).toEqual({ phase: 'transfer', done: saved.byteLength, total: undefined });
    expect(await target.answers()).toBe(true);
  });

  test('compressed, under a name of its own', async () => {
    const target = await startInspected();
    const directory = temporaryFolderOfTest();
    const saved = await captureFromInspector({ port: target.port }).toFile({ directory, gzip: true });
    expect(readdirSync(directory)).toHaveLength(1);
    expect(saved.path).toMatch(/\/Heap\.\d{8}\.\d{6}\.inspector\.heapsnapshot\.gz$/);
    expect(saved.fileSize).toBeLessThan(saved.byteLength / 3);
    await expectSoundSnapshot(saved, HELD);
  });

  test('straight into openSnapshot, without a file', async () => {
    const target = await startInspected();
    const graph = await openSnapshot(captureFromInspector({ url: `http://localhost:${target.port}` }));
    expect(countObjects(graph, HELD.className)).toBe(HELD.count);
    expect(await target.answers()).toBe(true);
  });

  test('with the values of numbers', async () => {
    const target = await startInspected();
    const { port } = target;
    const plain = await captureFromInspector({ port }).toFile(join(folder, 'plain.heapsnapshot'));
    const values = await captureFromInspector({ port, exposeNumericValues: true }).toFile(
      join(folder, 'values.heapsnapshot'),
    );
    expect(values.nodeCount).toBeGreaterThan(plain.nodeCount);
  });

  test('of its worker thread, chosen by title, by type or by id', async () => {
    const target = await startInspected({ arguments: ['worker'] });
    const { port } = target;
    const targets = await listTargets({ port });
    expect(targets.map(({ type }) => type)).toEqual(['node', 'worker']);
    const [, { id }] = targets;
    for (const choice of ['counting worker', 'worker', id, { type: 'worker' }]) {
      const saved = await captureFromInspector({ port, target: choice }).toFile(
        join(folder, 'worker.heapsnapshot'),
      );
      await expectSoundSnapshot(saved, { className: 'WorkerItem', count: 50 });
    }
    expect(await target.answers()).toBe(true);
  });
});

function temporaryFolderOfTest(): string {
  return mkdtempSync(join(folder, 'own-'));
}

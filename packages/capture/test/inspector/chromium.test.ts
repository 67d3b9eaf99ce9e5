import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSnapshot } from '@heapstream/core';
import { expect, test } from 'vitest';
import { CaptureSession, captureFromInspector, listTargets } from '../../src/index.js';
import { startChromium } from '../support/chromium.js';
import { countObjects, expectSoundSnapshot } from '../support/snapshot-facts.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const PAGE = `<title>A page with carts</title><script>
  class Cart { constructor(i) { this.items = ['item ' + i]; } }
  globalThis.carts = Array.from({ length: 70 }, (_, i) => new Cart(i));
  const program = 'class Job {}; globalThis.jobs = Array.from({ length: 30 }, () => new Job()); onmessage = () => {}';
  globalThis.worker = new Worker(URL.createObjectURL(new Blob([program])));
</script>`;

async function waitForWorker(port: number): Promise<void> {
  for (;;) {
    const targets = await listTargets({ port });
    if (targets.some(({ type }) => type === 'worker')) return;
    await sleep(50);
  }
}

test('captures a tab of Chromium, a worker of it, and a series with ids that last', async () => {
  const port = await startChromium(PAGE);
  await waitForWorker(port);
  const page = await captureFromInspector({ port }).toFile(join(folder, 'page.heapsnapshot'));
  await expectSoundSnapshot(page, { className: 'Cart', count: 70 });

  const byTitle = await openSnapshot(captureFromInspector({ port, target: 'A page with carts' }));
  expect(countObjects(byTitle, 'Cart')).toBe(70);

  const worker = await captureFromInspector({ port, target: 'worker' }).toFile(
    join(folder, 'worker.heapsnapshot'),
  );
  await expectSoundSnapshot(worker, { className: 'Job', count: 30 });

  const session = await CaptureSession.open({ port, target: { type: 'page' } });
  const cost = await session.estimate();
  expect(cost.heapBytes).toBeGreaterThan(100_000);
  const ids = async () => {
    const graph = await openSnapshot(session.snapshot());
    const carts: number[] = [];
    for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
      const { id, name, type } = graph.node(ordinal);
      if (type === 'object' && name === 'Cart') carts.push(id);
    }
    return carts.sort((a, b) => a - b);
  };
  expect(await ids()).toEqual(await ids());
  await session.close();
}, 120_000);

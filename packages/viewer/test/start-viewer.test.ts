import { existsSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { openSnapshot } from '@heapstream/core';
import { startViewer, ViewerClient, ViewerRequestError, type ViewerState } from '@heapstream/viewer';
import { describe, expect, test } from 'vitest';
import { shopSnapshot } from '../../cli/test/support/shop-snapshot.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { countThreads, waitUntil } from '../../core/test/support/threads.js';
import { findStoredNames } from '../src/snapshots/node-names.js';
import { rawRequest } from './support/raw-request.js';

const folder = temporaryFolder();

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const shop = fileOf('shop.heapsnapshot', shopSnapshot());

describe('startViewer', () => {
  test('answers at once, loads one snapshot after the other, and fails those that do not open', async () => {
    const states: ViewerState[] = [];
    const broken = fileOf('broken.heapsnapshot', '{"snapshot":');
    const files = [shop, broken, join(folder, 'missing.heapsnapshot'), shop];
    const viewer = await startViewer({ files, onProgress: (state) => states.push(state) });
    try {
      const client = new ViewerClient({ url: viewer.url });
      const { snapshots } = await client.get('state', {});
      expect(snapshots.map(({ name }) => name)).toEqual([
        'shop.heapsnapshot',
        'broken.heapsnapshot',
        'missing.heapsnapshot',
        'shop.heapsnapshot',
      ]);
      await viewer.loaded;
      const after = (await client.get('state', {})).snapshots;
      expect(after.map(({ status }) => status)).toEqual(['ready', 'failed', 'failed', 'ready']);
      expect(after.map(({ error }) => error?.code)).toEqual([
        undefined,
        'TRUNCATED',
        'SOURCE_FAILED',
        undefined,
      ]);
      expect(after[0].facts).toMatchObject({
        root: 0,
        hasTimeline: true,
        hasAllocationStacks: true,
        hasDetachedness: true,
      });
      expect(viewer.failures).toHaveLength(2);
      expect(viewer.state.snapshots).toEqual(after);
      const failed = client.get('classes', { snapshot: 1 });
      await expect(failed).rejects.toMatchObject({ status: 410, code: 'SNAPSHOT_FAILED' });
      await expect(failed).rejects.toBeInstanceOf(ViewerRequestError);
      expect((await client.get('classes', { snapshot: 3 })).total).toBeGreaterThan(0);

      const loading = states.flatMap(({ snapshots: all }) =>
        all.filter(({ status }) => status === 'loading'),
      );
      const shares = loading.flatMap(({ progress }) => progress?.share ?? []);
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
      const orders = states.map(({ snapshots: all }) => all.map(({ status }) => status).join());
      expect(orders).toContain('loading,waiting,waiting,waiting');
      expect(orders).toContain('ready,loading,waiting,waiting');
    } finally {
      await viewer.close();
    }
  });

  test('says so while a snapshot is not loaded yet', async () => {
    const viewer = await startViewer({ files: [shop] });
    const early = await rawRequest(viewer.port, '/api/classes?snapshot=0', {
      headers: { authorization: `Bearer ${viewer.token}` },
    });
    // a small one may be there already
    if (early.status !== 200) expect(JSON.parse(early.body).error.code).toBe('SNAPSHOT_NOT_READY');
    await viewer.close();
  });

  test('gives every viewer a token of its own', async () => {
    const viewers = await Promise.all([startViewer({ files: [shop] }), startViewer({ files: [shop] })]);
    const [first, second] = viewers;
    expect(first.token).toMatch(/^[\w-]{43}$/);
    expect(first.token).not.toBe(second.token);
    expect(first.url).toBe(`http://127.0.0.1:${first.port}/?token=${first.token}`);
    const wrong = new ViewerClient({ url: first.url, token: second.token });
    await expect(wrong.get('state', {})).rejects.toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
    await Promise.all(viewers.map((viewer) => viewer.close()));
  });

  test('rejects where the port is taken, and leaves nothing behind', async () => {
    const viewer = await startViewer({ files: [shop] });
    await viewer.loaded;
    await expect(startViewer({ files: [shop], port: viewer.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await viewer.close();
    const again = await startViewer({ files: [shop], port: viewer.port });
    expect(again.port).toBe(viewer.port);
    await again.close();
  });

  test('keeps an index file where it is asked to, and answers the same from it', async () => {
    const indexed = fileOf('indexed.heapsnapshot', shopSnapshot());
    const answers: string[] = [];
    for (let round = 0; round < 2; round++) {
      const viewer = await startViewer({ files: [indexed], index: true });
      await viewer.loaded;
      const client = new ViewerClient({ url: viewer.url });
      const asked = [
        await client.get('classes', { snapshot: 0 }),
        await client.get('search', { snapshot: 0, query: 's', sort: 'name' }),
        await client.get('retainers', { snapshot: 0, object: 5 }),
        await client.get('paths', { snapshot: 0, object: 5 }),
        await client.get('object', { snapshot: 0, object: 5 }),
      ];
      answers.push(JSON.stringify(asked));
      await viewer.close();
    }
    expect(existsSync(`${indexed}.heapidx`)).toBe(true);
    expect(findStoredNames(await openSnapshot(indexed, { index: true }))).toBeDefined();
    expect(answers[1]).toBe(answers[0]);
  });
});

describe('close', () => {
  test('ends connections that wait for events, threads, and loading', async () => {
    const before = countThreads();
    const viewer = await startViewer({ files: [shop, shop, shop] });
    const events = new Promise<string>((resolve, reject) => {
      const sent = request({
        host: '127.0.0.1',
        port: viewer.port,
        path: '/api/events',
        headers: { authorization: `Bearer ${viewer.token}` },
      });
      sent.on('error', reject);
      sent.on('response', (response) => {
        expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('close', () => resolve(text));
        response.on('error', () => {});
      });
      sent.end();
    });
    await viewer.loaded;
    await new Promise((resolve) => setTimeout(resolve, 250));
    await viewer.close();
    await viewer.close();
    const told = (await events).split('\n\n').filter((event) => event !== '');
    expect(told.length).toBeGreaterThan(1);
    const last = JSON.parse(told[told.length - 1].replace(/^data: /, '')) as ViewerState;
    expect(last.snapshots.map(({ status }) => status)).toEqual(['ready', 'ready', 'ready']);
    await waitUntil(() => countThreads() <= before);
    await expect(rawRequest(viewer.port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('is what a signal does', async () => {
    const ended = new AbortController();
    const viewer = await startViewer({ files: [shop], signal: ended.signal });
    ended.abort();
    await viewer.close();
    await expect(rawRequest(viewer.port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

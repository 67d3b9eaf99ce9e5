import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { OperationAbortedError } from '../../src/errors.js';
import { openSnapshot } from '../../src/open-snapshot.js';
import { drawnSnapshot } from '../support/drawn-snapshot.js';
import { fixturePath } from '../support/fixtures.js';
import { answersOf, reopenPaged, snapshotFile } from '../support/indexed-graph.js';
import { chunksOf } from '../support/open-bytes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();

function ownFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

test('nothing is written unless it is asked for', async () => {
  const own = ownFolder('plain');
  const path = snapshotFile(own, drawnSnapshot());
  const graph = await openSnapshot(path);
  expect(graph.index).toBeNull();
  expect(readdirSync(own)).toHaveLength(1);
});

test('the file stands beside the snapshot, or where it is wanted', async () => {
  const own = ownFolder('places');
  const path = snapshotFile(own, drawnSnapshot());
  expect((await openSnapshot(path, { index: true })).index?.path).toBe(`${path}.heapidx`);
  const elsewhere = join(own, 'elsewhere');
  await openSnapshot(new URL(`file://${path}`), { index: { path: elsewhere } });
  expect(answersOf(reopenPaged(elsewhere)).nodes).toEqual(answersOf(await openSnapshot(path)).nodes);
  expect(readdirSync(own)).toHaveLength(3);
});

test.each([0o600, 0o640, 0o644, 0o400])('the file has the mode of the snapshot (%o)', async (mode) => {
  const path = snapshotFile(folder, drawnSnapshot());
  chmodSync(path, mode);
  await openSnapshot(path, { index: true });
  // its owner may always write to it, to add an analysis
  expect(statSync(`${path}.heapidx`).mode & 0o777).toBe(mode | 0o600);
});

describe('what cannot be written is a warning', () => {
  test('where the folder is missing', async () => {
    const path = snapshotFile(folder, drawnSnapshot());
    const graph = await openSnapshot(path, { index: { path: '/nowhere/at/all.heapidx' } });
    expect(graph.warnings).toEqual([
      {
        code: 'INDEX_NOT_WRITTEN',
        message: expect.stringMatching(/^the index file \/nowhere\/at\/all\.heapidx was not written: ENOENT/),
      },
    ]);
    expect(graph.index).toBeNull();
    expect(answersOf(graph).nodes).toEqual(answersOf(await openSnapshot(path)).nodes);
  });

  test('where nobody may write', async () => {
    const path = snapshotFile(folder, drawnSnapshot());
    // not even the superuser makes files there
    const graph = await openSnapshot(path, { index: { path: '/proc/heapstream.heapidx' } });
    expect(graph.warnings.map(({ code }) => code)).toEqual(['INDEX_NOT_WRITTEN']);
  });

  test('where a folder has the name; nothing is left behind', async () => {
    const own = ownFolder('taken');
    const path = snapshotFile(own, drawnSnapshot());
    mkdirSync(`${path}.heapidx`);
    const graph = await openSnapshot(path, { index: true });
    expect(graph.warnings.map(({ code }) => code)).toEqual(['INDEX_NOT_WRITTEN']);
    expect(readdirSync(own)).toHaveLength(2);
  });
});

test('an aborted write leaves nothing, and what was there before', async () => {
  const own = ownFolder('aborted');
  const path = join(own, 'real.heapsnapshot.br');
  writeFileSync(path, readFileSync(fixturePath('real', 'node-24.heapsnapshot.br')));
  for (const before of [undefined, 'what was there before']) {
    if (before !== undefined) writeFileSync(`${path}.heapidx`, before);
    const controller = new AbortController();
    let during: string[] = [];
    const opening = openSnapshot(path, {
      index: {
        onProgress: () => {
          if (controller.signal.aborted) return;
          during = readdirSync(own);
          controller.abort(new Error('enough'));
        },
      },
      signal: controller.signal,
    });
    await expect(opening).rejects.toThrow(OperationAbortedError);
    // it had begun
    expect(during.filter((name) => name.endsWith('.tmp'))).toHaveLength(1);
    expect(readdirSync(own)).toHaveLength(before === undefined ? 1 : 2);
    if (before !== undefined) expect(readFileSync(`${path}.heapidx`, 'utf8')).toBe(before);
  }
});

test('progress is told in bytes, up to all of them', async () => {
  const path = snapshotFile(folder, drawnSnapshot());
  const told: number[][] = [];
  await openSnapshot(path, {
    index: { onProgress: ({ done, total }) => told.push([done, total]) },
  });
  expect(told.length).toBeGreaterThan(5);
  expect(told.at(-1)![0]).toBe(told.at(-1)![1]);
});

test('a snapshot that is no file has no index', async () => {
  const stream = chunksOf([new TextEncoder().encode(drawnSnapshot())]);
  await expect(openSnapshot(stream, { index: true })).rejects.toThrow(
    'an index file needs a snapshot that is a file: give its path, not a stream',
  );
});

test('a snapshot that is missing is told of as without an index', async () => {
  const path = join(folder, 'missing.heapsnapshot');
  await expect(openSnapshot(path, { index: true })).rejects.toThrow('missing.heapsnapshot: no such file');
});

test('a damaged snapshot leaves no index', async () => {
  const path = snapshotFile(folder, drawnSnapshot().slice(0, -20));
  await expect(openSnapshot(path, { index: true })).rejects.toThrow(/strings, byte/);
  expect(existsSync(`${path}.heapidx`)).toBe(false);
});

test('several processes at once: all get the right answers, and the file is whole', async () => {
  const own = ownFolder('several');
  const path = snapshotFile(own, drawnSnapshot());
  const program = `
    const { openSnapshot } = await import(${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)});
    for (let round = 0; round < 20; round++) {
      const graph = await openSnapshot(process.argv[1], { index: true });
      if (graph.warnings.length > 0) throw new Error(JSON.stringify(graph.warnings));
      console.log(JSON.stringify([...graph.nodes()].map((node) => [node.id, node.name, node.selfSize])));
      if (round % 3 === 0) (await import('node:fs')).rmSync(process.argv[1] + '.heapidx', { force: true });
    }`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, path]);
  const results = await Promise.all([run(), run(), run()]);
  const graph = await openSnapshot(path);
  const expected = JSON.stringify([...graph.nodes()].map((node) => [node.id, node.name, node.selfSize]));
  for (const { stdout } of results) expect(new Set(stdout.trim().split('\n'))).toEqual(new Set([expected]));
  expect(readdirSync(own).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  await openSnapshot(path, { index: true });
  expect(answersOf(reopenPaged(`${path}.heapidx`)).nodes).toEqual(answersOf(graph).nodes);
});

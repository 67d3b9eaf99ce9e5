import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { type OpenOptions, openSnapshot } from '../../src/open-snapshot.js';
import { drawnSnapshot } from '../support/drawn-snapshot.js';
import { snapshotFile } from '../support/indexed-graph.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();

/** Whether the next opening takes the index file as it is. */
async function isReused(path: string, options: OpenOptions = {}): Promise<boolean> {
  const before = fileIdOf(`${path}.heapidx`);
  await openSnapshot(path, { index: true, ...options });
  return fileIdOf(`${path}.heapidx`) === before;
}

/** The random mark of the file's writer. */
function fileIdOf(indexPath: string): string {
  return readFileSync(indexPath).subarray(40, 56).toString('hex');
}

async function indexed(): Promise<string> {
  const path = snapshotFile(folder, drawnSnapshot());
  await openSnapshot(path, { index: true });
  return path;
}

test('an index file is reused as long as nothing changes', async () => {
  const path = await indexed();
  expect(await isReused(path)).toBe(true);
  expect(await isReused(path)).toBe(true);
});

test('a snapshot that was touched is read again', async () => {
  const path = await indexed();
  utimesSync(path, 1, 1);
  expect(await isReused(path)).toBe(false);
  expect(await isReused(path)).toBe(true);
});

test('a snapshot with other bytes is read again, though size and time are the same', async () => {
  const path = await indexed();
  const time = new Date('2020-02-02T02:02:02Z');
  utimesSync(path, time, time);
  await openSnapshot(path, { index: true });
  writeFileSync(path, readFileSync(path, 'utf8').replace('"User"', '"Resu"'));
  utimesSync(path, time, time);
  expect(await isReused(path)).toBe(false);
  expect([...(await openSnapshot(path, { index: true })).strings]).toContain('Resu');
});

test('a snapshot that has grown is read again', async () => {
  const path = await indexed();
  const { atime, mtime } = statSync(path);
  writeFileSync(path, `${readFileSync(path, 'utf8')} `);
  utimesSync(path, atime, mtime);
  expect(await isReused(path)).toBe(false);
});

test('options that decide what is read, and what is refused, make another index', async () => {
  const path = await indexed();
  expect(await isReused(path, { compression: 'none' })).toBe(false);
  expect(await isReused(path, { compression: 'none' })).toBe(true);
  expect(await isReused(path, { compression: 'none', limits: { maxDepth: 9 } })).toBe(false);
  await expect(openSnapshot(path, { index: true, limits: { maxStringBytes: 1 } })).rejects.toThrow(
    /maxStringBytes/,
  );
});

test.each([
  ['of another byte order', 8],
  ['of another format', 12],
  ['with other pages', 16],
])('an index file %s is made anew', async (_, position) => {
  const path = await indexed();
  const bytes = readFileSync(`${path}.heapidx`);
  bytes.subarray(position, position + 4).reverse();
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(60, crc32(bytes.subarray(0, 60)), true);
  writeFileSync(`${path}.heapidx`, bytes);
  expect(await isReused(path)).toBe(false);
  expect((await openSnapshot(path, { index: true })).warnings).toEqual([]);
});

test('an index file of another version of the package is made anew', async () => {
  const path = await indexed();
  const bytes = readFileSync(`${path}.heapidx`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const at = bytes.lastIndexOf('0.1.0');
  bytes.write('0.1.9', at);
  const headerOffset = Number(view.getBigUint64(24, true));
  view.setUint32(56, crc32(bytes.subarray(headerOffset)), true);
  view.setUint32(60, crc32(bytes.subarray(0, 60)), true);
  writeFileSync(`${path}.heapidx`, bytes);
  expect(await isReused(path)).toBe(false);
});

test('the version in index files is that of the package', async () => {
  const { ENGINE_VERSION } = await import('../../src/index-file/index-format.js');
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(ENGINE_VERSION).toBe(version);
});

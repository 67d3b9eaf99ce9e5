import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPool, openSnapshot, StringTable } from '@heapstream/core';
import { afterAll, expect, test } from 'vitest';
import { shopSnapshot } from '../../../cli/test/support/shop-snapshot.js';
import { temporaryFolder } from '../../../core/test/support/temporary-folder.js';
import type { NameTable } from '../../src/kernels/name-table.js';
import { findStoredNames, keepNames, makeNames } from '../../src/snapshots/node-names.js';
import { TaskRunner } from '../../src/task-runner.js';

const pool = createPool({ threads: 1 });
const tasks = new TaskRunner(pool);
afterAll(() => pool.close());
const folder = temporaryFolder();

const plain = ({ madeUp, missing, nameByNode }: NameTable) => ({
  names: [...nameByNode],
  texts: [...new StringTable(madeUp)],
  missing,
});

test('names are kept in the index file, and found there', async () => {
  const file = join(folder, 'kept.heapsnapshot');
  writeFileSync(file, shopSnapshot());
  const parsed = await openSnapshot(file, { index: true });
  expect(findStoredNames(parsed)).toBeUndefined();
  const names = await makeNames(parsed, tasks);
  await keepNames(parsed, names, {});
  const reopened = await openSnapshot(file, { index: true });
  expect(plain(findStoredNames(reopened)!)).toEqual(plain(names));
  expect(plain(names).texts).not.toEqual([]);
});

test('without an index file nothing is kept, or found', async () => {
  const file = join(folder, 'plain.heapsnapshot');
  writeFileSync(file, shopSnapshot());
  const graph = await openSnapshot(file);
  await keepNames(graph, await makeNames(graph, tasks), {});
  expect(findStoredNames(graph)).toBeUndefined();
});

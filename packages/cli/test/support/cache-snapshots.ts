import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from '../../../core/test/support/temporary-folder.js';
import { SnapshotBuilder } from '../../../snapshot-builder/src/index.js';
import { runCli } from '../../src/index.js';
import { createTestIo } from './test-io.js';

export const folder = temporaryFolder();

export function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Where the sessions of the caches were made. */
export const SESSION_LOCATION = { scriptId: 4, scriptName: null, line: 9, column: 2 };

/** A cache with sessions of the ids given, and a text of `textSize` bytes. */
export function cacheSnapshot(ids: readonly number[], textSize = 20, name = 'Session'): string {
  const heap = new SnapshotBuilder();
  const window = heap.child(
    heap.root,
    { type: 'shortcut', name: 'w' },
    { name: 'Window', selfSize: 50, id: 3 },
  );
  const cache = heap.child(window, 'cache', { name: 'Cache', selfSize: 30, id: 5 });
  heap.child(window, 'text', { type: 'string', name: 'text', selfSize: textSize, id: 7 });
  ids.forEach((id, i) => {
    const session = heap.child(cache, i, { name, selfSize: 1000, id });
    heap.location(session, { scriptId: 4, line: 9, column: 2 });
    heap.child(session, 'data', { name: 'Data', selfSize: 10, id: id + 1 });
  });
  return heap.toJson();
}

export const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => 101 + 2 * i);
export const before = write('before.heapsnapshot', cacheSnapshot(ids(10)));
export const after = write('after.heapsnapshot', cacheSnapshot([...ids(9), 901, 903, 905], 25));
export const later = write('later.heapsnapshot', cacheSnapshot([...ids(9), 901, 903, 905, 907, 909], 25));

export async function run(...args: string[]) {
  const io = createTestIo();
  const status = await runCli(args, io);
  return { status, out: io.out, err: io.err, lines: io.out.split('\n') };
}

// biome-ignore lint/suspicious/noExplicitAny: tests read the JSON as a script would
export async function json(...args: string[]): Promise<any> {
  const { err, out, status } = await run(...args, '--json');
  expect({ err, status }).toEqual({ err: '', status: 0 });
  return JSON.parse(out);
}

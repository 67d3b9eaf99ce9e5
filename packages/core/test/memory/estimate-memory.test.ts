import { ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { estimateMemory, NotEnoughMemoryError, openSnapshot } from '../../src/index.js';
import { chunksOf, openText, rejectionOf } from '../support/open-bytes.js';
import { SnapshotBuilder } from '../support/snapshot-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const HUGE = { nodeCount: 2e9, edgeCount: 4.2e9 };
const text = (counts: { nodeCount: number; edgeCount: number }): string =>
  new SnapshotBuilder().toJson({ counts: { ...counts, traceFunctionCount: 0 } });
const bytesOf = (json: string): Uint8Array => new TextEncoder().encode(json);

function fileOf(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A file of that size which holds the beginning of a snapshot and takes no room on the disk. */
function sparseFile(name: string, size: number, counts: { nodeCount: number; edgeCount: number }): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  const json = text(counts);
  writeSync(file, json.slice(0, json.indexOf('"nodes"')));
  ftruncateSync(file, size);
  return path;
}

describe('estimateMemory', () => {
  test('reads the header of a file and no more', async () => {
    const estimate = await estimateMemory(sparseFile('huge.heapsnapshot', 1e12, HUGE));
    expect(estimate).toMatchObject(HUGE);
    expect(estimate.graph).toBeGreaterThan(2e9 * 17 + 4.2e9 * 9);
  });

  test('takes what the bytes of a file can hold where the header claims more', async () => {
    const path = fileOf('liar.heapsnapshot', text(HUGE));
    expect((await estimateMemory(path)).graph).toBeLessThan(100_000);
    const packed = fileOf('liar.heapsnapshot.gz', gzipSync(text(HUGE)));
    expect((await estimateMemory(packed)).graph).toBeLessThan(200e6);
  });

  test('reads streams up to their header, and closes them', async () => {
    let isClosed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        yield bytesOf(text(HUGE).replace(/"nodes".*/s, '"nodes":[0'));
        for (;;) yield bytesOf(',0');
      } finally {
        isClosed = true;
      }
    }
    expect(await estimateMemory(endless())).toMatchObject(HUGE);
    expect(isClosed).toBe(true);
  });

  test('finds a header that stands last', async () => {
    const json = new SnapshotBuilder().toJson({ sectionOrder: ['strings', 'nodes', 'edges', 'snapshot'] });
    expect(await estimateMemory(chunksOf([bytesOf(json)]))).toMatchObject({ nodeCount: 1, edgeCount: 0 });
  });

  test('refuses what is no snapshot as openSnapshot does', async () => {
    for (const json of ['{"a":1}', '{', '[1]', '', '{"snapshot":{}}']) {
      const error = await rejectionOf(estimateMemory(chunksOf([bytesOf(json)])));
      expect(error.message).toBe((await rejectionOf(openText(json))).message);
    }
  });
});

describe('openSnapshot', () => {
  test('refuses what does not fit the machine before it reads on', async () => {
    const error = await rejectionOf(openSnapshot(sparseFile('wide.heapsnapshot', 1e12, HUGE)));
    expect(error).toBeInstanceOf(NotEnoughMemoryError);
    expect(error).toMatchObject({ code: 'NOT_ENOUGH_MEMORY', available: expect.any(Number) });
    const { needed, available } = error as unknown as NotEnoughMemoryError;
    expect(needed).toBeGreaterThan(available);
    expect(error.message).toMatch(
      /wide\.heapsnapshot: opening it takes about \d+\.\d GB of memory, and .* are free$/,
    );
  });

  test('reads on where it is told to', async () => {
    const path = sparseFile('tried.heapsnapshot', 1e12, HUGE);
    expect(await rejectionOf(openSnapshot(path, { memory: 'ignore' }))).toMatchObject({
      code: 'NOT_JSON',
    });
  });

  test('keeps a budget, and counts what the caller needs beside the graph', async () => {
    const path = sparseFile('budget.heapsnapshot', 40e6, { nodeCount: 1e6, edgeCount: 1e6 });
    const { graph, opening } = await estimateMemory(path);
    const open = (memory: number, beside = 0): Promise<unknown> =>
      rejectionOf(
        openSnapshot(path, {
          memory,
          memoryBeside: ({ nodeCount, edgeCount }) => beside * (nodeCount + edgeCount),
        }),
      );
    expect(await open(opening)).toMatchObject({ code: 'NOT_JSON' });
    expect(await open(opening - 1)).toMatchObject({
      code: 'NOT_ENOUGH_MEMORY',
      needed: opening,
      available: opening - 1,
      limitedBy: 'budget',
    });
    expect(await open(graph + 200e6, 100)).toMatchObject({ code: 'NOT_JSON' });
    expect(await open(graph + 200e6 - 1, 100)).toMatchObject({ needed: graph + 200e6 });
  });

  test('takes nothing by the claims of rows that came before the header', async () => {
    const json = new SnapshotBuilder().toJson({
      counts: { ...HUGE, traceFunctionCount: 0 },
      sectionOrder: ['nodes', 'edges', 'snapshot'],
    });
    expect(await rejectionOf(openText(json, { memory: 1e9 }))).toBeInstanceOf(NotEnoughMemoryError);
  });
});

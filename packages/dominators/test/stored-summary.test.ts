import { readFileSync, writeFileSync } from 'node:fs';
import { OperationAbortedError, openSnapshot, readIndexGroup } from '@heapstream/core';
import { analyzeSync, type HeapSummary, keepAnalysis, readSummary, summaryOf } from '@heapstream/dominators';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryWrittenSnapshot } from '../../core/test/support/arbitrary-written-snapshot.js';
import { drawnSnapshot } from '../../core/test/support/drawn-snapshot.js';
import { snapshotFile } from '../../core/test/support/indexed-graph.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';

const folder = temporaryFolder();
const GROUP = { name: 'summary', version: '1' };

const read = (path: string): Promise<HeapSummary> =>
  readSummary(path, { index: true, nodesWorthThreads: Number.POSITIVE_INFINITY });

const computed = async (path: string): Promise<HeapSummary> =>
  summaryOf(analyzeSync(await openSnapshot(path)));

test('the summary of the index file is that of the snapshot', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), async ({ bytes }) => {
      const path = snapshotFile(folder, bytes);
      expect(await readIndexGroup(path, {}, GROUP)).toBeNull();
      const first = await read(path);
      expect(await readIndexGroup(path, {}, GROUP)).toEqual(first);
      expect(await read(path)).toEqual(first);
      expect(first).toEqual(await computed(path));
    }),
    { numRuns: 40 },
  );
});

test('it comes with an analysis that is added to a reopened file; a signal that fired ends the reading', async () => {
  const path = snapshotFile(folder, drawnSnapshot());
  await openSnapshot(path, { index: true });
  expect(await readIndexGroup(path, {}, GROUP)).toBeNull();
  await keepAnalysis(analyzeSync(await openSnapshot(path, { index: true })));
  expect(await readIndexGroup(path, {}, GROUP)).toEqual(await computed(path));
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(readSummary(path, { index: true, signal })).rejects.toThrow(OperationAbortedError);
});

describe('a file that tells no summary of the snapshot', () => {
  const indexed = async (): Promise<{ path: string; index: string; summary: HeapSummary }> => {
    const path = snapshotFile(folder, drawnSnapshot());
    return { path, index: `${path}.heapidx`, summary: await read(path) };
  };

  test('with any one byte changed, it is told right all the same', async () => {
    const { index, path, summary } = await indexed();
    const whole = readFileSync(index);
    let refused = 0;
    for (let position = 0; position < whole.length; position += 7) {
      const bytes = Uint8Array.from(whole);
      bytes[position] ^= 1 << (position % 8);
      writeFileSync(index, bytes);
      const stored = await readIndexGroup(path, {}, GROUP);
      if (stored === null) refused++;
      else expect(stored).toEqual(summary);
    }
    expect(refused).toBeGreaterThan(30);
    writeFileSync(index, whole.subarray(0, whole.length - 100));
    const { warnings, ...rebuilt } = await read(path);
    expect(rebuilt).toEqual((({ warnings: _, ...others }) => others)(summary));
    expect(warnings.map(({ code }) => code)).toEqual(['INDEX_REBUILT']);
    // it is not made anew again
    expect(await read(path)).toEqual(summary);
  });

  test('of another snapshot, with other limits, or of another version', async () => {
    const { path, summary } = await indexed();
    expect(await readIndexGroup(path, { limits: { maxDepth: 12345 } }, GROUP)).toBeNull();
    expect(await readIndexGroup(path, {}, { ...GROUP, version: '0' })).toBeNull();
    expect(await readIndexGroup(path, {}, { ...GROUP, name: 'none' })).toBeNull();
    expect(await readIndexGroup(path, {}, GROUP)).toEqual(summary);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `${text} `);
    expect(await readIndexGroup(path, {}, GROUP)).toBeNull();
    expect(await read(path)).toEqual(await computed(path));
  });

  test('a missing snapshot, and one that is no file', async () => {
    expect(await readIndexGroup('nowhere.heapsnapshot', {}, GROUP)).toBeNull();
    const stream = (async function* () {})();
    await expect(readIndexGroup(stream, {}, GROUP)).rejects.toThrow(TypeError);
  });
});

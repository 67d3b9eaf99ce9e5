import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPool, HeapGraph, IndexDamagedError, openSnapshot } from '@heapstream/core';
import {
  analyze,
  analyzeSync,
  findStoredAnalysis,
  type HeapAnalysis,
  keepAnalysis,
} from '@heapstream/dominators';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { arbitraryWrittenSnapshot } from '../../core/test/support/arbitrary-written-snapshot.js';
import { drawnSnapshot } from '../../core/test/support/drawn-snapshot.js';
import { fixturePath } from '../../core/test/support/fixtures.js';
import {
  fingerprintOf,
  reopenPaged,
  snapshotFile,
  tryToReopen,
} from '../../core/test/support/indexed-graph.js';
import { temporaryFolder } from '../../core/test/support/temporary-folder.js';
import { answersAbout, answersAboutAll } from './support/analysis-answers.js';

const folder = temporaryFolder();
const pool = createPool({ threads: 2 });
afterAll(() => pool.close());

function everyAnswer(analysis: HeapAnalysis): unknown {
  const nodes = Array.from({ length: analysis.graph.nodeCount }, (_, node) => answersAbout(analysis, node));
  return { nodes, all: answersAboutAll(analysis), columns: fingerprintOf(analysis.columns) };
}

/** The graph as a reader with the sources of core gives it, for which no column is in memory. */
function pagedAnalysis(indexPath: string): HeapAnalysis {
  const analysis = findStoredAnalysis(reopenPaged(indexPath) as unknown as HeapGraph);
  expect(analysis).not.toBeNull();
  return analysis!;
}

test('a stored analysis gives every answer of the one that was computed', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), async ({ bytes }) => {
      const path = snapshotFile(folder, bytes);
      const computed = everyAnswer(analyzeSync(await openSnapshot(path)));
      const kept = await keepAnalysis(analyzeSync(await openSnapshot(path, { index: true })));
      expect(everyAnswer(kept)).toEqual(computed);
      expect(everyAnswer(pagedAnalysis(`${path}.heapidx`))).toEqual(computed);
      const graph = await openSnapshot(path, { index: true });
      expect(findStoredAnalysis(graph)).not.toBeNull();
      expect(everyAnswer(analyzeSync(graph))).toEqual(computed);
    }),
    { numRuns: 40 },
  );
});

describe('of a real snapshot', () => {
  const copy = (name: string) => {
    const path = join(folder, name);
    copyFileSync(fixturePath('real', 'node-24.heapsnapshot.br'), path);
    return path;
  };
  const some = (analysis: HeapAnalysis, answers: (ordinal: number) => unknown) =>
    Array.from({ length: 40 }, (_, i) => answers(Math.floor((analysis.graph.nodeCount * i) / 40)));

  test('worker threads add it, and each question may be the first', async () => {
    const path = copy('workers.heapsnapshot.br');
    const before = await openSnapshot(path, { index: true });
    const graphOnly = statSync(`${path}.heapidx`).size;
    const computed = await analyze(before, { pool });
    expect(statSync(`${path}.heapidx`).size).toBeGreaterThan(graphOnly);
    expect(computed.warnings).toEqual(before.warnings);
    const expected = some(computed, (ordinal) => answersAbout(computed, ordinal));
    const steps: unknown[] = [];
    const reopened = await openSnapshot(path, { index: true });
    const stored = await analyze(reopened, { pool, onProgress: (progress) => steps.push(progress) });
    expect(steps).toEqual([]);
    expect(some(computed, (ordinal) => answersAbout(stored, ordinal))).toEqual(expected);
    // each by an analysis of its own, that has touched nothing yet
    const fresh = some(computed, (ordinal) => answersAbout(pagedAnalysis(`${path}.heapidx`), ordinal));
    expect(fresh).toEqual(expected);
    expect(answersAboutAll(pagedAnalysis(`${path}.heapidx`))).toEqual(answersAboutAll(computed));
  });

  test('a reopened graph without one goes to worker threads, and the file is made anew with it', async () => {
    const path = copy('second.heapsnapshot.br');
    const parsed = await openSnapshot(path, { index: true });
    const graph = reopenPaged(`${path}.heapidx`) as unknown as HeapGraph;
    expect(findStoredAnalysis(graph)).toBeNull();
    const analysis = await analyze(graph, { pool });
    const expected = analyzeSync(new HeapGraph(parsed.columns));
    expect(fingerprintOf(analysis.columns)).toEqual(fingerprintOf(expected.columns));
    const again = pagedAnalysis(`${path}.heapidx`);
    expect(fingerprintOf(again.columns)).toEqual(fingerprintOf(expected.columns));
    expect(fingerprintOf(again.graph.columns)).toEqual(fingerprintOf(parsed.columns));
  });

  test('an aborted write leaves the graph as it was', async () => {
    const path = copy('aborted.heapsnapshot.br');
    const graph = await openSnapshot(path, { index: true });
    const before = readFileSync(`${path}.heapidx`);
    const analysis = analyzeSync(graph);
    const controller = new AbortController();
    const keeping = keepAnalysis(analysis, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(keeping).rejects.toThrow('writing the index file was aborted');
    expect(readFileSync(`${path}.heapidx`).equals(before)).toBe(true);
    await keepAnalysis(analysis);
    expect(pagedAnalysis(`${path}.heapidx`).totalSize).toBe(analysis.totalSize);
  });

  test('the file of another process is left alone', async () => {
    const path = copy('other.heapsnapshot.br');
    const mine = analyzeSync(await openSnapshot(path, { index: true }));
    writeFileSync(`${path}.heapidx`, 'stale');
    await openSnapshot(path, { index: true });
    const theirs = readFileSync(`${path}.heapidx`);
    expect((await keepAnalysis(mine)).warnings).toEqual([]);
    expect(readFileSync(`${path}.heapidx`).equals(theirs)).toBe(true);
  });

  test('calls side by side add it once', async () => {
    const path = copy('twice.heapsnapshot.br');
    const analysis = analyzeSync(await openSnapshot(path, { index: true }));
    await Promise.all([keepAnalysis(analysis), keepAnalysis(analysis)]);
    const again = pagedAnalysis(`${path}.heapidx`);
    expect(fingerprintOf(again.columns)).toEqual(fingerprintOf(analysis.columns));
  });
});

describe('with any one byte changed', async () => {
  const path = snapshotFile(folder, drawnSnapshot());
  const index = `${path}.heapidx`;
  const graph = await openSnapshot(path, { index: true });
  const graphBytes = readFileSync(index).length;
  const analysis = await keepAnalysis(analyzeSync(graph));
  const whole = readFileSync(index);
  const columns = JSON.stringify(contentOf(analysis));
  const answers = JSON.stringify(everyAnswer(analysis));

  test('in what the analysis added, a small file gives the right columns or is refused', () => {
    const verdicts = { right: 0, refused: 0, failed: 0 };
    for (let position = graphBytes; position < whole.length; position++) {
      const content = (stored: HeapAnalysis) => expect(JSON.stringify(contentOf(stored))).toBe(columns);
      verdicts[verdictOf(index, changed(whole, position), 1e6, content)]++;
    }
    expect(verdicts.failed).toBe(0);
    expect(verdicts.refused).toBeGreaterThan((whole.length - graphBytes) / 2);
  });

  test('a file whose columns are read later gives the right answers, or an error', () => {
    const verdicts = { right: 0, refused: 0, failed: 0 };
    for (let position = 0; position < whole.length; position += 11) {
      const content = (stored: HeapAnalysis) => expect(JSON.stringify(everyAnswer(stored))).toBe(answers);
      verdicts[verdictOf(index, changed(whole, position), 0, content)]++;
    }
    expect(Math.min(verdicts.right, verdicts.refused, verdicts.failed)).toBeGreaterThan(30);
  });
});

function contentOf({ columns, graph, statistics }: HeapAnalysis): unknown {
  const { classes, interfaces } = graph.classes;
  return {
    columns: fingerprintOf(columns),
    graph: fingerprintOf(graph.columns),
    statistics,
    classes,
    interfaces,
  };
}

function changed(whole: Uint8Array, position: number): Uint8Array {
  const bytes = Uint8Array.from(whole);
  bytes[position] ^= 1 << (position % 8);
  return bytes;
}

function verdictOf(
  index: string,
  bytes: Uint8Array,
  smallSectionBytes: number,
  check: (stored: HeapAnalysis) => void,
): 'right' | 'refused' | 'failed' {
  writeFileSync(index, bytes);
  try {
    const graph = tryToReopen(index, smallSectionBytes);
    const stored = 'columns' in graph ? findStoredAnalysis(graph as unknown as HeapGraph) : null;
    if (stored === null) return 'refused';
    check(stored);
    return 'right';
  } catch (error) {
    // the reader is of the sources here, and its errors are of another class of that name
    const { name } = (error as Error).constructor;
    if (name === 'IndexProblem') return 'refused';
    expect(name).toBe(IndexDamagedError.name);
    return 'failed';
  }
}

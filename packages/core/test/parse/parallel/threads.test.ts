import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  createPool,
  type HeapGraph,
  type HeapPool,
  OperationAbortedError,
  WorkerFailedError,
} from '@heapstream/core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ParseOptions } from '../../../dist/parse/parse-graph.js';
import { type Layout, largeSnapshot } from '../../support/large-snapshot.js';
import { chunksOf } from '../../support/open-bytes.js';
import { countThreads, waitUntil } from '../../support/threads.js';

/*
 * The built package, not its sources: worker threads load what users install.
 */

const { parseGraph } = (await import(
  new URL('../../../dist/parse-graph.js', import.meta.url).href
)) as typeof import('../../../dist/parse/parse-graph.js');
const TUNING = { chunkBytes: 2000, minFileBytes: 0, minSectionBytes: 0, minStreamRows: 0 };

let folder = '';
const tasksPath = (): string => join(folder, 'phase-tasks.mjs');
const pools: HeapPool[] = [];
function pool(threads: number): HeapPool {
  const made = createPool({ threads });
  pools.push(made);
  return made;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heapstream-'));
  // in a process of its own: the bundler is native code, beside which threads that are ended may not be safe
  const input = fileURLToPath(new URL('../../support/phase-tasks.mjs', import.meta.url));
  const options = { input, platform: 'node', resolve: { extensionAlias: { '.js': ['.ts'] } } };
  const script = `import { build } from 'rolldown';
    await build({ ...${JSON.stringify(options)}, output: { file: ${JSON.stringify(tasksPath())} } });`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', script]);
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((made) => made.close()));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(layout: Layout): string {
  const path = join(folder, `${layout}.heapsnapshot`);
  writeFileSync(path, largeSnapshot(layout));
  return path;
}

function open(source: Parameters<typeof parseGraph>[0], options: ParseOptions): Promise<HeapGraph> {
  return parseGraph(source, options, TUNING) as Promise<HeapGraph>;
}

/** All of a graph, columns as their type, length and checksum. */
function partsOf({ columns, warnings }: HeapGraph): unknown {
  const text = JSON.stringify(columns, (_, value) => {
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name} ${value.byteLength} ${createHash('sha1').update(bytes.slice()).digest('hex')}`;
  });
  return { columns: JSON.parse(text), warnings };
}

function* piecesOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size);
}

async function rejectionOf(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  return promise.then(
    () => {
      throw new Error('it did not reject');
    },
    (error) => error,
  );
}

/** Runs one of the tasks above instead of those that are asked for. */
function withTask(used: HeapPool, name: string): HeapPool {
  const run: HeapPool['run'] = (_, input, options) =>
    used.run({ module: pathToFileURL(tasksPath()), name }, input, options);
  return { threads: used.threads, run } as HeapPool;
}

describe('threads', () => {
  test.each<[Layout, number]>([
    ['line', 1],
    ['line', 2],
    ['rows', 2],
    ['rows', 3],
    ['pretty', 1],
    ['pretty', 3],
  ])('give the graph of the sequential parser: %s, %i', async (layout, threads) => {
    const path = file(layout);
    const bytes = new TextEncoder().encode(largeSnapshot(layout));
    const expected = partsOf(await open(path, { parallel: false }));
    expect(expected).toMatchObject({ columns: { idByNode: expect.stringMatching(/^Float64Array 32000 /) } });
    const used = pool(threads);
    for (let round = 0; round < 3; round++) {
      expect(partsOf(await open(path, { pool: used }))).toEqual(expected);
      expect(partsOf(await open(chunksOf(piecesOf(bytes, 5000)), { pool: used }))).toEqual(expected);
      expect(partsOf(await open(chunksOf(piecesOf(gzipSync(bytes), 700)), { pool: used }))).toEqual(expected);
    }
  });

  test('name the first row of the largest name that does not exist', async () => {
    const text = largeSnapshot('line');
    const path = join(folder, 'few-strings.heapsnapshot');
    writeFileSync(path, text.replace(/"strings":.*/, '"strings":["a"]}'));
    const expected = await rejectionOf(open(path, { parallel: false }));
    expect(expected.message).toContain('expected string ordinals below 1, got 199 in row');
    const used = pool(3);
    for (let round = 0; round < 5; round++) {
      expect((await rejectionOf(open(path, { pool: used }))).message).toBe(expected.message);
    }
  });

  test('that wait for a slow stream make room for other tasks', async () => {
    const bytes = new TextEncoder().encode(largeSnapshot('line', 500));
    const used = pool(1);
    let goOn = (): void => {};
    const pause = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    async function* halting() {
      yield* piecesOf(bytes.subarray(0, bytes.length / 2), 2500);
      await pause;
      yield bytes.slice(bytes.length / 2);
    }
    const opening = open(halting(), { pool: used });
    await delay(50);
    const task = { module: new URL('../../support/pool-tasks.mjs', import.meta.url), name: 'whichThread' };
    expect(await used.run(task, null)).toBeGreaterThan(0);
    goOn();
    expect((await opening).nodeCount).toBe(500);
  });
});

describe('a pool that is busy', () => {
  test('holds nobody up: the calling thread does the work', async () => {
    const used = pool(1);
    const counter = new Uint32Array(new SharedArrayBuffer(4));
    const abort = new AbortController();
    const task = { module: new URL('../../support/pool-tasks.mjs', import.meta.url), name: 'countForEver' };
    const busy = rejectionOf(used.run(task, { counter }, { signal: abort.signal }));
    const path = file('line');
    const graph = await open(path, { pool: used });
    expect(partsOf(graph)).toEqual(partsOf(await open(path, { parallel: false })));
    abort.abort();
    await busy;
  });

  test('is shared by two that open at once, on a single thread', async () => {
    const used = pool(1);
    const [line, rows] = [file('line'), file('rows')];
    const graphs = await Promise.all([line, rows, line].map((path) => open(path, { pool: used })));
    const expected = partsOf(await open(line, { parallel: false }));
    for (const graph of graphs) expect(partsOf(graph)).toEqual(expected);
  });
});

/** Slow enough for threads to come before the calling thread has done everything. */
async function* slowly() {
  for (const piece of piecesOf(new TextEncoder().encode(largeSnapshot('line')), 2000)) {
    await delay(2);
    yield piece;
  }
}

describe('a thread', () => {
  test('that dies with its chunk rejects, and leaves the pool usable', async () => {
    const used = pool(2);
    const error = await rejectionOf(open(slowly(), { pool: withTask(used, 'dieWithChunk') }));
    expect(error).toBeInstanceOf(WorkerFailedError);
    expect((await open(file('line'), { pool: used })).nodeCount).toBe(4000);
  });

  test('whose task fails rejects with what it threw', async () => {
    const error = await rejectionOf(open(slowly(), { pool: withTask(pool(1), 'failAtOnce') }));
    expect(error).toMatchObject({ name: 'RangeError', message: 'a fault of the program' });
  });

  test('that hangs is ended when the signal fires', async () => {
    const used = pool(2);
    const before = countThreads();
    const abort = new AbortController();
    const opening = rejectionOf(
      open(slowly(), { pool: withTask(used, 'hangWithChunk'), signal: abort.signal }),
    );
    await delay(300);
    expect(countThreads()).toBeGreaterThan(before);
    abort.abort('enough');
    const error = await opening;
    expect(error).toBeInstanceOf(OperationAbortedError);
    expect(error.message).toBe('reading the snapshot was aborted');
    expect(error.cause).toBe('enough');
    await waitUntil(() => countThreads() <= before);
    expect((await open(file('line'), { pool: used })).nodeCount).toBe(4000);
  });
});

test('an aborted stream leaves no thread at work', async () => {
  const used = pool(2);
  const bytes = new TextEncoder().encode(largeSnapshot('line'));
  const abort = new AbortController();
  async function* endless() {
    yield* piecesOf(bytes.subarray(0, bytes.length / 2), 1000);
    await new Promise(() => {});
  }
  const opening = rejectionOf(open(endless(), { pool: used, signal: abort.signal }));
  await delay(50);
  abort.abort();
  expect(await opening).toBeInstanceOf(OperationAbortedError);
  expect((await open(file('line'), { pool: used })).nodeCount).toBe(4000);
});

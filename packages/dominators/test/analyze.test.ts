import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  createPool,
  type GraphColumns,
  HeapGraph,
  HeapPool,
  OperationAbortedError,
  OutOfMemoryError,
  openSnapshot,
  type PoolTask,
  type RunOptions,
  WorkerFailedError,
} from '@heapstream/core';
import { type AnalysisProgress, analyze, analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { drawColumns } from '../../core/test/support/draw-graph.js';
import { countThreads, waitUntil } from '../../core/test/support/threads.js';
import { arbitraryHeap } from './support/arbitrary-heap.js';
import { graphOf } from './support/drawn-heap.js';
import { largeGraph } from './support/large-graph.js';

/*
 * The built package, not its sources: worker threads load what users install.
 */

const pool = createPool({ threads: 2 });
afterAll(() => pool.close());

/** Whether the caller's thread works, too. */
const WAYS = [
  ['threads alone', 0],
  ['a thread and the caller', Number.POSITIVE_INFINITY],
] as const;

const fixture = (name: string): Promise<HeapGraph> =>
  openSnapshot(fileURLToPath(new URL(`../../core/test/fixtures/real/${name}`, import.meta.url)));

const chain = (count: number): HeapGraph => largeGraph(count, (node) => (node + 1 < count ? [node + 1] : []));

/** The graph again, without what was computed for it. */
const again = ({ columns }: HeapGraph): HeapGraph => new HeapGraph(columns);

function expectSame(actual: HeapAnalysis, expected: HeapAnalysis): void {
  expect(Object.keys(actual.columns).sort()).toEqual(Object.keys(expected.columns).sort());
  for (const [name, column] of Object.entries(expected.columns)) {
    const other = actual.columns[name as keyof HeapAnalysis['columns']];
    expect({ name, type: other.constructor, bytes: bytesOf(other).equals(bytesOf(column)) }).toEqual({
      name,
      type: column.constructor,
      bytes: true,
    });
  }
  expect(actual.statistics).toEqual(expected.statistics);
  expect(actual.totalSize).toBe(expected.totalSize);
  const rows = (analysis: HeapAnalysis) => analysis.classes().map(({ ordinals: _, ...row }) => row);
  expect(rows(actual)).toEqual(rows(expected));
}

function bytesOf({ buffer, byteLength, byteOffset }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

async function rejectionOf(promise: Promise<unknown>): Promise<Error & { cause?: unknown }> {
  return promise.then(
    () => {
      throw new Error('it did not reject');
    },
    (error) => error,
  );
}

describe('analyze answers like analyzeSync, column by column', () => {
  test.each(['node-24.heapsnapshot.br', 'chromium-156-page.heapsnapshot.br'])('%s', async (name) => {
    const graph = await fixture(name);
    const analysis = await analyze(graph, { pool });
    expect(analysis.graph).toBe(graph);
    expectSame(analysis, analyzeSync(again(graph)));
    for (const column of [
      'dominatorByNode',
      'retainedSizeByNode',
      'distanceByNode',
      'retainerEntries',
    ] as const) {
      expect(analysis.columns[column].buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  test('on generated heaps', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHeap, async (heap) => {
        expectSame(await analyze(graphOf(heap), { pool }), analyzeSync(graphOf(heap)));
      }),
      { numRuns: 100 },
    );
  });

  test('in the pool that all share, where none is given', async () => {
    const graph = chain(100);
    expectSame(await analyze(graph), analyzeSync(again(graph)));
  });

  test('with one thread, and for several graphs at once', async () => {
    const single = createPool({ threads: 1 });
    const graphs = [10, 1000, 100_000, 3].map(chain);
    try {
      for (const used of [single, pool]) {
        const analyses = await Promise.all(graphs.map((graph) => analyze(again(graph), { pool: used })));
        analyses.forEach((analysis, i) => {
          expectSame(analysis, analyzeSync(again(graphs[i])));
        });
      }
    } finally {
      await single.close();
    }
  });
});

test.each([
  [0, 20, 16],
  [Number.POSITIVE_INFINITY, 19, 15],
])('tells after each step how far it is', async (nodesWorthAllThreads, count, names) => {
  const steps: AnalysisProgress[] = [];
  await analyze(chain(10), { pool, nodesWorthAllThreads, onProgress: (progress) => steps.push(progress) });
  expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
  expect(new Set(steps.map(({ step }) => step)).size).toBe(names);
  expect(steps.every(({ phase, total }) => phase === 'analyze' && total === count)).toBe(true);
});

test('with two threads, a graph of few nodes is analysed by one of them and the caller', async () => {
  const before = countThreads();
  const own = createPool({ threads: 2 });
  try {
    const graph = chain(300_000);
    const analysis = await analyze(graph, { pool: own, nodesWorthAllThreads: 300_001 });
    expect(countThreads()).toBe(before + 1);
    expectSame(analysis, analyzeSync(again(graph)));
    await analyze(again(graph), { pool: own, nodesWorthAllThreads: 300_000 });
    expect(countThreads()).toBe(before + 2);
  } finally {
    await own.close();
  }
});

describe('a signal', () => {
  test('that has fired already', async () => {
    const reason = new Error('no');
    const error = await rejectionOf(analyze(chain(10), { pool, signal: AbortSignal.abort(reason) }));
    expect(error).toBeInstanceOf(OperationAbortedError);
    expect(error).toMatchObject({ message: 'the analysis was aborted', cause: reason });
  });

  test.each(WAYS.flatMap(([way, nodes]) => [0, 3, 6].map((steps) => [steps, way, nodes] as const)))(
    'that fires after %i steps stops all work; the pool stays usable: %s',
    async (steps, _, nodes) => {
      const graph = chain(2_000_000);
      const abort = new AbortController();
      let stopped = 0;
      const stop = () => {
        stopped = performance.now();
        abort.abort('enough');
      };
      let later = 0;
      const onProgress = ({ done }: AnalysisProgress) => {
        if (done === steps) stop();
        if (done > steps) later++;
      };
      const options = { pool, nodesWorthAllThreads: nodes, signal: abort.signal, onProgress };
      const run = rejectionOf(analyze(graph, options));
      if (steps === 0) stop();
      const error = await run;
      expect(error).toBeInstanceOf(OperationAbortedError);
      expect(error).toMatchObject({ message: 'the analysis was aborted', cause: 'enough' });
      expect(performance.now() - stopped).toBeLessThan(1000);
      expect(later).toBe(0);

      const small = chain(50);
      expectSame(await analyze(small, { pool }), analyzeSync(again(small)));
    },
  );

  test('aborts one analysis and leaves another on the same pool alone', async () => {
    const abort = new AbortController();
    const one = rejectionOf(analyze(chain(1_000_000), { pool, signal: abort.signal }));
    const graph = chain(200_000);
    const other = analyze(graph, { pool });
    abort.abort();
    expect(await one).toBeInstanceOf(OperationAbortedError);
    expectSame(await other, analyzeSync(again(graph)));
  });
});

describe('what fails', () => {
  test.each(WAYS)('columns for which there is no room: an error with its fields: %s', async (_, nodes) => {
    const drawn = drawColumns([{ type: 'synthetic' }]);
    const columns: GraphColumns = { ...drawn, nodeCount: 2 ** 50 };
    const error = await rejectionOf(
      analyze(new HeapGraph(columns), { pool, memory: 'ignore', nodesWorthAllThreads: nodes }),
    );
    expect(error).toBeInstanceOf(OutOfMemoryError);
    expect(error).toMatchObject({ code: 'OUT_OF_MEMORY', bytes: expect.any(Number) });
    await analyze(chain(10), { pool });
  });

  test.each(WAYS)('columns that are none: an error, not a dead pool: %s', async (_, nodes) => {
    const columns = { ...drawColumns([{ type: 'synthetic' }]), typeByEdge: null } as unknown as GraphColumns;
    const broken = { ...columns, firstEdgeByNode: Uint32Array.of(0, 1), edgeCount: 1 };
    expect(
      await rejectionOf(analyze(new HeapGraph(broken), { pool, nodesWorthAllThreads: nodes })),
    ).toBeInstanceOf(Error);
    await analyze(chain(10), { pool });
  });

  /** A pool in which some steps of the analysis end their thread, and others never end. */
  class FailingPool extends HeapPool {
    readonly #tasks: Readonly<Record<string, 'exit' | 'waitForEver'>>;

    constructor(tasks: Readonly<Record<string, 'exit' | 'waitForEver'>>) {
      super({ threads: 2 });
      this.#tasks = tasks;
    }

    override run<T>(task: PoolTask, input: unknown, options?: RunOptions): Promise<T> {
      const name = this.#tasks[task.name];
      if (name === undefined) return super.run<T>(task, input, options);
      const module = new URL('../../core/test/support/pool-tasks.mjs', import.meta.url);
      return super.run<T>({ module, name }, null, options);
    }
  }

  test.each<Readonly<Record<string, 'exit' | 'waitForEver'>>>([
    { fillRetainers: 'exit', distances: 'waitForEver' },
    { distances: 'exit', dominators: 'waitForEver' },
    { dominators: 'exit', distances: 'waitForEver' },
    { retainedSizes: 'exit', classes: 'waitForEver' },
    { classes: 'exit', depthFirst: 'waitForEver' },
    { classRetained: 'exit' },
    { classes: 'exit', weakMapEdges: 'waitForEver' },
    { shallowSizes: 'exit', depthFirst: 'waitForEver' },
    { statistics: 'exit', dominators: 'waitForEver' },
  ])(
    'a worker that dies stops the rest, whoever is waited for: %o',
    async (steps) => {
      const failing = new FailingPool(steps);
      try {
        const error = await rejectionOf(analyze(chain(1000), { pool: failing }));
        expect(error).toBeInstanceOf(WorkerFailedError);
        expect(error.message).toBe("the worker that ran 'exit' ended unexpectedly");
      } finally {
        await failing.close();
      }
    },
    10_000,
  );

  test.each<Readonly<Record<string, 'exit'>>>([
    { weakMapsAndSearch: 'exit' },
    { dominators: 'exit' },
    { countRetainers: 'exit' },
  ])('a worker that dies beside the caller stops the rest: %o', async (steps) => {
    const failing = new FailingPool(steps);
    try {
      const options = { pool: failing, nodesWorthAllThreads: Number.POSITIVE_INFINITY };
      expect(await rejectionOf(analyze(chain(1000), options))).toBeInstanceOf(WorkerFailedError);
    } finally {
      await failing.close();
    }
  });

  test('a listener for progress: its own error, and the rest is stopped', async () => {
    const error = new Error('in the listener');
    const onProgress = () => {
      throw error;
    };
    expect(await rejectionOf(analyze(chain(1000), { pool, onProgress }))).toBe(error);
    await analyze(chain(10), { pool });
  });
});

test('leaves no thread behind a closed pool', async () => {
  const before = countThreads();
  const own = createPool({ threads: 2 });
  await analyze(chain(1000), { pool: own });
  const abort = new AbortController();
  const aborted = rejectionOf(analyze(chain(1_000_000), { pool: own, signal: abort.signal }));
  abort.abort();
  await aborted;
  await own.close();
  await waitUntil(() => countThreads() <= before);
});

test('a process that analyses and closes nothing ends by itself', async () => {
  const file = fileURLToPath(
    new URL('../../core/test/fixtures/synthetic/demo.heapsnapshot', import.meta.url),
  );
  const program = `import { openSnapshot } from '@heapstream/core';
    import { analyze } from '@heapstream/dominators';
    const analysis = await analyze(await openSnapshot(${JSON.stringify(file)}));
    console.log(analysis.totalSize === analysis.statistics.total);`;
  const start = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    timeout: 30_000,
  });
  expect(stdout).toBe('true\n');
  // idle threads would live five seconds
  expect(performance.now() - start).toBeLessThan(4000);
});

import { columnsIn, HeapGraph, type WideColumn } from '@heapstream/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { movedColumns } from '../../core/test/support/move-columns.js';
import type { AnalysisParts } from '../src/analysis-plan.js';
import { runSteps } from '../src/analysis-steps.js';
import { analyzeParts } from '../src/analyze.js';
import { arbitraryHeap } from './support/arbitrary-heap.js';
import { graphOf } from './support/drawn-heap.js';
import { inArena } from './support/in-arena.js';
import { OwnThread } from './support/own-thread.js';

/** With columns that threads share, as those of a file are. */
function onBuffers({ columns }: HeapGraph): HeapGraph {
  const memory = columnsIn(null);
  const { idByNode, locations, selfSizeByNode } = columns;
  const shared = (column: WideColumn): WideColumn => {
    if (column instanceof Uint32Array) return column;
    const copy = memory.float64(column.length);
    copy.set(column);
    return copy;
  };
  const doubles = { idByNode: shared(idByNode), selfSizeByNode: shared(selfSizeByNode) };
  const all = { ...columns, ...doubles, locations: movedColumns(locations, memory) };
  return new HeapGraph(movedColumns(all, memory));
}

describe.each([
  ['on buffers', onBuffers],
  ['in an arena', inArena],
])('planned steps, columns %s', (_, put) => {
  test.each([
    [false, 'two threads', 0],
    [true, 'two threads', 0],
    [false, 'a thread and the caller', Number.POSITIVE_INFINITY],
    [true, 'a thread and the caller', Number.POSITIVE_INFINITY],
  ])(
    'find what they find one after the other; the graph is used up: %s; %s',
    (consumesGraph, _, nodesWorthAllThreads) =>
      fc.assert(
        fc.asyncProperty(arbitraryHeap, async (heap) => {
          const pool = new OwnThread({ threads: 2 });
          const options = { pool, nodesWorthAllThreads };
          const parts = await analyzeParts(put(graphOf(heap)), options, { consumesGraph });
          const expected = runSteps(put(graphOf(heap)).columns);
          expect(lasting(parts, consumesGraph)).toEqual(lasting(expected, consumesGraph));
          if (put === inArena && hasNarrowNumbers(graphOf(heap))) expect(pool.inTypeScript).toEqual([]);
        }),
        { numRuns: 150 },
      ),
  );
});

/** What can be used afterwards, as numbers without what they lie on. */
function lasting({ retainers, ...parts }: AnalysisParts, isConsumed: boolean): unknown {
  return JSON.parse(
    JSON.stringify(isConsumed ? parts : { retainers, ...parts }, (_, value) =>
      ArrayBuffer.isView(value) ? [...(value as Uint32Array)] : value,
    ),
  );
}

/** Kernels know ids and sizes of 32 bits only. */
function hasNarrowNumbers({ columns, shallowSizeByNode }: HeapGraph): boolean {
  return [columns.idByNode, columns.selfSizeByNode, shallowSizeByNode].every(
    (column) => column instanceof Uint32Array,
  );
}

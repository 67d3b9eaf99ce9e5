import { openSnapshot } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { SnapshotBuilder } from '../../../core/test/support/snapshot-builder.js';
import { analyzeSync } from '../../src/analyze.js';
import type { HeapAnalysis } from '../../src/heap-analysis.js';
import {
  allocationStackOf,
  findAllocationSites,
  liveBytesOverTime,
} from '../../src/queries/allocation-stacks.js';

async function analyze(heap: SnapshotBuilder): Promise<HeapAnalysis> {
  async function* bytes() {
    yield heap.toBytes();
  }
  return analyzeSync(await openSnapshot(bytes()));
}

async function recorded(): Promise<HeapAnalysis> {
  const heap = new SnapshotBuilder();
  const rootFunction = heap.traceFunction({ name: '(root)' });
  const main = heap.traceFunction({ name: 'main', scriptName: 'a.js', scriptId: 3, line: 1, column: 1 });
  const make = heap.traceFunction({ name: 'make', scriptName: 'a.js', scriptId: 3, line: 7, column: 9 });
  const idle = heap.traceFunction({ name: 'idle' });
  const top = heap.traceNode({ function: rootFunction });
  const inMain = heap.traceNode({ function: main, parent: top, count: 2, size: 40 });
  const inMake = heap.traceNode({ function: make, parent: inMain, count: 5, size: 100 });
  const makeAlone = heap.traceNode({ function: make, parent: top, count: 1, size: 8 });
  heap.traceNode({ function: idle, parent: top });
  heap.sample(0, 3);
  heap.sample(50_000, 7);
  heap.sample(100_000, 8);
  heap.child(heap.root, 'a', { id: 3, selfSize: 11, traceNodeId: inMake });
  heap.child(heap.root, 'b', { id: 5, selfSize: 20, traceNodeId: makeAlone });
  heap.child(heap.root, 'c', { id: 6, selfSize: 40 });
  heap.child(heap.root, 'd', { id: 7, selfSize: 80, traceNodeId: inMain });
  heap.child(heap.root, 'e', { id: 9, selfSize: 160, traceNodeId: 99 });
  return analyze(heap);
}

describe('allocation stacks', () => {
  test('a node has the functions that were on the stack, the innermost first', async () => {
    const analysis = await recorded();
    expect(allocationStackOf(analysis, 1)).toEqual([
      { functionName: 'make', scriptName: 'a.js', scriptId: 3, line: 7, column: 9 },
      { functionName: 'main', scriptName: 'a.js', scriptId: 3, line: 1, column: 1 },
      { functionName: '(root)', scriptName: '', scriptId: 0, line: 0, column: 0 },
    ]);
    expect(allocationStackOf(analysis, 3)).toBeNull();
    expect(allocationStackOf(analysis, 5)).toBeNull();
  });

  test('functions are summed up over all stacks that they are the innermost of', async () => {
    const sites = findAllocationSites(await recorded());
    expect(
      sites.map((site) => [
        site.functionName,
        site.allocationCount,
        site.allocationSize,
        site.liveCount,
        site.liveSize,
      ]),
    ).toEqual([
      ['main', 2, 40, 1, 80],
      ['make', 6, 108, 2, 31],
    ]);
  });

  test('what is alive belongs to the interval of its id', async () => {
    expect(liveBytesOverTime(await recorded())).toEqual([
      { timestampMicroseconds: 0, lastAssignedId: 3, liveCount: 1, liveSize: 11 },
      { timestampMicroseconds: 50_000, lastAssignedId: 7, liveCount: 2, liveSize: 100 },
      { timestampMicroseconds: 100_000, lastAssignedId: 8, liveCount: 0, liveSize: 0 },
    ]);
  });

  test('a snapshot without a timeline has none of it', async () => {
    const analysis = await analyze(new SnapshotBuilder());
    expect(allocationStackOf(analysis, 0)).toBeNull();
    expect(findAllocationSites(analysis)).toEqual([]);
    expect(liveBytesOverTime(analysis)).toEqual([]);
  });
});

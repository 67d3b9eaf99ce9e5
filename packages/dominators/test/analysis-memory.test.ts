import { HeapGraph, NotEnoughMemoryError } from '@heapstream/core';
import { analyze, analyzeSync, estimateAnalysisMemory } from '@heapstream/dominators';
import { expect, test } from 'vitest';
import { drawColumns } from '../../core/test/support/draw-graph.js';

const graph = new HeapGraph(
  drawColumns([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'child']] },
    { key: 'child', name: 'Child', size: 8, edges: [] },
  ]),
);

test('what an analysis keeps is what its columns take', () => {
  // chains of two lengths: the difference is the cost of a node and an edge, whatever comes with the rest
  const keptBy = (nodes: number): number => {
    const chain = drawColumns(
      Array.from({ length: nodes }, (_, i) => ({
        key: `${i}`,
        type: i === 0 ? 'synthetic' : 'object',
        name: 'Link',
        size: 8,
        edges: i + 1 < nodes ? [['property', 'next', `${i + 1}`] as const] : [],
      })),
    );
    const arrays = Object.values(analyzeSync(new HeapGraph(chain)).columns).filter(ArrayBuffer.isView);
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  };
  const estimated = (nodes: number): number =>
    estimateAnalysisMemory({ nodeCount: nodes, edgeCount: nodes - 1 }).kept;
  expect(keptBy(300) - keptBy(100)).toBe(estimated(300) - estimated(100));
});

test('a graph whose analysis will not fit is refused before it begins', async () => {
  const { peak } = estimateAnalysisMemory(graph);
  const steps: string[] = [];
  const run = (memory: number): Promise<unknown> =>
    analyze(graph, { memory, onProgress: ({ step }) => steps.push(step) });
  await expect(run(peak - 1)).rejects.toThrow(NotEnoughMemoryError);
  await expect(run(peak - 1)).rejects.toMatchObject({
    message: 'the analysis takes about 53 MB of memory, and the budget is 53 MB',
    needed: peak,
    limitedBy: 'budget',
  });
  expect(steps).toEqual([]);
  await run(peak);
  expect(steps.length).toBeGreaterThan(0);
});

import { computeStatistics, HeapGraph } from '@heapstream/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryNodes } from '../../../core/test/support/arbitrary-graph.js';
import { drawColumns } from '../../../core/test/support/draw-graph.js';
import { analyzeSync } from '../../src/analyze.js';
import { inArena } from '../support/in-arena.js';

const nodes = arbitraryNodes();

test('statistics of the kernel are those of the core, which are held against naive ones', () => {
  fc.assert(
    fc.property(nodes, fc.boolean(), (drawn, repeatStrings) => {
      const graph = new HeapGraph(drawColumns(drawn, { repeatStrings }));
      expect(analyzeSync(inArena(graph)).statistics).toEqual(computeStatistics(graph));
    }),
    { numRuns: 1000 },
  );
});

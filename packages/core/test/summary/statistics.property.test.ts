import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeStatistics } from '../../src/summary/statistics.js';
import { arbitraryNodes } from '../support/arbitrary-graph.js';
import { bruteForceStatistics } from '../support/brute-force-statistics.js';
import { drawGraph } from '../support/draw-graph.js';

const arrays = arbitraryNodes({ nodeTypes: ['object', 'closure', 'array', 'hidden', 'native'] });

test('statistics follow the rules', () => {
  fc.assert(
    fc.property(
      fc.oneof(arbitraryNodes(), arrays),
      fc.nat(100),
      fc.boolean(),
      (nodes, extraNativeBytes, repeatStrings) => {
        const graph = drawGraph(nodes, { extraNativeBytes, repeatStrings });
        expect(computeStatistics(graph)).toEqual(bruteForceStatistics(nodes, extraNativeBytes));
      },
    ),
    { numRuns: 1000 },
  );
});

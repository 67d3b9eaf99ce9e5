import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeShallowSizes } from '../../src/sizes/shallow-sizes.js';
import { arbitraryNodes } from '../support/arbitrary-graph.js';
import { bruteForceShallowSizes } from '../support/brute-force-shallow-sizes.js';
import { drawColumns } from '../support/draw-graph.js';

const HIDDEN_PARTS = ['hidden', 'array', 'native', 'object', 'synthetic'];

test('sizes go to the one owner that reaches a part', () => {
  fc.assert(
    fc.property(
      fc.oneof(arbitraryNodes(), arbitraryNodes({ nodeTypes: HIDDEN_PARTS })),
      fc.boolean(),
      (nodes, repeatStrings) => {
        const columns = drawColumns(nodes, { repeatStrings });
        expect([...computeShallowSizes(columns)]).toEqual(bruteForceShallowSizes(nodes));
      },
    ),
    { numRuns: 1000 },
  );
});

test('nothing is lost: the sum stays', () => {
  const sum = (sizes: Iterable<number>): number => [...sizes].reduce((a, b) => a + b, 0);
  fc.assert(
    fc.property(arbitraryNodes({ nodeTypes: HIDDEN_PARTS }), (nodes) => {
      const columns = drawColumns(nodes);
      expect(sum(computeShallowSizes(columns))).toBe(sum(columns.selfSizeByNode));
    }),
  );
});

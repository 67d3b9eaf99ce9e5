import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayName } from '../../src/naming/display-name.js';
import { arbitraryNodes } from '../support/arbitrary-graph.js';
import { bruteForceDisplayName } from '../support/brute-force-names.js';
import { drawGraph } from '../support/draw-graph.js';

const NAMED_BY_CONTENT = ['object', 'concatenated string', 'string', 'native'];

test('names follow the rules', () => {
  fc.assert(
    fc.property(arbitraryNodes({ nodeTypes: NAMED_BY_CONTENT }), fc.boolean(), (nodes, repeatStrings) => {
      const graph = drawGraph(nodes, { repeatStrings });
      expect(nodes.map((_, ordinal) => displayName(graph, ordinal))).toEqual(
        nodes.map((node) => bruteForceDisplayName(nodes, node)),
      );
    }),
    { numRuns: 1000 },
  );
});

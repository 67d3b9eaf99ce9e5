import { HeapGraph } from '@heapstream/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryNodes } from '../../../core/test/support/arbitrary-graph.js';
import { drawColumns } from '../../../core/test/support/draw-graph.js';
import { analyzeSync } from '../../src/analyze.js';
import { searchNodes } from '../../src/queries/search.js';

const TEXTS = ['a', 'b', 'Object', '{', ', ', 'é', '"', 'DETACHED', '__proto__', '(', 'of a', '…', '\\', ''];

test('finds the nodes whose name contains the text, by looking at every name', () => {
  fc.assert(
    fc.property(
      arbitraryNodes({ nodeTypes: ['object', 'object', 'string', 'concatenated string', 'native'] }),
      fc.constantFrom(...TEXTS),
      (nodes, text) => {
        const analysis = analyzeSync(new HeapGraph(drawColumns(nodes.map((node) => ({ ...node, size: 8 })))));
        const wanted = new RegExp(text.replace(/[{(\\]/g, '\\$&'), 'i');
        const expected = [...analysis.graph.nodes()]
          .filter(({ name, ordinal }) => analysis.shallowSizeOf(ordinal) > 0 && wanted.test(name))
          .map(({ ordinal }) => ordinal);
        expect([...searchNodes(analysis, text).ordinals].sort((a, b) => a - b)).toEqual(expected);
        expect([...searchNodes(analysis, wanted).ordinals].sort((a, b) => a - b)).toEqual(expected);
      },
    ),
    { numRuns: 1000 },
  );
});

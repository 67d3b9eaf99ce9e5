import { HeapGraph } from '@heapstream/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryNodes } from '../../../core/test/support/arbitrary-graph.js';
import { drawColumns } from '../../../core/test/support/draw-graph.js';
import { analyzeSync } from '../../src/analyze.js';
import { findDuplicateStrings } from '../../src/queries/duplicate-strings.js';

test('groups like a map from text to nodes', () => {
  fc.assert(
    fc.property(
      arbitraryNodes({ nodeTypes: ['string', 'concatenated string'] }),
      fc.boolean(),
      (nodes, repeatStrings) => {
        const drawn = nodes.map((node, i) => ({ ...node, size: i % 5 }));
        const analysis = analyzeSync(new HeapGraph(drawColumns(drawn, { repeatStrings })));
        const nodesByText = new Map<string, number[]>();
        for (const { edges, name, ordinal, type } of [...analysis.graph.nodes()].map(plain)) {
          const isText = type === 'string' || type === 'concatenated string';
          const isPart = (edge: { type: string; name: string | number }) =>
            edge.type === 'internal' && (edge.name === 'first' || edge.name === 'second');
          const isFlat =
            type === 'concatenated string' &&
            edges.some((edge) => isPart(edge) && analysis.graph.node(edge.target).name === '');
          if (!isText || isFlat || analysis.shallowSizeOf(ordinal) === 0) continue;
          nodesByText.set(name, [...(nodesByText.get(name) ?? []), ordinal]);
        }
        const expected = [...nodesByText].filter(([, ordinals]) => ordinals.length > 1);
        const found = findDuplicateStrings(analysis).map((row) => [row.text, [...row.ordinals()]]);
        expect(new Map(found as [string, number[]][])).toEqual(new Map(expected));
      },
    ),
    { numRuns: 1000 },
  );
});

function plain(node: ReturnType<HeapGraph['node']>) {
  return { ordinal: node.ordinal, type: node.type, name: node.name, edges: [...node.edges()] };
}

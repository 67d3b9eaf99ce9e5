import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inheritDetachedness } from '../../src/graph/detachedness.js';
import { inheritNaively } from '../support/brute-force-detachedness.js';
import { type DrawnEdge, drawColumns } from '../support/draw-graph.js';

const EDGE_TYPES = ['property', 'element', 'internal', 'context', 'shortcut', 'hidden', 'invisible', 'weak'];

test('states are inherited as the rule says, on any graph', () => {
  const node = fc.record({
    type: fc.constantFrom('native', 'native', 'native', 'object'),
    detachedness: fc.constantFrom(0, 0, 0, 1, 2),
    edges: fc.array(fc.tuple(fc.constantFrom(...EDGE_TYPES), fc.nat()), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 25 }), (drafts) => {
      const nodes = drafts.map(({ edges, ...rest }, i) => ({
        ...rest,
        key: `${i}`,
        edges: edges.map(([type, to]): DrawnEdge => [type, type === 'element' ? 1 : 'x', to % drafts.length]),
      }));
      const columns = drawColumns(nodes);
      inheritDetachedness(columns, columns.detachednessByNode!);
      const naive = nodes.map(({ type, detachedness, edges }) => ({
        ...{ type, name: '', id: 0, selfSize: 0, traceNodeId: undefined, detachedness },
        edges: edges.map(([edgeType, name, to]) => ({ type: edgeType, name, to: to as number })),
      }));
      expect([...columns.detachednessByNode!]).toEqual(inheritNaively(naive));
    }),
    { numRuns: 1000 },
  );
});

test('a long chain costs no stack', () => {
  const length = 50_000;
  const nodes = Array.from({ length }, (_, i) => ({
    type: 'native',
    key: `${i}`,
    detachedness: i === 0 ? 2 : 0,
    edges: (i + 1 < length ? [['property', 'next', i + 1]] : []) as DrawnEdge[],
  }));
  const columns = drawColumns(nodes);
  inheritDetachedness(columns, columns.detachednessByNode!);
  expect(columns.detachednessByNode!.every((state) => state === 2)).toBe(true);
});

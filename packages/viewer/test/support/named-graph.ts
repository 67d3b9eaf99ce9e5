import { HeapGraph } from '@heapstream/core';
import fc from 'fast-check';
import { type DrawnEdge, type DrawnNode, drawColumns } from '../../../core/test/support/draw-graph.js';

/** Names that share beginnings, differ in case, or sort otherwise by UTF-16 than by code points. */
const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'abc',
  'abcdefgh',
  'abcdefghi',
  'abcdefghj',
  'Zoo',
  'ä',
  '\uffee',
  '😀',
  'Object',
  '<b>',
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: 12, unit: 'binary' }));
/** One of the graph's nodes: the ordinal modulo their number. */
const wish = fc.nat(20);

const node = fc.oneof(
  fc.record({ type: fc.constantFrom('string', 'closure', 'object', 'sliced string'), name: text }),
  fc.record({
    type: fc.constant('object'),
    name: fc.constant('Object'),
    properties: fc.array(fc.record({ type: fc.constantFrom('property', 'internal'), name: text, wish }), {
      maxLength: 4,
    }),
  }),
  fc.record({ type: fc.constant('concatenated string'), name: text, parts: fc.tuple(wish, wish) }),
  fc.record({ type: fc.constant('native'), name: text, detachedness: fc.nat(2) }),
);

/** Nodes with every kind of name: strings of the table, previews, joined strings, detached ones. */
export const namedGraph: fc.Arbitrary<HeapGraph> = fc
  .record({ nodes: fc.array(node, { minLength: 1, maxLength: 20 }), repeatStrings: fc.boolean() })
  .map(({ nodes, repeatStrings }) => {
    const target = (of: number): number => 1 + (of % nodes.length);
    const drawn = nodes.map((spec, i): DrawnNode => {
      const edges: DrawnEdge[] = [];
      if ('properties' in spec) {
        for (const { name, type, wish: of } of spec.properties) edges.push([type, name, target(of)]);
      }
      if ('parts' in spec) {
        edges.push(
          ['internal', 'first', target(spec.parts[0])],
          ['internal', 'second', target(spec.parts[1])],
        );
      }
      const { name, type } = spec;
      const detachedness = 'detachedness' in spec ? { detachedness: spec.detachedness } : {};
      return { key: `#${i}`, type, name, size: 8, edges, ...detachedness };
    });
    const root: DrawnNode = {
      type: 'synthetic',
      key: 'root',
      edges: drawn.map((_, i): DrawnEdge => ['element', i, i + 1]),
    };
    return new HeapGraph(drawColumns([root, ...drawn], { repeatStrings }));
  });

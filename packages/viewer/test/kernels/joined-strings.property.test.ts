import { HeapGraph, StringTable } from '@heapstream/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DrawnNode, drawColumns } from '../../../core/test/support/draw-graph.js';
import { nameNodes } from '../../src/kernels/name-table.js';

/** Texts around the length at which no further part is taken, of one to four bytes a character. */
const texts = fc.oneof(
  fc.constantFrom('', 'a', 'ä', '€', '😀'),
  fc
    .record({ unit: fc.constantFrom('x', 'ö', '€', '😀'), count: fc.integer({ min: 250, max: 1030 }) })
    .map(({ count, unit }) => unit.repeat(count)),
);
const wish = fc.nat(30);
/** Leaves and joined strings, of which some are part of themselves, lack a part, or join other things. */
const node = fc.oneof(
  fc.record({ type: fc.constantFrom('string', 'sliced string', 'object'), name: texts }),
  fc.record({ type: fc.constant('native'), name: texts, detachedness: fc.constantFrom(1, 2) }),
  fc.record({ type: fc.constant('concatenated string'), name: texts, parts: fc.tuple(wish, wish) }),
  fc.record({ type: fc.constant('concatenated string'), name: texts, parts: fc.tuple(wish) }),
);

function drawn(nodes: readonly DrawnNode[]): HeapGraph {
  const root: DrawnNode = {
    type: 'synthetic',
    key: 'root',
    edges: nodes.map((_, i) => ['element', i, i + 1]),
  };
  return new HeapGraph(drawColumns([root, ...nodes]));
}

/** All names as they are kept. */
function keptNames(graph: HeapGraph): string[] {
  const { madeUp, nameByNode } = nameNodes(graph.columns);
  const { count } = graph.strings;
  const made = new StringTable(madeUp);
  return Array.from(nameByNode, (name) => (name < count ? graph.strings.get(name) : made.get(name - count)));
}

test('names are those that people read, however strings are joined', () => {
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 24 }), (specs) => {
      const graph = drawn(
        specs.map((spec, i): DrawnNode => {
          const parts = 'parts' in spec ? spec.parts : [];
          const edges = parts.map(
            (of, side) => ['internal', side === 0 ? 'first' : 'second', 1 + (of % specs.length)] as const,
          );
          return { ...spec, key: `#${i}`, edges };
        }),
      );
      expect(keptNames(graph)).toEqual([...graph.nodes()].map(({ name }) => name));
    }),
    { numRuns: 1_000 },
  );
});

test('a string that its first part leads back to is named as one alone', () => {
  const joined = (key: string, first: string, second: string): DrawnNode => ({
    type: 'concatenated string',
    key,
    edges: [
      ['internal', 'first', first],
      ['internal', 'second', second],
    ],
  });
  const graph = drawn([
    joined('whole', 'part', 'end'),
    joined('part', 'nothing', 'whole'),
    { type: 'string', key: 'nothing', name: '' },
    { type: 'string', key: 'end', name: 'z' },
  ]);
  const names = [...graph.nodes()].map(({ name }) => name);
  expect(names.slice(1, 3)).toEqual(['z', 'z']);
  expect(keptNames(graph)).toEqual(names);
});

test('a string that grew by very many pieces is named from end to end', () => {
  const pieces = 200_000;
  const graph = drawn([
    { type: 'string', name: 'piece', key: 'piece' },
    ...Array.from({ length: pieces }, (_, i): DrawnNode => {
      const first = i === 0 ? 'piece' : `#${i - 1}`;
      return {
        type: 'concatenated string',
        key: `#${i}`,
        edges: [
          ['internal', 'first', first],
          ['internal', 'second', 'piece'],
        ],
      };
    }),
  ]);
  const { madeUp, nameByNode } = nameNodes(graph.columns);
  // each but those that have the length already adds a piece
  const whole = 'piece'.repeat(Math.ceil(1024 / 'piece'.length));
  expect(madeUp.stringCount).toBe(whole.length / 'piece'.length - 1);
  const last = nameByNode[graph.nodeCount - 1] - graph.strings.count;
  expect(new StringTable(madeUp).get(last)).toBe(whole);
  expect(graph.node(graph.nodeCount - 1).name).toBe(whole);
});

import { expect, test } from 'vitest';
import { computeStatistics } from '../../src/summary/statistics.js';
import { type DrawnNode, drawGraph } from '../support/draw-graph.js';

const exposed: DrawnNode = { type: 'synthetic', key: 'root' };

test('sums shallow sizes by kind', () => {
  const graph = drawGraph(
    [
      { ...exposed, size: 1 },
      { type: 'hidden', name: 'system / Map', size: 2 },
      { type: 'native', name: 'Foo', size: 4 },
      { type: 'native', name: 'system / JSArrayBufferData', size: 8 },
      { type: 'code', name: 'Array', size: 16 },
      { type: 'string', name: 'Array', size: 32 },
      { type: 'concatenated string', name: 's', size: 64 },
      { type: 'sliced string', name: 's', size: 128 },
      { type: 'object', name: 'Foo', size: 256 },
      { type: 'object', name: 'Array', size: 512 },
      { type: 'closure', name: 'Array', size: 1024 },
    ],
    { extraNativeBytes: 4096 },
  );
  expect(computeStatistics(graph)).toEqual({
    total: 2047 + 4096,
    native: { total: 12 + 4096, typedArrays: 8 },
    v8heap: { total: 2047 - 12, code: 16, jsArrays: 512 + 1024, strings: 32 + 64 + 128, system: 2 },
  });
});

test('adds the first backing store of an array unless something else points to it', () => {
  const nodes: DrawnNode[] = [
    exposed,
    {
      name: 'Array',
      key: 'own',
      edges: [
        ['property', 'elements', 'Foo'],
        ['internal', 'elements', 'ownStore'],
        ['internal', 'elements', 'secondStore'],
      ],
    },
    { name: 'Array', key: 'sharing', edges: [['internal', 'elements', 'sharedStore']] },
    { name: 'Foo', size: 16, edges: [['weak', 'peek', 'sharedStore']] },
    { type: 'array', key: 'ownStore', size: 1 },
    { type: 'array', key: 'secondStore', size: 2 },
    { type: 'array', key: 'sharedStore', size: 4 },
  ];
  expect(computeStatistics(drawGraph(nodes)).v8heap.jsArrays).toBe(1);
});

test('counts a backing store that has moved to its array once', () => {
  const graph = drawGraph([
    { type: 'synthetic', key: 'root', edges: [['shortcut', 'list', 'Array']] },
    { name: 'Array', size: 16, edges: [['internal', 'elements', 'store']] },
    { type: 'array', key: 'store', size: 100 },
  ]);
  expect(computeStatistics(graph).v8heap.jsArrays).toBe(116);
});

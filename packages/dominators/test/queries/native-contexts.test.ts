import { expect, test } from 'vitest';
import { findNativeContexts } from '../../src/queries/native-contexts.js';
import { analyzeDrawn } from '../support/drawn-analysis.js';
import type { DrawnNode } from '../support/drawn-heap.js';

const context = (key: string, name: string, holds: string): DrawnNode => ({
  key,
  name,
  size: 10,
  edges: [
    ['internal', 'x', holds],
    ['internal', 'y', 'both'],
    ['weak', 'w', 'nobody'],
    ['shortcut', 's', 'nobody'],
  ],
});

test('nodes belong to the realm whose maps they have, or that alone reaches them', () => {
  const nodes: DrawnNode[] = [
    { key: 'root', edges: [['weak', '1', 'one']] },
    context('one', 'system / NativeContext / a', 'ofOne'),
    context('two', 'system / NativeContext', 'object'),
    { key: 'ofOne', size: 1, edges: [['property', 'deep', 'deep']] },
    { key: 'deep', size: 2 },
    { key: 'both', size: 4, edges: [['property', 'also', 'deepBoth']] },
    { key: 'deepBoth', size: 8, edges: [['property', 'back', 'both']] },
    // reached from the second realm, but its map is of the first
    {
      key: 'object',
      size: 16,
      edges: [
        ['internal', 'map', 'map'],
        ['property', 'own', 'own'],
      ],
    },
    { key: 'map', type: 'object shape', size: 0, edges: [['internal', 'map', 'metaMap']] },
    {
      key: 'metaMap',
      type: 'object shape',
      size: 0,
      edges: [
        ['internal', 'native_context', 'map'],
        ['internal', 'native_context', 'one'],
      ],
    },
    { key: 'own', size: 32 },
    { key: 'nobody', size: 64 },
  ];
  const { analysis } = analyzeDrawn(nodes);
  const table = findNativeContexts(analysis);
  expect(table.contexts).toEqual([
    { ordinal: 1, count: 5, shallowSize: 10 + 1 + 2 + 16 + 32 },
    { ordinal: 2, count: 1, shallowSize: 10 },
  ]);
  expect(table.shared).toEqual({ count: 2, shallowSize: 12 });
  expect(table.unattributed).toEqual({ count: 1, shallowSize: 64 });
  const keysOf = (owner: number | 'shared' | 'unattributed') =>
    [...table.select(owner).ordinals()].map((ordinal) => nodes[ordinal].key);
  expect(keysOf(1)).toEqual(['one', 'ofOne', 'deep', 'object', 'own']);
  expect(keysOf('shared')).toEqual(['both', 'deepBoth']);
  expect(keysOf('unattributed')).toEqual(['nobody']);
});

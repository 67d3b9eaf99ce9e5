import { describe, expect, test } from 'vitest';
import { analyzeDrawn } from './support/drawn-analysis.js';

const { analysis } = analyzeDrawn(
  [
    {
      key: 'root',
      type: 'synthetic',
      edges: [
        ['element', 1, 'list'],
        ['element', 2, 'other'],
      ],
    },
    {
      key: 'list',
      name: 'List',
      size: 10,
      edges: [
        ['property', 'small', 'small'],
        ['property', 'large', 'large'],
        ['property', 'last', 'last'],
      ],
    },
    {
      key: 'small',
      name: 'Item',
      size: 5,
      edges: [
        ['weak', 'next', 'large'],
        ['element', 0, 'large'],
      ],
    },
    { key: 'large', name: 'Item', size: 50, edges: [['property', 'inner', 'inner']] },
    { key: 'inner', name: 'Item', size: 7 },
    {
      key: 'other',
      name: 'Other',
      size: 1,
      edges: [
        ['property', 'a', 'small'],
        ['property', 'b', 'small'],
      ],
    },
    { key: 'last', name: 'Item', size: 5 },
    { key: 'empty', name: 'Item', size: 0 },
  ],
  { extraNativeBytes: 1000 },
);

describe('HeapAnalysis', () => {
  test('answers for single nodes', () => {
    expect(analysis.shallowSizeOf(3)).toBe(50);
    expect(analysis.retainedSizeOf(3)).toBe(57);
    expect(analysis.dominatorOf(4)).toBe(3);
    expect(analysis.distanceOf(4)).toBe(3);
    expect(analysis.distanceOf(7)).toBe(null);
  });

  test('adds what lies outside the heap to the total', () => {
    expect(analysis.totalSize).toBe(1078);
    expect(analysis.statistics.total).toBe(1078);
  });

  test('sorts what a node dominates by retained size, then by place in the file', () => {
    expect([...analysis.dominatedBy(0)]).toEqual([3, 1, 2, 5, 7]);
    expect([...analysis.dominatedBy(3)]).toEqual([4]);
    expect([...analysis.dominatedBy(4)]).toEqual([]);
  });

  test('tells who points to a node, over which edges, with the weak ones', () => {
    const retainers = Array.from(analysis.retainersOf(3), ({ edge, node, distance }) => [
      node.ordinal,
      edge.type,
      edge.name,
      distance,
    ]);
    expect(retainers).toEqual([
      [1, 'property', 'large', 1],
      [2, 'weak', 'next', 2],
      [2, 'element', 0, 2],
    ]);
    expect(Array.from(analysis.retainersOf(2), ({ edge }) => edge.name)).toEqual(['small', 'a', 'b']);
    expect([...analysis.retainersOf(7)]).toEqual([]);
  });

  test('lists classes with what they retain, once, and their members', () => {
    const rows = analysis.classes().map(({ ordinals, ...row }) => ({ ...row, ordinals: [...ordinals()] }));
    expect(rows).toEqual([
      {
        key: ',Item',
        name: 'Item',
        location: null,
        count: 4,
        shallowSize: 67,
        retainedSize: 67,
        distance: 2,
        ordinals: [2, 3, 4, 6],
      },
      {
        key: ',List',
        name: 'List',
        location: null,
        count: 1,
        shallowSize: 10,
        retainedSize: 15,
        distance: 1,
        ordinals: [1],
      },
      {
        key: ',Other',
        name: 'Other',
        location: null,
        count: 1,
        shallowSize: 1,
        retainedSize: 1,
        distance: 1,
        ordinals: [5],
      },
    ]);
  });
});

test('classes of the same retained size stand by name, in code units', () => {
  const names = ['b', 'a', 'Z', 'ä'];
  const drawn = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: names.map((name, i) => ['element', i, name] as const) },
    ...names.map((name) => ({ name, size: 8 })),
  ]);
  expect(drawn.analysis.classes().map(({ name }) => name)).toEqual(['Z', 'a', 'b', 'ä']);
});

test('a class without a distance for one of its members has none', () => {
  const drawn = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'a']] },
    { key: 'a', name: 'Thing', size: 8 },
    { key: 'b', name: 'Thing', size: 8 },
  ]);
  expect(drawn.analysis.classes()[0]).toMatchObject({ count: 2, distance: null });
});

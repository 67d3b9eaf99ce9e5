import { expect, test } from 'vitest';
import { analyzeDrawn, entryName } from '../support/drawn-analysis.js';

test('counts from the user roots, then from the root for what only the system holds', () => {
  const { distances } = analyzeDrawn([
    {
      key: 'root',
      type: 'synthetic',
      edges: [
        ['element', 1, '(roots)'],
        ['weak', 'w', 'global'],
      ],
    },
    {
      key: '(roots)',
      type: 'synthetic',
      edges: [
        ['element', 1, 'system'],
        ['element', 2, 'b'],
      ],
    },
    {
      key: 'global',
      edges: [
        ['property', 'a', 'a'],
        ['weak', 'w', 'seen'],
      ],
    },
    { key: 'a', edges: [['property', 'b', 'b']] },
    { key: 'b' },
    { key: 'system' },
    { key: 'seen' },
  ]);
  expect(distances).toEqual({
    root: 100_000_000,
    '(roots)': 100_000_001,
    global: 1,
    a: 2,
    b: 3,
    system: 100_000_002,
    seen: null,
  });
});

test('without user roots the root is at 0', () => {
  const { distances } = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, '(roots)']] },
    { key: '(roots)', type: 'synthetic', edges: [['element', 1, 'a']] },
    { key: 'a' },
  ]);
  expect(distances).toEqual({ root: 0, '(roots)': 1, a: 2 });
});

test('does not take the sloppy function map of a native context for a way', () => {
  const distanceBehind = (type: string, name: string, edge: string): number | null =>
    analyzeDrawn([
      { key: 'root', type: 'synthetic', edges: [['element', 1, 'context']] },
      { key: 'context', type, name, edges: [['internal', edge, 'map']] },
      { key: 'map' },
    ]).distances.map;
  expect(distanceBehind('hidden', 'system / NativeContext', 'sloppy_function_map')).toBe(null);
  expect(distanceBehind('hidden', 'system / NativeContext', 'strict_function_map')).toBe(2);
  expect(distanceBehind('hidden', 'system / Context', 'sloppy_function_map')).toBe(2);
  expect(distanceBehind('object', 'system / NativeContext', 'sloppy_function_map')).toBe(2);
});

test.each([
  ['element', 1, 2],
  ['element', 2, 2],
  ['element', 3, 2],
  ['element', 4, null],
  ['hidden', 7, null],
  ['internal', '4', null],
  ['internal', '10th', null],
  ['internal', '-2', 2],
  ['internal', 'name', 2],
])('of the descriptors of a map, %s edge %s leads to distance %s', (type, name, distance) => {
  const { distances } = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'descriptors']] },
    { key: 'descriptors', type: 'array', name: '(map descriptors)', edges: [[type, name, 'held']] },
    { key: 'held' },
  ]);
  expect(distances.held).toBe(distance);
});

test('reaches the value of a WeakMap entry by the second of its edges that is met', () => {
  const { distances } = analyzeDrawn([
    {
      key: 'root',
      type: 'synthetic',
      edges: [
        ['element', 1, 'table'],
        ['element', 2, 'holder'],
      ],
    },
    { key: 'table', id: 3, edges: [['internal', entryName(1, 5, 7, 3), 'value']] },
    { key: 'holder', edges: [['property', 'key', 'key']] },
    { key: 'key', id: 5, edges: [['internal', entryName(9, 5, 7, 3), 'value']] },
    { key: 'value', id: 7 },
  ]);
  expect(distances).toMatchObject({ table: 1, key: 2, value: 3 });
});

test('does not pair what a descriptor array holds', () => {
  const { distances } = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'descriptors']] },
    {
      key: 'descriptors',
      type: 'array',
      name: '(map descriptors)',
      edges: [['internal', entryName(0, 5, 7, 3), 'value']],
    },
    { key: 'value' },
  ]);
  expect(distances.value).toBe(2);
});

test('one half of an entry alone leads nowhere', () => {
  const { distances } = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'key']] },
    { key: 'key', edges: [['internal', entryName(1, 5, 7, 3), 'value']] },
    { key: 'value' },
  ]);
  expect(distances.value).toBe(null);
});

test('a third edge of an entry is a first one again', () => {
  const { distances } = analyzeDrawn([
    {
      key: 'root',
      type: 'synthetic',
      edges: [
        ['element', 1, 'a'],
        ['element', 2, 'b'],
        ['element', 3, 'c'],
      ],
    },
    { key: 'a', edges: [['internal', entryName(1, 5, 7, 3), 'one']] },
    { key: 'b', edges: [['internal', entryName(2, 5, 7, 3), 'two']] },
    { key: 'c', edges: [['internal', entryName(3, 5, 7, 3), 'three']] },
    { key: 'one' },
    { key: 'two' },
    { key: 'three' },
  ]);
  expect(distances).toMatchObject({ one: null, two: 2, three: null });
});

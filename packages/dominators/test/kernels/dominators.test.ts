import { expect, test } from 'vitest';
import { analyzeDrawn, entryName } from '../support/drawn-analysis.js';

test('where paths meet, the last node that they share dominates', () => {
  const { dominators, retainedSizes } = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'a']] },
    {
      key: 'a',
      size: 1,
      edges: [
        ['property', 'left', 'b'],
        ['property', 'right', 'c'],
      ],
    },
    { key: 'b', size: 10, edges: [['property', 'x', 'd']] },
    { key: 'c', size: 100, edges: [['property', 'x', 'd']] },
    { key: 'd', size: 1000, edges: [['property', 'back', 'a']] },
  ]);
  expect(dominators).toEqual({ root: 'root', a: 'root', b: 'a', c: 'a', d: 'a' });
  expect(retainedSizes).toEqual({ root: 1111, a: 1111, b: 10, c: 100, d: 1000 });
});

test('a node that nothing essential holds is a child of the root, and its edges count', () => {
  const { dominators, retainedSizes, distances } = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'a']] },
    {
      key: 'a',
      size: 1,
      edges: [
        ['weak', 'x', 'orphan'],
        ['property', 'x', 'shared'],
      ],
    },
    {
      key: 'orphan',
      size: 10,
      edges: [
        ['property', 'x', 'own'],
        ['property', 'y', 'shared'],
      ],
    },
    { key: 'own', size: 100 },
    { key: 'shared', size: 1000 },
  ]);
  expect(dominators).toMatchObject({ orphan: 'root', own: 'orphan', shared: 'root' });
  expect(retainedSizes).toMatchObject({ root: 1111, a: 1, orphan: 110 });
  expect(distances).toMatchObject({ orphan: null, own: null, shared: 2 });
});

test('nodes of a closed cycle hang under the root, and their edges count for nothing', () => {
  const { dominators, retainedSizes } = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'a']] },
    { key: 'a', size: 1, edges: [['property', 'x', 'shared']] },
    {
      key: 'one',
      size: 10,
      edges: [
        ['property', 'x', 'two'],
        ['property', 'y', 'shared'],
      ],
    },
    {
      key: 'two',
      size: 100,
      edges: [
        ['property', 'x', 'one'],
        ['property', 'y', 'behind'],
      ],
    },
    { key: 'behind', size: 1000 },
    { key: 'shared', size: 10_000 },
  ]);
  expect(dominators).toMatchObject({ one: 'root', two: 'root', behind: 'root', shared: 'a' });
  expect(retainedSizes).toMatchObject({ root: 11_111, a: 10_001, one: 10, two: 100, behind: 1000 });
});

test('the value of a WeakMap entry lives by its key', () => {
  const { dominators } = analyzeDrawn([
    {
      key: 'root',
      type: 'synthetic',
      edges: [
        ['element', 1, 'table'],
        ['element', 2, 'key'],
      ],
    },
    { key: 'table', id: 3, edges: [['internal', entryName(1, 5, 7, 3), 'value']] },
    { key: 'key', id: 5, edges: [['internal', entryName(2, 5, 7, 3), 'value']] },
    { key: 'value', id: 7 },
  ]);
  expect(dominators.value).toBe('key');
});

test('ids of more than 32 bits tell tables apart', () => {
  const id = 2 ** 32 + 3;
  const { dominators } = analyzeDrawn([
    {
      key: 'root',
      type: 'synthetic',
      edges: [
        ['element', 1, 'table'],
        ['element', 2, 'key'],
      ],
    },
    { key: 'table', id, edges: [['internal', entryName(1, 5, 7, id), 'value']] },
    { key: 'key', id: 3, edges: [['internal', entryName(2, 5, 7, id), 'value']] },
    { key: 'value', id: 7 },
  ]);
  expect(dominators.value).toBe('key');
});

test('the root may stand anywhere', () => {
  const { dominators, distances, retainedSizes } = analyzeDrawn(
    [
      { key: 'b', size: 1 },
      { key: 'a', size: 10, edges: [['property', 'x', 'b']] },
      { key: 'top', type: 'synthetic', edges: [['element', 1, 'a']] },
    ],
    { rootOrdinal: 2 },
  );
  expect(dominators).toEqual({ top: 'top', a: 'top', b: 'a' });
  expect(retainedSizes).toEqual({ top: 11, a: 11, b: 1 });
  expect(distances).toEqual({ top: 100_000_000, a: 1, b: 2 });
});

test('one node alone', () => {
  const { analysis, dominators, retainedSizes, distances } = analyzeDrawn([
    { key: 'root', type: 'synthetic', size: 8 },
  ]);
  expect({ dominators, retainedSizes, distances }).toEqual({
    dominators: { root: 'root' },
    retainedSizes: { root: 8 },
    distances: { root: 0 },
  });
  expect([...analysis.dominatedBy(0)]).toEqual([]);
});

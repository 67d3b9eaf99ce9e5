import { expect, test } from 'vitest';
import { findClasses, objectsOfClass } from '../../src/queries/objects-of-class.js';
import { analyzeDrawn } from '../support/drawn-analysis.js';

const { analysis } = analyzeDrawn([
  {
    key: 'root',
    type: 'synthetic',
    edges: [
      ['element', 1, 'a'],
      ['element', 2, 'b'],
      ['element', 3, 'c'],
    ],
  },
  { key: 'a', name: 'Item', size: 30, locations: [[1, 2, 3]] },
  { key: 'b', name: 'Item', size: 10, locations: [[1, 9, 9]], edges: [['property', 'x', 'd']] },
  { key: 'c', name: 'Item', size: 20, locations: [[1, 2, 3]] },
  { key: 'd', name: 'Other', size: 100 },
  { key: 'e', name: 'Item', size: 0 },
]);

test('one name may be several classes', () => {
  const rows = findClasses(analysis, 'Item');
  expect(rows.map(({ count, location, retainedSize }) => [location?.line, count, retainedSize])).toEqual([
    [9, 1, 110],
    [2, 2, 50],
  ]);
  expect(findClasses(analysis, 'item')).toEqual([]);
});

test('the objects of classes come by size', () => {
  const rows = findClasses(analysis, 'Item');
  expect([...objectsOfClass(analysis, rows).ordinals]).toEqual([2, 1, 3]);
  expect([...objectsOfClass(analysis, rows, { order: 'shallowSize' }).ordinals]).toEqual([1, 3, 2]);
  expect([...objectsOfClass(analysis, rows[1]).ordinals]).toEqual([1, 3]);
  expect(objectsOfClass(analysis, rows, { limit: 1, offset: 1 })).toEqual({
    total: 3,
    ordinals: Uint32Array.of(1),
  });
  expect(objectsOfClass(analysis, []).total).toBe(0);
});

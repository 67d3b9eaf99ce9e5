import { expect, test } from 'vitest';
import { summarizeClasses } from '../../src/summary/class-summary.js';
import { drawGraph } from '../support/draw-graph.js';

test('has a row for each class with members of some size, largest first, then by name, then by key', () => {
  const graph = drawGraph([
    { type: 'synthetic', key: 'root' },
    { name: 'Small', size: 1 },
    { name: 'Beta', size: 10 },
    { name: 'Empty', size: 0 },
    { name: 'Alpha', size: 4, locations: [[2, 0, 0]] },
    { name: 'Alpha', size: 10, locations: [[1, 0, 0]] },
    { name: 'Alpha', size: 6, locations: [[2, 0, 0]] },
    { name: 'Alpha', size: 0, locations: [[2, 0, 0]] },
  ]);
  const rows = summarizeClasses(graph);
  expect(rows.map(({ key, count, shallowSize }) => [key, count, shallowSize])).toEqual([
    ['1,0,0,Alpha', 1, 10],
    ['2,0,0,Alpha', 2, 10],
    [',Beta', 1, 10],
    [',Small', 1, 1],
  ]);
  expect(rows[1]).toEqual({
    classOrdinal: graph.classes.classByNode[4],
    key: '2,0,0,Alpha',
    name: 'Alpha',
    location: { scriptId: 2, scriptName: null, line: 0, column: 0 },
    count: 2,
    shallowSize: 10,
  });
});

test('counts what a node owns to its class', () => {
  const graph = drawGraph([
    { type: 'synthetic', key: 'root', edges: [['shortcut', 'foo', 'Foo']] },
    { name: 'Foo', size: 1, edges: [['internal', 'map', 'map']] },
    { type: 'hidden', key: 'map', size: 2 },
  ]);
  expect(summarizeClasses(graph).map(({ name, shallowSize }) => [name, shallowSize])).toEqual([['Foo', 3]]);
});

import { expect, test } from 'vitest';
import { dominatorChain, largestDominated } from '../../src/queries/dominator-chain.js';
import { listChildren, listRetainers } from '../../src/queries/linked-nodes.js';
import { analyzeDrawn } from '../support/drawn-analysis.js';

const { analysis } = analyzeDrawn([
  { key: 'root', type: 'synthetic', edges: [['element', 1, 'window']] },
  {
    key: 'window',
    edges: [
      ['property', 'small', 'small'],
      ['property', 'large', 'large'],
      ['weak', 'cache', 'item'],
    ],
  },
  { key: 'small', size: 1, edges: [['property', 'item', 'item']] },
  {
    key: 'large',
    size: 10,
    edges: [
      ['element', 0, 'item'],
      ['element', 1, 'item'],
    ],
  },
  { key: 'item', size: 5 },
  { key: 'garbage', size: 1, edges: [['property', 'item', 'item']] },
]);
const ITEM = 4;

test('children come in file order, or by what they retain', () => {
  const names = (order: 'file' | 'retainedSize') =>
    listChildren(analysis, 1, { order }).links.map(({ edge }) => edge.name);
  expect(names('file')).toEqual(['small', 'large', 'cache']);
  expect(names('retainedSize')).toEqual(['large', 'cache', 'small']);
  const page = listChildren(analysis, 1, { order: 'retainedSize', offset: 1, limit: 1 });
  expect(page.total).toBe(3);
  expect(page.links.map(({ node }) => node.ordinal)).toEqual([ITEM]);
});

test('retainers come by distance, then those that nothing reaches, then weak edges', () => {
  const { links, total } = listRetainers(analysis, ITEM);
  expect(total).toBe(5);
  expect(links.map(({ edge, node, distance }) => [node.ordinal, edge.type, edge.name, distance])).toEqual([
    [2, 'property', 'item', 2],
    [3, 'element', 0, 2],
    [3, 'element', 1, 2],
    [5, 'property', 'item', null],
    [1, 'weak', 'cache', 1],
  ]);
  expect(listRetainers(analysis, ITEM, { offset: 3, limit: 1 }).links[0].node.ordinal).toBe(5);
  expect(listRetainers(analysis, 0)).toEqual({ total: 0, links: [] });
});

test('the dominator chain leads from the root to the node', () => {
  expect([...dominatorChain(analysis, 3)]).toEqual([0, 1, 3]);
  expect([...dominatorChain(analysis, 0)]).toEqual([0]);
});

test('the largest of what a node dominates come first', () => {
  const all = analysis.dominatedBy(1);
  expect([...largestDominated(analysis, 1).ordinals]).toEqual([...all]);
  expect(largestDominated(analysis, 1, { limit: 1 })).toEqual({
    total: all.length,
    ordinals: all.slice(0, 1),
  });
});

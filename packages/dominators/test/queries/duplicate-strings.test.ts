import { describe, expect, test } from 'vitest';
import { findDuplicateStrings, largestStrings } from '../../src/queries/duplicate-strings.js';
import { analyzeDrawn } from '../support/drawn-analysis.js';
import type { DrawnEdge, DrawnNode } from '../support/drawn-heap.js';

const root: DrawnNode = { key: 'root', type: 'synthetic' };
const text = (key: string, name: string, size = 16, edges: DrawnEdge[] = []): DrawnNode => {
  return { key, type: 'string', name, size, edges };
};
const joined = (key: string, first: string, second: string): DrawnNode => ({
  key,
  type: 'concatenated string',
  name: '',
  size: 32,
  edges: [
    ['internal', 'first', first],
    ['internal', 'second', second],
  ],
});

function duplicates(nodes: readonly DrawnNode[], options?: { repeatStrings: boolean }) {
  const { analysis } = analyzeDrawn(nodes, options);
  return findDuplicateStrings(analysis).map((row) => ({
    text: row.text,
    keys: [...row.ordinals()].map((ordinal) => nodes[ordinal].key).join(' '),
    shallowSize: row.shallowSize,
    wastedSize: row.wastedSize,
    fullLength: row.fullLength,
  }));
}

describe('findDuplicateStrings', () => {
  test.each([[false], [true]])('groups by text, whoever wrote it how often: %s', (repeatStrings) => {
    const nodes = [root, text('a', 'x', 24), text('b', 'y'), text('c', 'x', 16), text('d', 'x', 16)];
    expect(duplicates(nodes, { repeatStrings })).toEqual([
      { text: 'x', keys: 'a c d', shallowSize: 56, wastedSize: 32, fullLength: null },
    ]);
  });

  test('takes concatenated strings by their whole text, but not flattened ones', () => {
    const nodes = [
      root,
      text('ab', 'ab'),
      text('a', 'a'),
      text('b', 'b'),
      text('empty', '', 0),
      joined('a+b', 'a', 'b'),
      joined('flat', 'ab', 'empty'),
    ];
    expect(duplicates(nodes)).toMatchObject([{ text: 'ab', keys: 'ab a+b', wastedSize: 16 }]);
  });

  test('puts the halves of a character together', () => {
    const nodes = [
      root,
      text('smile', '😀'),
      text('high', '\ud83d'),
      text('low', '\ude00'),
      joined('high+low', 'high', 'low'),
    ];
    expect(duplicates(nodes)).toMatchObject([{ text: '😀', keys: 'smile high+low' }]);
  });

  test('leaves out strings without a size, and other types', () => {
    const nodes = [
      root,
      text('a', 'x', 0),
      text('b', 'x', 0),
      text('c', 'x'),
      { key: 'x', name: 'x', size: 9 },
    ];
    expect(duplicates(nodes)).toEqual([]);
  });

  test('cut-off strings are equal if length and hash agree too', () => {
    const cut = (key: string, length: string, hash: string) =>
      text(key, 'long…', 16, [
        ['internal', 'truncated', 'true'],
        ['internal', 'length', length],
        ['internal', 'hash', hash],
      ]);
    const value = (key: string, name: string, target: string): DrawnNode => {
      return { key, type: 'number', name, edges: [['internal', 'value', target]] };
    };
    const nodes = [
      root,
      value('true', 'bool', 'text true'),
      value('5000', 'int', 'text 5000'),
      value('6000', 'int', 'text 6000'),
      text('text true', 'true', 0),
      text('text 5000', '5000', 0),
      text('text 6000', '6000', 0),
      cut('a', '5000', '5000'),
      cut('b', '6000', '5000'),
      cut('c', '5000', '5000'),
      text('whole', 'long…'),
    ];
    expect(duplicates(nodes)).toMatchObject([{ text: 'long…', keys: 'a c', fullLength: 5000 }]);
  });
});

test('largestStrings counts what concatenated strings hold', () => {
  const nodes = [
    {
      ...root,
      edges: [
        ['element', 0, 'ab'],
        ['element', 1, 'c'],
      ],
    } as DrawnNode,
    joined('ab', 'a', 'b'),
    text('a', 'a', 20),
    text('b', 'b', 20),
    text('c', 'c', 30),
    { key: 'o', name: 'o', size: 99 },
  ];
  const { analysis } = analyzeDrawn(nodes);
  expect([...largestStrings(analysis).ordinals].map((ordinal) => nodes[ordinal].key)).toEqual([
    'ab',
    'c',
    'a',
    'b',
  ]);
  expect(largestStrings(analysis, { limit: 1 })).toEqual({ total: 4, ordinals: Uint32Array.of(1) });
});

import { describe, expect, test } from 'vitest';
import { displayName } from '../../src/naming/display-name.js';
import { type DrawnEdge, type DrawnNode, drawGraph } from '../support/draw-graph.js';

const root: DrawnNode = { type: 'synthetic', key: 'root', name: 'the root' };
const parts = (first: string, second: string): DrawnEdge[] => [
  ['internal', 'first', first],
  ['internal', 'second', second],
];
const joined = (key: string, first: string, second: string): DrawnNode => {
  return { key, type: 'concatenated string', name: '(concatenated string)', edges: parts(first, second) };
};
const text = (name: string): DrawnNode => ({ type: 'string', name });

/** The name of the node drawn right after the root. */
function nameOf(...nodes: DrawnNode[]): string {
  return displayName(drawGraph([root, ...nodes]), 1);
}

const plainObject = (...names: string[]): DrawnNode => {
  return { key: 'o', name: 'Object', edges: names.map((name) => ['property', name, 'root']) };
};

test('is the raw name, with the prefix of detached nodes', () => {
  expect(nameOf({ name: 'Foo' })).toBe('Foo');
  expect(nameOf({ type: 'native', name: '<div>', detachedness: 2 })).toBe('Detached <div>');
  expect(nameOf({ type: 'object', name: 'Foo', detachedness: 2 })).toBe('Foo');
  expect(nameOf({ type: 'closure', name: 'Object' })).toBe('Object');
});

describe('concatenated strings', () => {
  test('are joined from left to right', () => {
    expect(nameOf(joined('abc', 'ab', 'c'), joined('ab', 'a', 'b'), text('a'), text('b'), text('c'))).toBe(
      'abc',
    );
  });

  test('take whole parts until 1,024 units are there', () => {
    const long = 'x'.repeat(1023);
    const name = nameOf(
      joined('s', 'left', 'never'),
      joined('left', long, 'to the end'),
      text(long),
      text('to the end'),
      text('never'),
    );
    expect(name).toBe(`${long}to the end`);
  });

  test('show node 0 for a part that is missing, or not an internal edge', () => {
    const edges: DrawnEdge[] = [
      ['property', 'first', 'b'],
      ['internal', 'second', 'b'],
    ];
    expect(nameOf({ type: 'concatenated string', name: '', edges }, text('b'))).toBe('the rootb');
  });

  test('end where a file makes a string part of itself', () => {
    expect(nameOf(joined('s', 's', 's'))).toBe('');
    expect(nameOf(joined('s', 't', 's'), joined('t', 's', 'empty'), { ...text(''), key: 'empty' })).toBe('');
    expect(nameOf(joined('s', 'a', 's'), text('a'))).toBe('a'.repeat(1024));
  });

  test('end where parts of no length are shared a million times', () => {
    const doubling = Array.from({ length: 40 }, (_, i) => joined(`d${i}`, `d${i + 1}`, `d${i + 1}`));
    expect(nameOf(...doubling, { ...text(''), key: 'd40' })).toBe('');
  });

  test('show node 0 once where it lacks its own parts', () => {
    const graph = drawGraph([{ type: 'concatenated string', name: '' }]);
    expect(displayName(graph, 0)).toBe('');
  });

  test('are followed down a chain of 200,000', () => {
    const length = 200_000;
    const nodes = Array.from({ length }, (_, i): DrawnNode => {
      const edges: DrawnEdge[] = [
        ['internal', 'first', i + 2],
        ['internal', 'second', length + 1],
      ];
      return { key: `${i}`, type: 'concatenated string', name: '', edges };
    });
    expect(displayName(drawGraph([root, ...nodes, text('ab')]), 1)).toBe('ab'.repeat(512));
  });
});

describe('plain objects', () => {
  test('list their properties', () => {
    expect(nameOf(plainObject())).toBe('{}');
    expect(nameOf(plainObject('a'))).toBe('{a}');
    expect(nameOf(plainObject('a', '__proto__', 'b', 'c'))).toBe('{a, b, c}');
  });

  test('list property edges only', () => {
    const edges: DrawnEdge[] = [
      ['internal', 'map', 'root'],
      ['property', 'a', 'root'],
      ['element', 5, 'root'],
      ['weak', 'w', 'root'],
    ];
    expect(nameOf({ name: 'Object', edges })).toBe('{a}');
  });

  test('quote names that would be read wrongly', () => {
    expect(nameOf(plainObject('a,b', "it's", 'say "x"', '{', '}', 'a b'))).toBe(
      '{"a,b", "it\'s", "say \\"x\\"", "{", "}", a b}',
    );
  });

  test('take names from both ends in turn and leave out the middle', () => {
    const names = Array.from({ length: 30 }, (_, i) => `name${String(i).padStart(2, '0')}`);
    const [front, back] = [names.slice(0, 7), names.slice(-6)];
    expect(nameOf(plainObject(...names))).toBe(`{${front.join(', ')}, …, ${back.join(', ')}}`);
  });

  test('take another name while what is listed, with braces, and the name stay within 100 units', () => {
    expect(nameOf(plainObject('a'.repeat(50), 'b'.repeat(48)))).toBe(
      `{${'a'.repeat(50)}, ${'b'.repeat(48)}}`,
    );
    expect(nameOf(plainObject('a'.repeat(50), 'b'.repeat(49)))).toBe(`{${'a'.repeat(50)}, …}`);
  });

  test('list one name of any length', () => {
    expect(nameOf(plainObject('a'.repeat(500)))).toBe(`{${'a'.repeat(500)}}`);
  });

  test('list an empty name that stands between others', () => {
    expect(nameOf(plainObject('a', '', 'b'))).toBe('{a, , b}');
    expect(nameOf(plainObject('', 'a'))).toBe('{, a}');
    expect(nameOf(plainObject(''))).toBe('{}');
  });
});

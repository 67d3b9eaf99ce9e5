import { describe, expect, test } from 'vitest';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import { type InterfaceDefinition, NO_DEFINITION } from '../../src/naming/interface-index.js';
import { InterfaceMatcher, inferInterfaces } from '../../src/naming/interfaces.js';
import { WAYS } from '../support/classified.js';
import { type DrawnNode, type DrawOptions, drawGraph } from '../support/draw-graph.js';

const root: DrawnNode = { type: 'synthetic', key: 'root' };

const plainObject = (...names: string[]): DrawnNode => {
  return { key: 'o', name: 'Object', edges: names.map((name) => ['property', name, 'root']) };
};
const times = (count: number, node: DrawnNode): DrawnNode[] => Array.from({ length: count }, () => node);

const printed = (name: string): string => (/[,'"{}]/.test(name) ? JSON.stringify(name) : name);

const [, [, classifyInKernel]] = WAYS;

describe.each<[string, (graph: HeapGraph) => readonly InterfaceDefinition[]]>([
  ['in TypeScript', inferInterfaces],
  ['in the kernel', (graph) => classifyInKernel(graph).interfaces],
])('inferInterfaces, %s', (_, infer) => {
  function inferred(nodes: readonly DrawnNode[], options?: DrawOptions): string[] {
    return infer(drawGraph([root, ...nodes], options)).map((definition) => definition.name);
  }

  test('finds lists that two objects share, most frequent first, then in order of appearance', () => {
    const nodes = [
      plainObject('once'),
      ...times(2, plainObject('late', 'two')),
      ...times(3, plainObject('three')),
      ...times(2, plainObject('last')),
    ];
    expect(infer(drawGraph([root, ...nodes]))).toEqual([
      { name: '{three}', properties: ['three'] },
      { name: '{late, two}', properties: ['late', 'two'] },
      { name: '{last}', properties: ['last'] },
    ]);
  });

  test('tells lists of another order apart', () => {
    expect(inferred([plainObject('a', 'b'), plainObject('b', 'a')])).toEqual([]);
  });

  test('looks at plain objects only', () => {
    const foo = { ...plainObject('a'), name: 'Foo' };
    const closure = { ...plainObject('a'), type: 'closure' };
    expect(inferred([foo, foo, closure, closure])).toEqual([]);
  });

  test('needs one in a thousand plain objects, empty ones counted, unrounded', () => {
    const pair = times(2, plainObject('a'));
    expect(inferred([...pair, ...times(1998, plainObject())])).toEqual(['{a}']);
    expect(inferred([...pair, ...times(1999, plainObject())])).toEqual([]);
    expect(inferred([...pair, plainObject('a'), ...times(1999, plainObject())])).toEqual(['{a}']);
  });

  test('tells names apart by all of their bytes, however long, and joins equal ones', () => {
    const long = 'n'.repeat(40);
    const odd = [
      '__proto_',
      '__proto___',
      '_a_proto_',
      'é',
      'a,b',
      `it's`,
      '"',
      '{',
      '}',
      '\ud800',
      '😀',
      '',
    ];
    const names = [long, `${long}x`, `x${long}`, 'sixteen_letters_', 'sixteen_letters', ...odd];
    const nodes = names.flatMap((name) => times(2, plainObject('a', name)));
    const lists = names.map((name) => `{a, ${printed(name)}}`);
    expect(inferred(nodes)).toEqual(lists);
    expect(inferred(nodes, { repeatStrings: true })).toEqual(lists);
  });

  test('takes names as long as the list allows, and counts what it prints', () => {
    // {a and 118 more; a quoted one is longer by its quotes and what they escape
    const fits = [`${'é'.repeat(118)}`, `${'b'.repeat(115)},`];
    const tooLong = [`${'é'.repeat(119)}`, `${'b'.repeat(116)},`, `${'b'.repeat(115)}"`, 'c'.repeat(300)];
    const objects = [...fits, ...tooLong].flatMap((name) => times(2, plainObject('a', name)));
    expect(inferred(objects)).toEqual(['{a}', ...fits.map((name) => `{a, ${printed(name)}}`)]);
  });

  test('leaves out __proto__ and edges that are no properties', () => {
    const object: DrawnNode = {
      name: 'Object',
      edges: [
        ['property', '__proto__', 'root'],
        ['internal', 'map', 'root'],
        ['property', 'a', 'root'],
      ],
    };
    expect(inferred([object, object])).toEqual(['{a}']);
    expect(inferred(times(2, plainObject('__proto__')))).toEqual([]);
  });

  test('cuts a list where brace, names and commas so far and the next name exceed 120 units', () => {
    const long = 'x'.repeat(60);
    expect(inferred(times(2, plainObject(long, 'y'.repeat(59), 'z')))).toEqual([
      `{${long}, ${'y'.repeat(59)}}`,
    ]);
    expect(inferred(times(2, plainObject(long, 'y'.repeat(60), 'z')))).toEqual([`{${long}}`]);
    expect(inferred(times(2, plainObject('x'.repeat(500), 'y')))).toEqual([`{${'x'.repeat(500)}}`]);
    expect(inferred([plainObject(long, 'y'.repeat(60)), plainObject(long, 'z'.repeat(60))])).toEqual([
      `{${long}}`,
    ]);
  });

  test('counts quotes and escapes to the length', () => {
    const quoted = `"${'x'.repeat(57)}`;
    expect(inferred(times(2, plainObject(quoted, 'y'.repeat(60))))).toEqual([`{${JSON.stringify(quoted)}}`]);
  });

  test('takes lists for one that print alike', () => {
    expect(infer(drawGraph([root, plainObject('', 'a'), plainObject('a')]))).toEqual([
      { name: '{a}', properties: ['', 'a'] },
    ]);
    expect(inferred([plainObject(''), plainObject('', '')])).toEqual(['{}']);
    expect(inferred([plainObject('a', ''), plainObject('a')])).toEqual([]);
  });

  test('knows equal names where the file repeats its strings', () => {
    expect(inferred(times(2, plainObject('a', 'b')), { repeatStrings: true })).toEqual(['{a, b}']);
  });

  test('tells 5,000 lists apart', () => {
    const lists = Array.from({ length: 5000 }, (_, i) =>
      plainObject(`a${i % 100}`, `b${Math.floor(i / 100)}`),
    );
    expect(inferred(lists)).toEqual([]);
    // the last list is the only one that makes it to 6 in 5,005
    expect(inferred([...lists, ...times(5, lists[4999])])).toEqual(['{a99, b49}']);
  });
});

describe('InterfaceMatcher', () => {
  const define = (...properties: string[]) => ({ name: `{${properties.join(', ')}}`, properties });

  function match(node: DrawnNode, ...definitions: ReturnType<typeof define>[]): number {
    return new InterfaceMatcher(drawGraph([root, node]), definitions).definitionOf(1);
  }

  test('takes the definition with the most properties that the object has', () => {
    const object = plainObject('c', 'x', 'b', 'a');
    expect(match(object, define('a'), define('a', 'b', 'c'), define('a', 'b'))).toBe(1);
    expect(match(object, define('a'), define('a', 'b', 'c', 'd'), define('a', 'x'))).toBe(2);
  });

  test('takes the earlier one among equals', () => {
    expect(match(plainObject('a', 'b', 'c'), define('b', 'c'), define('a', 'b'))).toBe(0);
    expect(match(plainObject('a', 'b'), define('b', 'a'), define('a', 'b'))).toBe(0);
  });

  test('finds none where a property is missing', () => {
    expect(match(plainObject('a'), define('a', 'b'))).toBe(NO_DEFINITION);
    expect(match(plainObject(), define('a'))).toBe(NO_DEFINITION);
    expect(match(plainObject('a'))).toBe(NO_DEFINITION);
  });

  test('counts repeated names', () => {
    expect(match(plainObject('a'), define('a', 'a'))).toBe(NO_DEFINITION);
    expect(match(plainObject('a', 'b', 'a'), define('a'), define('a', 'a'))).toBe(1);
  });

  test('gives a definition without properties to those that match no other', () => {
    const empty = { name: 'Empty', properties: [] };
    expect(match(plainObject('a'), empty)).toBe(0);
    expect(match(plainObject('a'), empty, define('a'))).toBe(1);
  });

  test('forgets the properties of one object before the next', () => {
    const matcher = new InterfaceMatcher(
      drawGraph([root, plainObject('b'), plainObject('a'), plainObject('b', 'c')]),
      [define('a', 'b'), define('c', 'a')],
    );
    expect([1, 2, 3].map((node) => matcher.definitionOf(node))).toEqual([
      NO_DEFINITION,
      NO_DEFINITION,
      NO_DEFINITION,
    ]);
  });

  test('gives each list its own answer', () => {
    const nodes = [root, plainObject('a'), plainObject('b'), plainObject('a', 'x'), plainObject('b')];
    const matcher = new InterfaceMatcher(drawGraph(nodes, { repeatStrings: true }), [
      define('b'),
      define('a'),
    ]);
    expect([1, 2, 3, 4].map((node) => matcher.definitionOf(node))).toEqual([1, 0, 1, 0]);
  });
});

import { describe, expect, test } from 'vitest';
import { WAYS } from '../support/classified.js';
import { type DrawnEdge, type DrawnNode, drawGraph } from '../support/draw-graph.js';

const root: DrawnNode = { type: 'synthetic', key: 'root' };
const property = (...names: string[]): DrawnEdge[] => names.map((name) => ['property', name, 'root']);

describe.each(WAYS)('classifyNodes, %s', (_, classify) => {
  function keysOf(...nodes: DrawnNode[]): string[] {
    const graph = drawGraph([root, ...nodes]);
    const classes = classify(graph);
    return nodes.map((_, i) => classes.classOf(i + 1).key);
  }

  test('names classes by type, raw name or interface', () => {
    expect(
      keysOf(
        { type: 'hidden', name: 'system / Map' },
        { type: 'native', name: '<div id="a">' },
        { type: 'native', name: '<div id="b">', detachedness: 2 },
        { name: 'Foo' },
        { name: 'Object', edges: property('a') },
        { name: 'Object', edges: property('a', 'b') },
        { name: 'Object', edges: property('b') },
      ),
    ).toEqual([',(system)', ',<div>', ',Detached <div>', ',Foo', ',Object', ',Object', ',Object']);
    expect(
      keysOf(
        { name: 'Object', edges: property('a') },
        { name: 'Object', edges: property('a') },
        { name: 'Object' },
      ),
    ).toEqual([',{a}', ',{a}', ',Object']);
  });

  test('splits object nodes of one name by location', () => {
    expect(
      keysOf(
        { name: 'Foo', locations: [[3, 10, 20]] },
        { name: 'Foo', locations: [[3, 10, 21]] },
        { name: 'Foo', locations: [[3, 10, 20]] },
        { name: 'Bar', locations: [[3, 10, 20]] },
        { name: 'Foo' },
        { type: 'closure', name: 'Foo', locations: [[3, 10, 20]] },
        { type: 'native', name: 'Foo', locations: [[3, 10, 20]] },
      ),
    ).toEqual(['3,10,20,Foo', '3,10,21,Foo', '3,10,20,Foo', '3,10,20,Bar', ',Foo', ',Function', ',Foo']);
  });

  test('names the scripts of locations by the first closure that leads to one', () => {
    const closureIn = (script: number, shared?: string): DrawnNode => ({
      type: 'closure',
      locations: [[script, 1, 1]],
      edges: shared === undefined ? [] : [['internal', 'shared', shared]],
    });
    // more scripts than a kernel keeps in mind, some of which share a place there
    const scripts = Array.from({ length: 1100 }, (_, script) => script);
    const graph = drawGraph([
      root,
      { type: 'code', key: 'info', edges: [['internal', 'script', 'one']] },
      { type: 'code', key: 'one', name: 'one.js' },
      { type: 'code', key: 'other', edges: [['internal', 'script_or_debug_info', 'two']] },
      { type: 'code', key: 'two', name: 'system / Script / two.js' },
      // leads nowhere; another one does
      closureIn(5),
      ...scripts.map((script) => closureIn(script, script < 1000 ? 'info' : 'other')),
      closureIn(7, 'other'),
      { name: 'A', locations: [[5, 2, 2]] },
      { name: 'A', locations: [[7, 2, 2]] },
      { name: 'A', locations: [[1029, 2, 2]] },
      { name: 'A', locations: [[4000, 2, 2]] },
      { name: 'A', locations: [[2 ** 32 - 1, 2, 2]] },
    ]);
    const names = classify(graph)
      .classes.filter((identity) => identity.name === 'A')
      .map(({ location }) => [location?.scriptId, location?.scriptName]);
    expect(names).toEqual([
      [5, 'one.js'],
      [7, 'one.js'],
      [1029, 'two.js'],
      [4000, null],
      [2 ** 32 - 1, null],
    ]);
  });

  test('believes the last of several locations', () => {
    expect(
      keysOf(
        {
          name: 'Foo',
          locations: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        },
        { name: 'Foo', locations: [[1, 2, 3]] },
      ),
    ).toEqual(['4,5,6,Foo', '1,2,3,Foo']);
  });

  test('has one class for each printed key', () => {
    const graph = drawGraph(
      [
        root,
        { type: 'closure', name: 'f' },
        { type: 'native', name: 'Function' },
        { name: 'Function' },
        { name: '{a}' },
        { name: 'Object', edges: property('a') },
        { name: 'Object', edges: property('a') },
      ],
      { repeatStrings: true },
    );
    const { classByNode, classes } = classify(graph);
    expect(classes.map(({ key }) => key).sort()).toEqual([',(synthetic)', ',Function', ',{a}']);
    expect(classByNode[2]).toBe(classByNode[1]);
    expect(classByNode[5]).toBe(classByNode[4]);
  });

  test('tells where a class was written', () => {
    const graph = drawGraph([
      root,
      { name: 'Foo', locations: [[7, 10, 20]] },
      {
        type: 'closure',
        name: 'make',
        locations: [[7, 1, 2]],
        edges: [['internal', 'shared', 'shared']],
      },
      { type: 'code', key: 'shared', name: 'make', edges: [['internal', 'script', 'script']] },
      { type: 'code', key: 'script', name: 'system / Script / app.js' },
    ]);
    expect(classify(graph).classOf(1)).toEqual({
      key: '7,10,20,Foo',
      name: 'Foo',
      location: { scriptId: 7, scriptName: 'app.js', line: 10, column: 20 },
    });
    expect(graph.node(1).className).toBe('Foo');
  });

  test('applies the definitions of another graph', () => {
    const later = drawGraph([root, ...Array(2).fill({ name: 'Object', edges: property('a', 'b') })]);
    const { interfaces } = classify(later);
    // other strings stand before, so ordinals differ
    const earlier = drawGraph([root, { name: 'Foo' }, { name: 'Object', edges: property('b', 'x', 'a') }]);
    const classes = classify(earlier, { interfaces });
    expect(classes.nameOf(2)).toBe('{a, b}');
    expect(classes.interfaces).toBe(interfaces);
    expect(classify(earlier, { interfaces: [] }).nameOf(2)).toBe('Object');
  });

  test('keeps no class without nodes, and its column in shared memory', () => {
    const { classByNode, classes } = classify(drawGraph([root, { name: 'Foo', locations: [[1, 2, 3]] }]));
    expect(classes.map(({ key }) => key)).toEqual([',(synthetic)', '1,2,3,Foo']);
    expect(Array.from(classByNode, (ordinal) => classes[ordinal].name)).toEqual(['(synthetic)', 'Foo']);
    expect(classByNode.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

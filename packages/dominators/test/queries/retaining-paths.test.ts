import { describe, expect, test } from 'vitest';
import { analyzeSync } from '../../src/analyze.js';
import { DistanceClimb } from '../../src/queries/distance-climb.js';
import { PathEdges } from '../../src/queries/path-edges.js';
import { findRetainingPaths, type RetainingPathOptions } from '../../src/queries/retaining-paths.js';
import { analyzeDrawn } from '../support/drawn-analysis.js';
import type { DrawnNode } from '../support/drawn-heap.js';
import { largeGraph } from '../support/large-graph.js';

/** Paths as text: `root -list-> List -0-> Item`. */
function pathsTo(nodes: readonly DrawnNode[], key: string, options?: RetainingPathOptions): string[] {
  const { analysis } = analyzeDrawn(nodes);
  const ordinal = nodes.findIndex((node) => (node.key ?? node.name) === key);
  const nameOf = (at: number) => nodes[at].key ?? nodes[at].name;
  return findRetainingPaths(analysis, ordinal, options).paths.map(({ steps }) =>
    steps
      .map(({ edge, explanation, node }) => {
        const way = explanation ?? edge?.name;
        return edge === null ? nameOf(node.ordinal) : ` -${way}-> ${nameOf(node.ordinal)}`;
      })
      .join(''),
  );
}

const root = (...edges: NonNullable<DrawnNode['edges']>): DrawnNode => ({
  key: 'root',
  type: 'synthetic',
  edges,
});

describe('findRetainingPaths', () => {
  test('goes the shortest way, over the edge that says most', () => {
    const nodes: DrawnNode[] = [
      root(['element', 1, 'window']),
      {
        key: 'window',
        edges: [
          ['property', 'app', 'app'],
          ['property', 'list', 'list'],
        ],
      },
      { key: 'app', edges: [['property', 'list', 'list']] },
      {
        key: 'list',
        edges: [
          ['internal', 'elements', 'item'],
          ['property', 'first', 'item'],
          ['weak', 'w', 'item'],
        ],
      },
      { key: 'item' },
    ];
    expect(pathsTo(nodes, 'item')).toEqual(['root -1-> window -list-> list -first-> item']);
  });

  test('gives the root itself as a path of one step', () => {
    expect(pathsTo([root()], 'root')).toEqual(['root']);
  });

  test('begins at a user root that the root holds only weakly', () => {
    const nodes: DrawnNode[] = [
      root(['weak', 'w', 'window']),
      { key: 'window', edges: [['property', 'a', 'item']] },
      { key: 'item' },
    ];
    expect(pathsTo(nodes, 'item')).toEqual(['window -a-> item']);
  });

  test('begins with the same path, however many are asked for', () => {
    const nodes: DrawnNode[] = [
      root(['weak', 'w', 'window'], ['property', 'k', 'kept']),
      { key: 'item' },
      { key: 'kept', edges: [['property', 'a', 'item']] },
      { key: 'window', edges: [['property', 'a', 'item']] },
    ];
    const [held, heldWeakly] = ['root -k-> kept -a-> item', 'window -a-> item'];
    expect(pathsTo(nodes, 'item')).toEqual([held]);
    expect(pathsTo(nodes, 'item', { count: 4 })).toEqual([held, heldWeakly]);
  });

  test.each([
    ['nothing', [root(), { key: 'item' }]],
    ['nothing', [root(), { key: 'item', edges: [['property', 'self', 'item']] }]],
    ['weak', [root(['element', 1, 'a']), { key: 'a', edges: [['weak', 'w', 'item']] }, { key: 'item' }]],
    ['garbage', [root(), { key: 'a', edges: [['property', 'x', 'item']] }, { key: 'item' }]],
  ] as [string, DrawnNode[]][])('tells why nothing holds an object: %s', (reason, nodes) => {
    const { analysis } = analyzeDrawn(nodes);
    expect(findRetainingPaths(analysis, nodes.length - 1)).toEqual({ paths: [], reason, isComplete: true });
  });

  test('keeps to the length asked for', () => {
    const nodes: DrawnNode[] = [
      root(['element', 1, 'a']),
      { key: 'a', edges: [['property', 'b', 'b']] },
      { key: 'b', edges: [['property', 'c', 'c']] },
      { key: 'c' },
    ];
    expect(pathsTo(nodes, 'c', { maxLength: 3 })).toEqual(['root -1-> a -b-> b -c-> c']);
    const { analysis } = analyzeDrawn(nodes);
    expect(findRetainingPaths(analysis, 3, { maxLength: 2 })).toMatchObject({
      paths: [],
      reason: 'too-long',
    });
  });

  test.each([
    [
      'Foo',
      'value of key Foo @5 in WeakMap @7',
      { key: 'map', name: 'WeakMap', edges: [['internal', 'table', 'table']] },
    ],
    ['Foo', 'value of key Foo @5 in WeakMap table @9', { key: 'map', edges: [['property', 'x', 'table']] }],
  ] as [string, string, DrawnNode][])(
    'explains a value of a WeakMap by its key',
    (keyName, explanation, map) => {
      const pair = ` / part of key (${keyName} @5) -> value (Bar @11) pair in WeakMap (table @9)`;
      const nodes: DrawnNode[] = [
        root(['element', 1, 'window']),
        {
          key: 'window',
          edges: [
            ['property', 'map', 'map'],
            ['property', 'key', 'key'],
          ],
        },
        { key: 'key', name: keyName, edges: [['internal', `4${pair}`, 'value']] },
        map,
        { key: 'table', edges: [['internal', `5${pair}`, 'value']] },
        { key: 'value' },
      ];
      expect(pathsTo(nodes, 'value', { count: 3 })).toEqual([
        `root -1-> window -key-> key -${explanation}-> value`,
      ]);
    },
  );

  test('prefers, for further paths, those that read differently', () => {
    const closure = (key: string): DrawnNode => ({
      key,
      type: 'closure',
      name: 'listener',
      edges: [['internal', 'context', 'context']],
    });
    const nodes: DrawnNode[] = [
      root(['element', 1, 'window']),
      {
        key: 'window',
        edges: [
          ['property', 'listeners', 'listeners'],
          ['property', 'long', 'cache'],
        ],
      },
      {
        key: 'listeners',
        name: 'Array',
        edges: [
          ['element', 0, 'f'],
          ['element', 1, 'g'],
          ['element', 2, 'h'],
        ],
      },
      { key: 'cache', name: 'Cache', edges: [['property', 'entry', 'entry']] },
      { key: 'entry', name: 'Entry', edges: [['property', 'owner', 'owner']] },
      { key: 'owner', name: 'Owner', edges: [['property', 'state', 'context']] },
      closure('f'),
      closure('g'),
      closure('h'),
      { key: 'context', name: 'system / Context', edges: [['context', 'session', 'session']] },
      { key: 'session', name: 'Session' },
    ];
    expect(pathsTo(nodes, 'session', { count: 2 })).toEqual([
      'root -1-> window -listeners-> listeners -0-> f -context-> context -session-> session',
      'root -1-> window -long-> cache -entry-> entry -owner-> owner -state-> context -session-> session',
    ]);
    expect(pathsTo(nodes, 'session', { count: 9 })).toHaveLength(4);
  });

  test('does not offer the elements of an array as another way to an element', () => {
    const nodes: DrawnNode[] = [
      root(['element', 1, 'array']),
      {
        key: 'array',
        name: 'Array',
        size: 16,
        edges: [
          ['element', 0, 'item'],
          ['internal', 'elements', 'store'],
        ],
      },
      { key: 'store', type: 'array', size: 100, edges: [['internal', '0', 'item']] },
      { key: 'item', size: 8 },
    ];
    expect(pathsTo(nodes, 'item', { count: 2 })).toEqual(['root -1-> array -0-> item']);
  });

  test('puts paths that only the system holds last', () => {
    const nodes: DrawnNode[] = [
      root(['element', 1, 'window'], ['element', 2, 'handles']),
      { key: 'handles', type: 'synthetic', name: '(Global handles)', edges: [['element', 0, 'item']] },
      { key: 'window', edges: [['property', 'a', 'a']] },
      { key: 'a', edges: [['property', 'b', 'b']] },
      { key: 'b', edges: [['property', 'item', 'item']] },
      { key: 'item' },
    ];
    expect(pathsTo(nodes, 'item', { count: 2 })).toEqual([
      'root -1-> window -a-> a -b-> b -item-> item',
      'root -2-> handles -0-> item',
    ]);
  });
});

describe('findRetainingPaths on large shapes', () => {
  test('a list of 200,000 links', () => {
    const count = 200_000;
    const analysis = analyzeSync(largeGraph(count, (node) => (node + 1 < count ? [node + 1] : [])));
    const { paths } = findRetainingPaths(analysis, count - 1, { count: 2 });
    expect(paths.map(({ steps }) => steps.length)).toEqual([count]);
  });

  test('an object that 200,000 others hold', () => {
    const count = 200_000;
    const targetsOf = (node: number) =>
      node === 0 ? Array.from({ length: count - 2 }, (_, i) => i + 1) : node < count - 1 ? [count - 1] : [];
    const analysis = analyzeSync(largeGraph(count, targetsOf));
    const { paths } = findRetainingPaths(analysis, count - 1, { count: 3, maxWork: 1_000_000 });
    expect(paths.length).toBeGreaterThan(0);
    for (const { steps } of paths) expect(steps).toHaveLength(3);
  });

  test('looks at few of the 200,000 that hold an object', () => {
    const count = 200_000;
    const targetsOf = (node: number) =>
      node === 0 ? Array.from({ length: count - 2 }, (_, i) => i + 1) : node < count - 1 ? [count - 1] : [];
    const analysis = analyzeSync(largeGraph(count, targetsOf));
    const edges = new PathEdges(analysis);
    const climb = new DistanceClimb(analysis, edges);
    const way = climb.wayTo(count - 1);
    expect(way?.nodes).toHaveLength(2);
    expect(edges.work).toBeLessThan(100);

    const { isComplete, paths } = findRetainingPaths(analysis, count - 1, { count: 3 });
    expect(paths.map(({ steps }) => steps.length)).toEqual([3]);
    expect(isComplete).toBe(false);
  });
});

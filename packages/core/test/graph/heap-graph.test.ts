import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EdgeView } from '../../src/graph/edge-view.js';
import { NodeView } from '../../src/graph/node-view.js';
import { arbitraryWideInteger } from '../support/arbitrary-values.js';
import { drawGraph } from '../support/draw-graph.js';
import { openText } from '../support/open-bytes.js';
import { SnapshotBuilder } from '../support/snapshot-builder.js';

const GRAPH = drawGraph([
  {
    type: 'synthetic',
    key: 'root',
    id: 1,
    edges: [
      ['element', 5, 'list'],
      ['shortcut', 'global', 'list'],
    ],
  },
  {
    type: 'object',
    name: 'Array',
    key: 'list',
    id: 2 ** 40,
    size: 2 ** 33,
    edges: [
      ['property', '0', 'root'],
      ['hidden', 2 ** 32, 'text'],
      ['weak', 'w', 'text'],
    ],
  },
  { type: 'string', name: 'text', id: 2 ** 40, size: 24 },
]);

describe('nodes', () => {
  test('are read through views', () => {
    const list = GRAPH.node(1);
    expect(list).toBeInstanceOf(NodeView);
    expect([list.ordinal, list.id, list.type, list.rawName]).toEqual([1, 2 ** 40, 'object', 'Array']);
    expect([list.selfSize, list.edgeCount, list.detachedness, list.location]).toEqual([
      2 ** 33,
      3,
      'unknown',
      null,
    ]);
    expect([list.name, list.className]).toEqual(['Array', 'Array']);
  });

  test('come in file order, from the root', () => {
    expect(Array.from(GRAPH.nodes(), ({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
    expect([GRAPH.root.ordinal, GRAPH.rootOrdinal, GRAPH.nodeCount, GRAPH.edgeCount]).toEqual([0, 0, 3, 5]);
  });

  test.each([-1, 3, 2 ** 32, Number.NaN])('there is none with ordinal %d', (ordinal) => {
    expect(() => GRAPH.node(ordinal)).toThrow(RangeError);
    expect(() => GRAPH.node(ordinal)).toThrow(`node ordinal ${ordinal} is not in [0, 3)`);
  });
});

test('edges are read through views, in file order', () => {
  const edges = Array.from(GRAPH.node(1).edges());
  expect(edges.every((edge) => edge instanceof EdgeView)).toBe(true);
  expect(edges.map(({ ordinal, type, name, target }) => [ordinal, type, name, target])).toEqual([
    [2, 'property', '0', 0],
    [3, 'hidden', 2 ** 32, 2],
    [4, 'weak', 'w', 2],
  ]);
  expect(edges.map(({ hasNumericName }) => hasNumericName)).toEqual([false, true, false]);
  expect(edges[1].targetNode.rawName).toBe('text');
  expect(Array.from(GRAPH.root.edges(), ({ name }) => name)).toEqual([5, 'global']);
  expect([...GRAPH.node(2).edges()]).toEqual([]);
});

describe('ordinalOfId', () => {
  test('finds the first of equal ids', () => {
    expect([GRAPH.ordinalOfId(1), GRAPH.ordinalOfId(2 ** 40), GRAPH.ordinalOfId(3)]).toEqual([
      0,
      1,
      undefined,
    ]);
    expect(GRAPH.ordinalOfId(2 ** 40 - 2 ** 32)).toBeUndefined();
  });

  test('for any ids', () => {
    fc.assert(
      fc.property(fc.array(arbitraryWideInteger(), { minLength: 1, maxLength: 40 }), (ids) => {
        const graph = drawGraph(ids.map((id, i) => ({ key: `${i}`, id })));
        for (const id of ids) expect(graph.ordinalOfId(id)).toBe(ids.indexOf(id));
        for (const id of [0, 1, 2 ** 32, 2 ** 53 - 1]) {
          const ordinal = ids.indexOf(id);
          expect(graph.ordinalOfId(id)).toBe(ordinal < 0 ? undefined : ordinal);
        }
      }),
    );
  });
});

describe('detachedness', () => {
  test('of the file decides over the name', () => {
    const graph = drawGraph([
      { type: 'native', name: 'HTMLDivElement', key: 'a', detachedness: 2 },
      { type: 'native', name: 'HTMLDivElement', key: 'b', detachedness: 1 },
      { type: 'native', name: 'Detached x', key: 'c', detachedness: 0 },
      { type: 'object', name: 'x', key: 'd', detachedness: 2 },
    ]);
    expect(Array.from(graph.nodes(), (node) => node.detachedness)).toEqual([
      'detached',
      'attached',
      'unknown',
      'detached',
    ]);
    expect(Array.from(graph.nodes(), (node) => node.rawName)).toEqual([
      'Detached HTMLDivElement',
      'HTMLDivElement',
      'Detached x',
      'x',
    ]);
  });

  test('is told by the name where the file has no states', () => {
    const graph = drawGraph([
      { type: 'native', name: 'Detached HTMLDivElement', key: 'a' },
      { type: 'native', name: 'Detached', key: 'b' },
      { type: 'object', name: 'Detached HTMLDivElement', key: 'c' },
    ]);
    expect(Array.from(graph.nodes(), (node) => node.detachedness)).toEqual([
      'detached',
      'unknown',
      'unknown',
    ]);
    expect(graph.node(0).rawName).toBe('Detached HTMLDivElement');
  });
});

test('types that a file does not list are -1, those that it lists are found by name', async () => {
  const heap = new SnapshotBuilder({ nodeTypes: ['synthetic', 'closure'], edgeTypes: ['weak', 'element'] });
  heap.child(heap.root, 0, { type: 'closure', name: 'f' });
  const graph = await openText(heap.toJson());
  expect([graph.nodeType.synthetic, graph.nodeType.closure, graph.nodeType.native]).toEqual([0, 1, -1]);
  expect([graph.edgeType.weak, graph.edgeType.element, graph.edgeType.hidden]).toEqual([0, 1, -1]);
  expect(Array.from(graph.root.edges(), ({ type, name }) => [type, name])).toEqual([['element', 0]]);
});

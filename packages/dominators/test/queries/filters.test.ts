import { describe, expect, test } from 'vitest';
import { type RetainedBy, selectRetainedBy } from '../../src/queries/filters.js';
import { analyzeDrawn } from '../support/drawn-analysis.js';
import type { DrawnEdge, DrawnNode } from '../support/drawn-heap.js';

function select(nodes: readonly DrawnNode[], holder: RetainedBy): string {
  const { analysis } = analyzeDrawn(nodes.map((node) => ({ size: 8, ...node })));
  const selection = selectRetainedBy(analysis, holder);
  return [...selection.ordinals()].map((ordinal) => nodes[ordinal].key ?? nodes[ordinal].name).join(' ');
}

const root = (...edges: DrawnEdge[]): DrawnNode => ({ key: 'root', type: 'synthetic', edges, size: 0 });

describe('selectRetainedBy', () => {
  test('contexts: they, and what only they hold', () => {
    const nodes: DrawnNode[] = [
      root(['element', 1, 'f'], ['element', 2, 'shared']),
      {
        key: 'f',
        type: 'closure',
        edges: [
          ['internal', 'context', 'c'],
          ['internal', 'context', 'd'],
        ],
      },
      {
        key: 'c',
        name: 'system / Context',
        edges: [
          ['context', 'a', 'own'],
          ['context', 'b', 'shared'],
        ],
      },
      { key: 'd', name: 'system / Context / x', edges: [['context', 'w', 'x']] },
      { key: 'own', name: 'A' },
      { key: 'shared', name: 'B' },
      { key: 'x', name: 'system / Contexts' },
      { key: 'garbage', name: 'system / Context' },
    ];
    expect(select(nodes, 'contexts')).toBe('c d own x');
  });

  test.each([
    ['by the column', { name: 'div', detachedness: 2 }],
    ['by the name', { name: 'Detached div' }],
  ])('detached DOM, known %s', (_, detached) => {
    const nodes: DrawnNode[] = [
      root(['element', 1, 'a'], ['element', 2, 'w']),
      {
        key: 'a',
        edges: [
          ['property', 'x', 'div'],
          ['weak', 'y', 'weakly'],
        ],
      },
      { key: 'div', type: 'native', ...detached, edges: [['element', 0, 'child']] },
      { key: 'child', name: 'Child' },
      { key: 'w', name: 'Detached thing' },
      { key: 'weakly', name: 'W' },
    ];
    expect(select(nodes, 'detached-dom')).toBe('div child');
  });

  test('console: what hangs on its edge of a synthetic node', () => {
    const edgeName = 'global / DevTools console';
    const nodes: DrawnNode[] = [
      root(['element', 1, 'handles'], ['element', 2, 'other']),
      {
        key: 'handles',
        type: 'synthetic',
        edges: [
          ['internal', edgeName, 'logged'],
          ['shortcut', '7 / DevTools console', 'numbered'],
        ],
      },
      { key: 'other', edges: [['property', edgeName, 'kept']] },
      { key: 'logged', edges: [['property', 'x', 'inner']] },
      { key: 'inner' },
      { key: 'kept' },
      { key: 'numbered' },
    ];
    expect(select(nodes, 'console')).toBe('logged inner');
  });

  test('event handlers: the function, or the one it is wrapped in, or what the listener calls', () => {
    const listener = (key: string, target: string, edge: DrawnEdge = ['element', 1, target]): DrawnNode => {
      return { key, type: 'native', name: 'V8EventListener', edges: [['element', 0, 'other'], edge] };
    };
    const fn = (key: string, held: string): DrawnNode => {
      return {
        key,
        type: 'closure',
        edges: [
          ['internal', 'code', 'code'],
          ['property', 'x', held],
        ],
      };
    };
    const nodes: DrawnNode[] = [
      root(...['l1', 'l2', 'l3', 'l4', 'code'].map((key, i): DrawnEdge => ['element', i, key])),
      listener('l1', 'f', ['internal', '1', 'f']),
      listener('l2', 'wrapper'),
      listener('l3', 'object'),
      { key: 'l4', type: 'native', name: 'V8EventListener' },
      { key: 'other' },
      fn('f', 'ofF'),
      { key: 'ofF' },
      {
        key: 'wrapper',
        edges: [
          ['property', 'a', 'other'],
          ['property', 'g', 'g'],
        ],
      },
      fn('g', 'ofG'),
      { key: 'ofG' },
      { key: 'object', edges: [['property', 'x', 'ofObject']] },
      { key: 'ofObject' },
      { key: 'code', type: 'code' },
    ];
    expect(select(nodes, 'event-handlers')).toBe('f ofF g ofG object ofObject');
  });

  test('gives a class table of what it selects', () => {
    const { analysis } = analyzeDrawn([
      root(['element', 1, 'c']),
      { key: 'c', name: 'system / Context', size: 10, edges: [['context', 'a', 'a']] },
      { key: 'a', name: 'A', size: 20, edges: [['property', 'b', 'b']] },
      { key: 'b', name: 'A', size: 30 },
      { key: 'other', name: 'A', size: 99 },
    ]);
    const selection = selectRetainedBy(analysis, 'contexts');
    expect(selection).toMatchObject({ count: 3, shallowSize: 60 });
    expect(selection.has(1)).toBe(true);
    expect(selection.has(4)).toBe(false);
    const rows = selection.classes();
    expect(
      rows.map(({ name, count, shallowSize, retainedSize }) => [name, count, shallowSize, retainedSize]),
    ).toEqual([
      ['system / Context', 1, 10, 60],
      ['A', 2, 50, 50],
    ]);
    expect([...rows[1].ordinals()]).toEqual([2, 3]);
  });
});

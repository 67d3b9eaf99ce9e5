import { describe, expect, test } from 'vitest';
import { NOT_ESSENTIAL } from '../../src/kernels/retainers.js';
import { analyzeDrawn, entryName } from '../support/drawn-analysis.js';
import type { DrawnEdge, DrawnNode } from '../support/drawn-heap.js';

/** Whether the edge of `a` keeps `b` alive, so that `a` dominates it. */
function isHeldBy(edge: DrawnEdge): boolean {
  const { dominators } = analyzeDrawn([
    { key: 'root', type: 'synthetic', edges: [['element', 1, 'a']] },
    { key: 'a', id: 7, edges: [edge] },
    { key: 'b' },
  ]);
  return dominators.b === 'a';
}

describe('an edge counts', () => {
  test.each(['context', 'element', 'property', 'internal', 'hidden', 'invisible'])('of type %s', (type) => {
    expect(isHeldBy([type, type === 'element' || type === 'hidden' ? 1 : 'x', 'b'])).toBe(true);
  });

  test('from the key of a WeakMap entry, and from a node of another id than the table', () => {
    expect(isHeldBy(['internal', entryName(1, 7, 5, 9), 'b'])).toBe(true);
  });

  test.each([
    ['of another type', 'property', entryName(1, 3, 5, 7)],
    ['without its number', 'internal', entryName(1, 3, 5, 7).slice(1)],
    ['with something behind it', 'internal', `${entryName(1, 3, 5, 7)} `],
    [
      'without the id of the key',
      'internal',
      '1 / part of key (K) -> value (V @5) pair in WeakMap (table @7)',
    ],
  ])('that looks like an entry, but %s', (_, type, name) => {
    expect(isHeldBy([type, name, 'b'])).toBe(true);
  });
});

describe('an edge does not count', () => {
  test('that is weak', () => {
    expect(isHeldBy(['weak', 'x', 'b'])).toBe(false);
  });

  test('of type shortcut, but from the root', () => {
    expect(isHeldBy(['shortcut', 'x', 'b'])).toBe(false);
  });

  test('from the table of a WeakMap entry, whatever the texts in between', () => {
    expect(isHeldBy(['internal', entryName(1, 3, 5, 7), 'b'])).toBe(false);
    const odd = '12 / part of key (x @3) -> value (y @4) -> value (z @5) pair in WeakMap (table @7)';
    expect(isHeldBy(['internal', odd, 'b'])).toBe(false);
  });

  test('that leads to its own source', () => {
    const { analysis } = analyzeDrawn([
      { key: 'root', type: 'synthetic' },
      { key: 'a', edges: [['property', 'self', 'a']] },
    ]);
    // else `a` would be a closed cycle, with a retainer
    expect(analysis.columns.retainerEntries[0] >= NOT_ESSENTIAL).toBe(true);
  });
});

describe('what the page owns', () => {
  /** root → page → b ← a, and a way from the root to a */
  const dominatorOfB = (toPage: DrawnEdge, toA: DrawnEdge, page: DrawnNode): string =>
    analyzeDrawn([
      { key: 'root', type: 'synthetic', edges: [toPage, toA] },
      { key: 'page', edges: [['property', 'b', 'b']], ...page },
      { key: 'a', edges: [['property', 'b', 'b']] },
      { key: 'b' },
    ]).dominators.b;
  const domTrees = { type: 'synthetic', name: '(Document DOM trees)' };

  test('is not held by the rest: targets of shortcuts from the root, and documents', () => {
    expect(dominatorOfB(['shortcut', 'window', 'page'], ['element', 2, 'a'], {})).toBe('page');
    expect(dominatorOfB(['element', 1, 'page'], ['element', 2, 'a'], domTrees)).toBe('page');
  });

  test('is held by all of the page', () => {
    expect(dominatorOfB(['shortcut', 'one', 'page'], ['shortcut', 'two', 'a'], {})).toBe('root');
  });

  test('needs an element edge to the documents, and their very name and type', () => {
    expect(dominatorOfB(['property', 'dom', 'page'], ['element', 2, 'a'], domTrees)).toBe('root');
    expect(dominatorOfB(['element', 1, 'page'], ['element', 2, 'a'], { ...domTrees, type: 'object' })).toBe(
      'root',
    );
    expect(dominatorOfB(['element', 1, 'page'], ['element', 2, 'a'], { ...domTrees, name: 'DOM' })).toBe(
      'root',
    );
  });

  test('is not entered over weak edges', () => {
    const { dominators } = analyzeDrawn([
      {
        key: 'root',
        type: 'synthetic',
        edges: [
          ['shortcut', 'window', 'page'],
          ['element', 2, 'a'],
        ],
      },
      { key: 'page', edges: [['weak', 'x', 'b']] },
      { key: 'a', edges: [['property', 'b', 'b']] },
      { key: 'b' },
    ]);
    expect(dominators.b).toBe('a');
  });

  test('is held by the root itself', () => {
    const { dominators } = analyzeDrawn([
      {
        key: 'root',
        type: 'synthetic',
        edges: [
          ['shortcut', 'window', 'page'],
          ['property', 'b', 'b'],
        ],
      },
      { key: 'page', edges: [['property', 'b', 'b']] },
      { key: 'b' },
    ]);
    expect(dominators.b).toBe('root');
  });
});

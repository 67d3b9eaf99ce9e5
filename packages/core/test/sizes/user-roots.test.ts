import { describe, expect, test } from 'vitest';
import { findUserRoots } from '../../src/sizes/user-roots.js';
import { drawColumns } from '../support/draw-graph.js';

describe('findUserRoots', () => {
  test('takes what the root points to, weakly too, once and in order of edges', () => {
    const columns = drawColumns([
      {
        type: 'synthetic',
        key: 'root',
        edges: [
          ['element', 1, '(GC roots)'],
          ['shortcut', 'window', 'Window'],
          ['weak', '2', 'global'],
          ['element', 3, 'Window'],
        ],
      },
      { type: 'synthetic', name: '(GC roots)', edges: [['element', 1, 'other']] },
      { key: 'global', name: 'Object' },
      { name: 'Window' },
      { key: 'other', name: 'Object' },
    ]);
    expect([...findUserRoots(columns)]).toEqual([3, 2]);
  });

  test('takes the document trees, though they are synthetic', () => {
    const columns = drawColumns([
      { type: 'synthetic', key: 'root', edges: [['element', 1, '(Document DOM trees)']] },
      { type: 'synthetic', name: '(Document DOM trees)' },
    ]);
    expect([...findUserRoots(columns)]).toEqual([1]);
  });

  test('reads the edges of the root, wherever it stands', () => {
    const columns = drawColumns(
      [
        { name: 'Window', edges: [['property', 'self', 'Window']] },
        { type: 'synthetic', key: 'root', edges: [['shortcut', 'window', 'Window']] },
      ],
      { rootOrdinal: 1 },
    );
    expect([...findUserRoots(columns)]).toEqual([0]);
  });

  test('finds none where internals are exposed', () => {
    const columns = drawColumns([
      { type: 'synthetic', key: 'root', edges: [['element', 1, '(GC roots)']] },
      { type: 'synthetic', name: '(GC roots)', edges: [['element', 1, 'Window']] },
      { name: 'Window' },
    ]);
    expect(findUserRoots(columns)).toHaveLength(0);
  });
});

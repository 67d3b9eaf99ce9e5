import { analyzeSync } from '@heapstream/dominators';
import { describe, expect, test } from 'vitest';
import { type DrawnNode, graphOf } from '../../../dominators/test/support/drawn-heap.js';
import { diffSnapshotsSync } from '../../src/diff-snapshots.js';
import { encodeDigest } from '../../src/digest/digest-file.js';
import { digestSnapshotSync } from '../../src/digest-snapshot.js';

/** A list of plain objects: of shape 0 four, of 1 three, of 2 two, of all others one, each with a property of its own. */
function dictionaries(count: number) {
  const shapes = [0, 0, 0, 0, 1, 1, 1, 2, 2, ...Array.from({ length: count }, (_, i) => i + 3)];
  const objects = shapes.map(
    (shape): DrawnNode => ({
      name: 'Object',
      size: 10,
      edges: [
        ['property', `key${shape}`, 1],
        ['property', 'id', 1],
      ],
    }),
  );
  return analyzeSync(
    graphOf({
      rootOrdinal: 0,
      nodes: [
        { type: 'synthetic', key: 'root', edges: [['shortcut', 'global', 1]] },
        { name: 'List', size: 8, edges: objects.map((_, i) => ['element', i, i + 2]) },
        ...objects,
      ],
    }),
  );
}

describe('a digest beyond its limits', () => {
  const analysis = dictionaries(50);

  test('keeps the most frequent shapes, and the others in the classes of its own interfaces', () => {
    const digest = digestSnapshotSync(analysis, { maxShapes: 2 });
    expect(digest.shapes.map((shape) => shape.map((name) => digest.propertyNames[name]))).toEqual([
      ['key0', 'id'],
      ['id', 'key1'],
    ]);
    expect(digest.unshapedObjects).toBe(52);
    expect(diffSnapshotsSync(digest, analysis).rows).toEqual([]);
    // by other interfaces it says what it can
    const rows = diffSnapshotsSync(digest, analysis, {
      interfaces: [{ name: '{id}', properties: ['id'] }],
    }).rows;
    expect(rows.map(({ base, name }) => [name, base.count]).sort()).toEqual([
      ['Object', 50],
      ['{id}', 7],
      ['{key2, id}', 2],
    ]);
  });

  test('keeps no list of properties that is too long', () => {
    expect(digestSnapshotSync(analysis, { maxProperties: 4 }).shapes).toHaveLength(2);
    expect(digestSnapshotSync(analysis, { maxProperties: 0 }).unshapedObjects).toBe(59);
  });

  test('does not know what classes of several shapes retain where the nesting is too large', () => {
    const digest = digestSnapshotSync(analysis, { maxNesting: 1 });
    expect(digest.nesting).toBeNull();
    const deltas = diffSnapshotsSync(digest, analysis).rows.map(({ name, retainedDelta }) => [
      name,
      retainedDelta,
    ]);
    expect(deltas).toEqual([['Object', null]]);
  });
});

test('a digest takes kilobytes, whatever the number of objects', () => {
  const small = encodeDigest(digestSnapshotSync(dictionaries(3)));
  const many = graphOf({
    rootOrdinal: 0,
    nodes: [
      { type: 'synthetic', key: 'root', edges: [['shortcut', 'global', 1]] },
      ...Array.from(
        { length: 5000 },
        (_, i): DrawnNode => ({ name: 'Object', size: 10, edges: [['property', 'a', i + 1]] }),
      ),
      { name: 'End', size: 8 },
    ],
  });
  expect(small.length).toBeLessThan(1000);
  expect(encodeDigest(digestSnapshotSync(analyzeSync(many))).length).toBeLessThan(1000);
});

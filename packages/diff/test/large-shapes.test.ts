import { HeapGraph } from '@heapstream/core';
import { analyzeSync } from '@heapstream/dominators';
import { expect, test } from 'vitest';
import { largeGraph } from '../../dominators/test/support/large-graph.js';
import { compareManySync } from '../src/compare-many.js';
import { diffSnapshotsSync } from '../src/diff-snapshots.js';
import { decodeDigest, encodeDigest } from '../src/digest/digest-file.js';
import { digestSnapshotSync } from '../src/digest-snapshot.js';

const COUNT = 1_000_000;
const OTHERS = Uint32Array.from({ length: COUNT - 1 }, (_, i) => i + 1);

/** The graph with ids in the opposite order. */
function reversed({ columns }: HeapGraph): HeapGraph {
  return new HeapGraph({ ...columns, idByNode: columns.idByNode.slice().reverse() });
}

test.each([
  { shape: 'a list of a million nodes', edgesOf: (node: number) => (node + 1 < COUNT ? [node + 1] : []) },
  {
    shape: 'a node that holds all others',
    edgesOf: (node: number) => (node === 0 ? OTHERS : []),
  },
])('$shape is compared without recursion', ({ edgesOf }) => {
  const graph = largeGraph(COUNT, edgesOf);
  const [first, second] = [analyzeSync(graph), analyzeSync(reversed(graph))];
  const same = diffSnapshotsSync(first, analyzeSync(new HeapGraph(graph.columns)));
  expect([same.matchedBy, same.rows, same.totals.delta]).toEqual(['id', [], 0]);
  expect(diffSnapshotsSync(first, second, { match: 'id' }).totals.delta).toBe(0);
  expect(compareManySync([first, second, first], { match: 'id' }).totalSizes).toHaveLength(3);
  const digest = decodeDigest(encodeDigest(digestSnapshotSync(first, { withObjects: true })));
  expect(diffSnapshotsSync(digest, first).rows).toEqual([]);
});

test('the same id everywhere is no reason to be slow', () => {
  const { columns } = largeGraph(200_000, (node) => (node + 1 < 200_000 ? [node + 1] : []));
  const all = new HeapGraph({ ...columns, idByNode: new Uint32Array(columns.nodeCount).fill(7) });
  const less = new HeapGraph({
    ...columns,
    idByNode: columns.idByNode.map((id, node) => (node % 2 ? 7 : id)),
  });
  const { rows, totals } = diffSnapshotsSync(analyzeSync(all), analyzeSync(less), { match: 'id' });
  expect(totals.removedCount).toBe(totals.addedCount);
  expect(rows.length).toBeGreaterThan(0);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HistogramRow, readHistogram } from '../../src/histogram/histogram.js';
import { openSnapshot } from '../../src/open-snapshot.js';
import { arbitraryWrittenSnapshot } from '../support/arbitrary-written-snapshot.js';
import { readNaively } from '../support/naive-reader.js';
import { chunksOf } from '../support/open-bytes.js';

interface TypedNode {
  type: string;
  name: string;
  selfSize: number;
}

/** Counts and sizes per type and name, in the order of names. */
function sumUp(nodes: Iterable<TypedNode>): HistogramRow[] {
  const rows = new Map<string, { type: string; name: string; count: number; selfSize: number }>();
  for (const { type, name, selfSize } of nodes) {
    const key = JSON.stringify([type, name]);
    const row = rows.get(key) ?? { type, name, count: 0, selfSize: 0 };
    rows.set(key, row);
    row.count++;
    row.selfSize += selfSize;
  }
  return sorted([...rows.values()]);
}

function sorted(rows: readonly HistogramRow[]): HistogramRow[] {
  const keyOf = (row: HistogramRow) => JSON.stringify([row.type, row.name]);
  return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

test('the histogram is the sum of the nodes, for every snapshot, writing and chunking', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), async ({ text, chunks }) => {
      const histogram = await readHistogram(chunksOf(chunks));
      const naive = readNaively(text);
      const graph = await openSnapshot(chunksOf(chunks));
      expect(sorted(histogram.rows)).toEqual(sumUp(naive.nodes));
      expect(sorted(histogram.rows)).toEqual(
        sumUp(
          Array.from(graph.nodes(), (node) => ({
            type: node.type,
            name: graph.strings.get(graph.columns.nameByNode[node.ordinal]),
            selfSize: node.selfSize,
          })),
        ),
      );
      expect([histogram.nodeCount, histogram.edgeCount]).toEqual([graph.nodeCount, graph.edgeCount]);
      expect(histogram.totalSelfSize).toBe(naive.nodes.reduce((sum, node) => sum + node.selfSize, 0));
    }),
    { numRuns: 60 },
  );
});

test('every type and name has one row, the largest first', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWrittenSnapshot(), async ({ chunks }) => {
      const { rows } = await readHistogram(chunksOf(chunks));
      expect(rows.length).toBe(new Set(rows.map(({ type, name }) => JSON.stringify([type, name]))).size);
      for (const [i, row] of rows.entries()) {
        const next = rows[i + 1];
        if (next === undefined) break;
        expect(row.selfSize).toBeGreaterThanOrEqual(next.selfSize);
        if (row.selfSize === next.selfSize) expect(row.count).toBeGreaterThanOrEqual(next.count);
      }
    }),
    { numRuns: 60 },
  );
});

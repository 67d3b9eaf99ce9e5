import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../src/byte-writer.js';
import { RealisticHeap, type RealisticHeapOptions } from '../src/index.js';

interface ParsedSnapshot {
  snapshot: {
    meta: { node_fields: string[]; node_types: [string[]] };
    node_count: number;
    edge_count: number;
  };
  nodes: number[];
  edges: number[];
  strings: string[];
}

function parsed(heap: RealisticHeap): ParsedSnapshot {
  return JSON.parse(textOf(heap)) as ParsedSnapshot;
}

function textOf(heap: RealisticHeap): string {
  return Buffer.concat(Array.from(heap.chunks())).toString('utf8');
}

const HEAPS: RealisticHeapOptions[] = [
  { nodes: 268 },
  { nodes: 5000, seed: 7 },
  // several chunks of each section
  { nodes: 60_000, seed: 2 },
  { nodes: 3000, stringBytes: 3_000_000 },
];

describe('RealisticHeap', () => {
  test.each(HEAPS)('holds what its totals say: %o', (options) => {
    const heap = new RealisticHeap(options);
    const { totals } = heap;
    const { snapshot, nodes, edges, strings } = parsed(heap);
    const width = snapshot.meta.node_fields.length;
    const types = snapshot.meta.node_types[0];
    expect([snapshot.node_count, snapshot.edge_count]).toEqual([totals.nodeCount, totals.edgeCount]);
    expect([nodes.length / width, edges.length / 3]).toEqual([totals.nodeCount, totals.edgeCount]);
    expect(strings.length).toBe(totals.stringCount);
    expect(new Set(strings).size).toBe(strings.length);

    const countByType: Record<string, number> = {};
    let [edgeCount, totalSelfSize, sessions] = [0, 0, 0];
    for (let at = 0; at < nodes.length; at += width) {
      const type = types[nodes[at]!]!;
      countByType[type] = (countByType[type] ?? 0) + 1;
      if (nodes[at + 1]! >= strings.length) throw new Error(`name ${nodes[at + 1]} of node ${at / width}`);
      totalSelfSize += nodes[at + 3]!;
      edgeCount += nodes[at + 4]!;
      if (type === 'object' && strings[nodes[at + 1]!] === 'Session') sessions++;
    }
    expect(countByType).toEqual(totals.countByType);
    expect([edgeCount, totalSelfSize, sessions]).toEqual([
      totals.edgeCount,
      totals.totalSelfSize,
      totals.sessionCount,
    ]);
    for (let at = 0; at < edges.length; at += 3) {
      const target = edges[at + 2]!;
      if (target % width !== 0 || target >= nodes.length)
        throw new Error(`target ${target} of edge ${at / 3}`);
    }
  });

  test('every node is reachable without weak edges', () => {
    const { nodes, edges, snapshot } = parsed(new RealisticHeap({ nodes: 20_000, seed: 3 }));
    const width = snapshot.meta.node_fields.length;
    const weak = 6;
    const firstEdge = [0];
    for (let at = 4; at < nodes.length; at += width) firstEdge.push(firstEdge.at(-1)! + nodes[at]!);
    const reached = new Set([0]);
    for (const node of reached) {
      for (let edge = firstEdge[node]!; edge < firstEdge[node + 1]!; edge++) {
        if (edges[3 * edge] !== weak) reached.add(edges[3 * edge + 2]! / width);
      }
    }
    expect(reached.size).toBe(20_000);
  });

  test('the string table has the bytes asked for, and its totals count them as written', () => {
    const heap = new RealisticHeap({ nodes: 3000, stringBytes: 3_000_000 });
    const { stringBytes } = heap.totals;
    expect(stringBytes / 3_000_000).toBeCloseTo(1, 2);
    const table = /"strings":\[(.*)\]\}\n$/s.exec(textOf(heap))![1]!;
    // two quotes each, and a comma and a line feed between two
    expect(table.length).toBe(stringBytes + 4 * heap.totals.stringCount - 2);
  });

  test('the same seed gives the same heap, another one another', () => {
    const text = textOf(new RealisticHeap({ nodes: 2000, seed: 5 }));
    expect(textOf(new RealisticHeap({ nodes: 2000, seed: 5 }))).toBe(text);
    expect(textOf(new RealisticHeap({ nodes: 2000, seed: 6 }))).not.toBe(text);
  });

  test('nodesForBytes comes near', () => {
    const heap = new RealisticHeap({ nodes: RealisticHeap.nodesForBytes(12e6) });
    const bytes = Array.from(heap.chunks()).reduce((sum, chunk) => sum + chunk.length, 0);
    expect(bytes / 12e6).toBeCloseTo(1, 1);
  });

  test('refuses heaps without room for the roots', () => {
    expect(() => new RealisticHeap({ nodes: 10 })).toThrow(
      'a realistic heap of 10 nodes: it takes at least 268',
    );
  });
});

describe('ByteWriter', () => {
  test('writes numbers of any length, past the end of a chunk too', () => {
    const writer = new ByteWriter(8);
    const values = [0, 7, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 987_654_321_012, 2 ** 53 - 1];
    const many = Array.from({ length: 1000 }, (_, at) => values[at % values.length]!);
    for (const value of many) writer.number(value);
    writer.dropComma();
    expect(Buffer.from(writer.take()).toString()).toBe(many.join(','));
  });
});

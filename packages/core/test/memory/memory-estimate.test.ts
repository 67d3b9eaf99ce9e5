import { describe, expect, test } from 'vitest';
import type { SnapshotHeader } from '../../src/format/snapshot-header.js';
import { estimateOpening } from '../../src/memory/memory-estimate.js';
import { NODE_FIELDS, type TestMeta, testMeta } from '../support/test-meta.js';

const MIB = 2 ** 20;
/** What the parser itself may take, beside the graph. */
const PARSER = 64 * MIB;

function headerOf(nodeCount?: number, edgeCount?: number, meta?: TestMeta): SnapshotHeader {
  return {
    meta: testMeta(meta),
    claimedNodeCount: nodeCount,
    claimedEdgeCount: edgeCount,
    claimedTraceFunctionCount: undefined,
    rootOffset: undefined,
    extraNativeBytes: 0,
    unusedKeys: new Set(),
  };
}

describe('an honest header', () => {
  test('counts with 17 bytes a node, 9 an edge, and strings', () => {
    const { nodeCount, edgeCount, graph, opening } = estimateOpening(headerOf(1e6, 5e6), { exact: 100e6 });
    expect({ nodeCount, edgeCount }).toEqual({ nodeCount: 1e6, edgeCount: 5e6 });
    expect(graph).toBe(1e6 * (17 + 12) + 5e6 * 9);
    expect(opening - graph).toBeGreaterThan(0);
    expect(opening - graph).toBeLessThan(PARSER);
  });

  test('knows the columns that only some files have', () => {
    const plain = estimateOpening(headerOf(1e6, 0), { exact: 24e6 }).graph;
    const graphOf = (...more: string[]): number =>
      estimateOpening(headerOf(1e6, 0, { nodeFields: [...NODE_FIELDS, ...more] }), { exact: 24e6 }).graph;
    expect(graphOf('detachedness') - plain).toBe(1e6);
    expect(graphOf('trace_node_id', 'detachedness') - plain).toBe(5e6);
    expect(graphOf('something_else') - plain).toBe(0);
  });

  test('of a file that is nearly all strings leaves room for them', () => {
    const { graph } = estimateOpening(headerOf(1000, 1000), { exact: 5e9 });
    expect(graph).toBeGreaterThan(4.9e9);
    expect(graph).toBeLessThan(5.1e9);
  });
});

describe('a lie', () => {
  test('that claims much counts as far as the bytes can hold it', () => {
    for (const [nodes, edges] of [
      [2e9, 4e9],
      [2e9, 0],
      [0, 4e9],
      [1e12, 1e12],
      [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ]) {
      const { graph, nodeCount, edgeCount } = estimateOpening(headerOf(nodes, edges), { exact: MIB });
      expect(graph).toBeLessThan(3 * MIB);
      expect(nodeCount * 2 * 5 + edgeCount * 2 * 3).toBeLessThanOrEqual(MIB);
    }
  });

  test('that claims little, or nothing, does not hide the size of the file', () => {
    for (const claim of [undefined, 0, 1, 100]) {
      const { graph } = estimateOpening(headerOf(claim, claim), { exact: 1e9 });
      expect(graph).toBeGreaterThan(0.5e9);
      expect(graph).toBeLessThan(1.1e9);
    }
  });

  test('of a compressed file counts as far as it may expand', () => {
    const { graph } = estimateOpening(headerOf(2e9, 4e9), { atMost: 64 * MIB });
    expect(graph).toBeLessThan(3 * 64 * MIB);
    expect(estimateOpening(headerOf(1e6, 5e6), { atMost: 1e12 }).graph).toBe(1e6 * 29 + 5e6 * 9);
  });
});

describe('a stream, whose size nobody knows', () => {
  test('is believed', () => {
    expect(estimateOpening(headerOf(1e9, 4e9)).graph).toBe(1e9 * 29 + 4e9 * 9);
  });

  test('is not believed what no graph can have', () => {
    expect(estimateOpening(headerOf(2 ** 32, 2 ** 53 - 1))).toMatchObject({
      nodeCount: 0,
      edgeCount: 0,
      graph: 0,
    });
  });
});

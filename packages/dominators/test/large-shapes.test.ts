import type { HeapGraph } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { analyzeSync } from '../src/analyze.js';
import type { HeapAnalysis } from '../src/heap-analysis.js';
import { UNREACHED } from '../src/kernels/distances.js';
import { PLACES } from './support/in-arena.js';
import { largeGraph, NODE_SIZE } from './support/large-graph.js';

/** The first node whose answer is not the expected one. */
function firstWrong(answers: ArrayLike<number>, expected: (node: number) => number): unknown {
  for (let node = 0; node < answers.length; node++) {
    if (answers[node] !== expected(node)) return { node, is: answers[node], expected: expected(node) };
  }
  return undefined;
}

interface Expected {
  dominator(node: number): number;
  /** Number of nodes with a size that it retains. */
  retained(node: number): number;
  distance(node: number): number;
}

function expectAnswers({ columns, graph, totalSize }: HeapAnalysis, expected: Expected): void {
  expect(firstWrong(columns.dominatorByNode, expected.dominator)).toBeUndefined();
  expect(
    firstWrong(columns.retainedSizeByNode, (node) => expected.retained(node) * NODE_SIZE),
  ).toBeUndefined();
  expect(firstWrong(columns.distanceByNode, expected.distance)).toBeUndefined();
  expect(totalSize).toBe((graph.nodeCount - 1) * NODE_SIZE);
}

const SYSTEM = 100_000_000;

describe.each(PLACES)('shapes that break recursion and quadratic algorithms, %s', (_, put) => {
  const drawn = (...shape: Parameters<typeof largeGraph>): HeapGraph => put(largeGraph(...shape));

  test('a chain of 2 million nodes', () => {
    const count = 2_000_000;
    const analysis = analyzeSync(drawn(count, (node) => (node + 1 < count ? [node + 1] : [])));
    expectAnswers(analysis, {
      dominator: (node) => Math.max(0, node - 1),
      retained: (node) => (node === 0 ? count - 1 : count - node),
      distance: (node) => (node === 0 ? SYSTEM : node),
    });
    expect(analysis.classes()).toMatchObject([
      { name: 'Node', count: count - 1, retainedSize: (count - 1) * NODE_SIZE, distance: 1 },
    ]);
  });

  test('a node with a million edges, and one that a million nodes point to', () => {
    const leaves = 1_000_000;
    const last = leaves + 2;
    const analysis = analyzeSync(
      drawn(last + 1, (node) => {
        if (node === 0) return [1];
        if (node === 1) return range(2, last);
        return node === last ? [] : [last];
      }),
    );
    expectAnswers(analysis, {
      dominator: (node) => (node < 2 ? 0 : 1),
      retained: (node) => (node < 2 ? leaves + 2 : 1),
      distance: (node) => (node === 0 ? SYSTEM : Math.min(node, 2) + Number(node === last)),
    });
    const hub = analysis.dominatedBy(1);
    expect(hub.length).toBe(leaves + 1);
    expect(firstWrong(hub, (i) => i + 2)).toBeUndefined();
    let retainers = 0;
    for (const { node } of analysis.retainersOf(last)) if (node.ordinal === retainers + 2) retainers++;
    expect(retainers).toBe(leaves);
  });

  test('a ring of half a million nodes, linked both ways', () => {
    const count = 500_001;
    const size = count - 1;
    const analysis = analyzeSync(
      drawn(count, (node) => (node === 0 ? [1] : [(node % size) + 1, ((node + size - 2) % size) + 1])),
    );
    expectAnswers(analysis, {
      // the two neighbours are ways of their own, and meet behind
      dominator: (node) => (node < 2 ? 0 : 1),
      retained: (node) => (node < 2 ? size : 1),
      distance: (node) => (node === 0 ? SYSTEM : 1 + Math.min(node - 1, size - (node - 1))),
    });
  });

  test('islands: 300,000 that a node without retainers heads, and as many closed cycles', () => {
    const islands = 300_000;
    const isHead = (node: number) => node > 0 && node <= 4 * islands && node % 4 === 1;
    const analysis = analyzeSync(
      drawn(4 * islands + 1, (node) => {
        switch (node % 4) {
          case 1:
            return [node + 1];
          case 3:
            return [node + 1];
          case 0:
            return node === 0 ? [] : [node - 1];
          default:
            return [];
        }
      }),
    );
    expectAnswers(analysis, {
      dominator: (node) => (node % 4 === 2 ? node - 1 : 0),
      retained: (node) => {
        if (node === 0) return 4 * islands;
        return isHead(node) ? 2 : 1;
      },
      distance: (node) => (node === 0 ? 0 : UNREACHED),
    });
  });

  test('a ladder: ways that part and meet 500,000 times, each time one deeper', () => {
    const steps = 500_000;
    // rungs at odd ordinals; each leads to the next one, and by a side way at an even ordinal
    const count = 2 * steps + 1;
    const analysis = analyzeSync(
      drawn(count, (node) => {
        const isRung = node % 2 === 1;
        if (node === 0) return [1];
        if (!isRung) return node + 1 < count ? [node + 1] : [];
        return node + 2 < count ? [node + 1, node + 2] : [node + 1];
      }),
    );
    expectAnswers(analysis, {
      dominator: (node) => {
        if (node < 2) return 0;
        return node % 2 === 1 ? node - 2 : node - 1;
      },
      retained: (node) => {
        if (node === 0) return count - 1;
        return node % 2 === 1 ? count - node : 1;
      },
      distance: (node) => (node === 0 ? SYSTEM : Math.floor(node / 2) + 1),
    });
  });

  test('ways from every node of a chain back to the start and on to the end', () => {
    const count = 300_000;
    const end = count - 1;
    const analysis = analyzeSync(
      drawn(count, (node) => {
        if (node === 0) return [1];
        return node === end ? [1] : [node + 1, 1, end];
      }),
    );
    expectAnswers(analysis, {
      dominator: (node) => (node === end ? 1 : Math.max(0, node - 1)),
      retained: (node) => {
        if (node < 2) return count - 1;
        return node === end ? 1 : end - node;
      },
      distance: (node) => {
        if (node === 0) return SYSTEM;
        return node === end ? 2 : node;
      },
    });
  });
});

function* range(from: number, to: number): Generator<number> {
  for (let value = from; value < to; value++) yield value;
}

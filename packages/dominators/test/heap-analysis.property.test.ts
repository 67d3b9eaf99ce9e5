import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeSync } from '../src/analyze.js';
import { arbitraryHeap, tangledHeap } from './support/arbitrary-heap.js';
import { bruteForceDominators } from './support/brute-force-dominators.js';
import { graphOf, renumbered } from './support/drawn-heap.js';

const anyHeap = fc.oneof(arbitraryHeap, tangledHeap);
const RUNS = { numRuns: 1000 };

test('what the root retains and the extra bytes are the total', () => {
  fc.assert(
    fc.property(anyHeap, (heap) => {
      const { columns, graph, statistics, totalSize } = analyzeSync(graphOf(heap));
      const total = [...graph.columns.selfSizeByNode].reduce((sum, size) => sum + size, 0);
      expect(totalSize).toBe(columns.retainedSizeByNode[heap.rootOrdinal] + (heap.extraNativeBytes ?? 0));
      expect(totalSize).toBe(total + (heap.extraNativeBytes ?? 0));
      expect(statistics.total).toBe(totalSize);
    }),
    RUNS,
  );
});

test('what a node retains is its own size and what its children in the dominator tree retain', () => {
  fc.assert(
    fc.property(anyHeap, (heap) => {
      const analysis = analyzeSync(graphOf(heap));
      heap.nodes.forEach((_, node) => {
        const children = [...analysis.dominatedBy(node)].map((child) => analysis.retainedSizeOf(child));
        expect(analysis.retainedSizeOf(node)).toBe(
          children.reduce((sum, size) => sum + size, analysis.shallowSizeOf(node)),
        );
        expect(children).toEqual([...children].sort((a, b) => b - a));
      });
    }),
    RUNS,
  );
});

test('the dominators of a node are its dominator and the dominators of that', () => {
  fc.assert(
    fc.property(anyHeap, (heap) => {
      const analysis = analyzeSync(graphOf(heap));
      const { dominatorsByNode } = bruteForceDominators(heap);
      heap.nodes.forEach((_, node) => {
        const chain = [node];
        while (chain[0] !== heap.rootOrdinal) chain.unshift(analysis.dominatorOf(chain[0]));
        expect(chain.sort()).toEqual([...dominatorsByNode[node]].sort());
      });
    }),
    RUNS,
  );
});

test('renumbering the nodes, root first, changes no dominator, retained size or distance', () => {
  const sortKeys = fc.array(fc.nat(), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(anyHeap, sortKeys, (heap, keys) => {
      const order = heap.nodes
        .map((_, node) => node)
        .sort((a, b) => Number(b === heap.rootOrdinal) - Number(a === heap.rootOrdinal) || keys[a] - keys[b]);
      const places = heap.nodes.map((_, node) => order.indexOf(node));
      const before = analyzeSync(graphOf(heap));
      const after = analyzeSync(graphOf(renumbered(heap, places)));
      expect(after.graph.rootOrdinal).toBe(0);
      heap.nodes.forEach((_, node) => {
        expect(after.dominatorOf(places[node])).toBe(places[before.dominatorOf(node)]);
        expect(after.retainedSizeOf(places[node])).toBe(before.retainedSizeOf(node));
        expect(after.shallowSizeOf(places[node])).toBe(before.shallowSizeOf(node));
        expect(after.distanceOf(places[node])).toBe(before.distanceOf(node));
      });
    }),
    RUNS,
  );
});

test('retainers are the edges of the graph, by their targets', () => {
  fc.assert(
    fc.property(anyHeap, (heap) => {
      const analysis = analyzeSync(graphOf(heap));
      heap.nodes.forEach((_, node) => {
        const retainers = Array.from(analysis.retainersOf(node), ({ edge, node: source, distance }) => {
          expect(distance).toBe(analysis.distanceOf(source.ordinal));
          return [source.ordinal, edge.type, edge.name];
        });
        expect(retainers).toEqual(
          heap.nodes.flatMap(({ edges = [] }, source) =>
            edges.filter(([, , target]) => target === node).map(([type, name]) => [source, type, name]),
          ),
        );
      });
    }),
    RUNS,
  );
});

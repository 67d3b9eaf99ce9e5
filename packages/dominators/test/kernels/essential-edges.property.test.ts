import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeSync } from '../../src/analyze.js';
import { EssentialEdges } from '../../src/kernels/essential-edges.js';
import { findPageOwned } from '../../src/kernels/page-owned.js';
import { NOT_ESSENTIAL, RETAINER_NODE } from '../../src/kernels/retainers.js';
import { findWeakMapEdges, tableSides } from '../../src/kernels/weak-map-edges.js';
import { arbitraryHeap } from '../support/arbitrary-heap.js';
import { bruteForceEssentialEdges, bruteForcePageOwned } from '../support/brute-force-essential-edges.js';
import { edgesOf, graphOf } from '../support/drawn-heap.js';
import { PLACES } from '../support/in-arena.js';

test('page-owned nodes and essential edges follow the rules', () => {
  fc.assert(
    fc.property(arbitraryHeap, (heap) => {
      const { columns } = graphOf(heap);
      const edges = edgesOf(heap);
      const isPageOwned = findPageOwned(columns);
      const pageOwned = bruteForcePageOwned(heap);
      expect(heap.nodes.map((_, node) => isPageOwned.has(node))).toEqual(
        heap.nodes.map((_, node) => pageOwned.has(node)),
      );

      const tableNodes = new Uint32Array(isPageOwned.words.length);
      const tableEdges = tableSides(findWeakMapEdges(columns), tableNodes);
      const essential = new EssentialEdges(columns, { pageOwned: isPageOwned.words, tableEdges, tableNodes });
      const expected = bruteForceEssentialEdges(heap);
      expect(edges.map(({ source }, edge) => essential.has(source, edge))).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

test.each(PLACES)('retainers come in file order, and say which edges are essential: %s', (_, put) => {
  fc.assert(
    fc.property(arbitraryHeap, (heap) => {
      const edges = edgesOf(heap);
      const isEssential = bruteForceEssentialEdges(heap);
      const { firstRetainerByNode, retainerEntries } = analyzeSync(put(graphOf(heap))).columns;
      heap.nodes.forEach((_, node) => {
        const entries = [
          ...retainerEntries.subarray(firstRetainerByNode[node], firstRetainerByNode[node + 1]),
        ];
        expect(entries.map((entry) => [entry & RETAINER_NODE, entry < NOT_ESSENTIAL])).toEqual(
          edges.flatMap(({ source, target }, edge) => (target === node ? [[source, isEssential[edge]]] : [])),
        );
      });
    }),
    { numRuns: 2000 },
  );
});

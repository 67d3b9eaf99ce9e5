import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryHeap, tangledHeap } from './arbitrary-heap.js';
import { bruteForceDistances } from './brute-force-distances.js';
import { bruteForceDominators } from './brute-force-dominators.js';
import { bruteForceEssentialEdges, bruteForcePageOwned } from './brute-force-essential-edges.js';
import { type DrawnHeap, edgesOf, idOf, shallowSizesOf } from './drawn-heap.js';

const isTableSide = (name: string | number, id: number): boolean => String(name).endsWith(`(table @${id})`);

/** What the rules tell apart; each must be drawn often enough to be tested. */
const CASES: Readonly<Record<string, (heap: DrawnHeap) => boolean>> = {
  'root is not node 0': ({ rootOrdinal }) => rootOrdinal > 0,
  'no user roots': (heap) => heap.nodes.length > 1 && bruteForceDistances(heap)[heap.rootOrdinal] === 0,
  'system distances': (heap) => bruteForceDistances(heap).some((distance) => (distance ?? 0) > 100_000_000),
  'unreached by distance': (heap) => bruteForceDistances(heap).includes(null),
  'page-owned': (heap) => bruteForcePageOwned(heap).size > 0,
  'edge into the page does not count': (heap) => {
    const owned = bruteForcePageOwned(heap);
    return edgesOf(heap).some(
      ({ source, target }) => source !== heap.rootOrdinal && !owned.has(source) && owned.has(target),
    );
  },
  'self loop': (heap) => edgesOf(heap).some(({ source, target }) => source === target),
  'repeated edge': (heap) => {
    const ends = edgesOf(heap).map(({ source, target }) => `${source} ${target}`);
    return new Set(ends).size < ends.length;
  },
  "a table's side of an entry": (heap) =>
    edgesOf(heap).some(({ name, source }) => isTableSide(name, idOf(heap, source))),
  'an entry of a table with a wide id': (heap) =>
    edgesOf(heap).some(
      ({ name, source }) => idOf(heap, source) >= 2 ** 32 && isTableSide(name, idOf(heap, source)),
    ),
  orphan: (heap) => {
    const essential = bruteForceEssentialEdges(heap);
    const retained = new Set(edgesOf(heap).flatMap(({ target }, edge) => (essential[edge] ? [target] : [])));
    return heap.nodes.some((_, node) => node !== heap.rootOrdinal && !retained.has(node));
  },
  'closed cycle': (heap) => {
    const { dominatorsByNode, retainedSizeByNode } = bruteForceDominators(heap);
    const sizes = shallowSizesOf(heap);
    const essential = bruteForceEssentialEdges(heap);
    const edges = edgesOf(heap).filter((_, edge) => essential[edge]);
    // held by what is held by nothing else than the root's rule for closed cycles
    return heap.nodes.some(
      (_, node) =>
        dominatorsByNode[node].size === 2 &&
        retainedSizeByNode[node] === sizes[node] &&
        edges.some(
          ({ source, target }) =>
            source === node && edges.some((back) => back.source === target && back.target === node),
        ),
    );
  },
  'sizes move to owners': (heap) =>
    shallowSizesOf(heap).some((size, node) => size !== (heap.nodes[node].size ?? 0)),
  'sizes beyond 32 bits': (heap) => shallowSizesOf(heap).some((size) => size >= 2 ** 32),
};

test.each(Object.entries(CASES))('draws heaps with: %s', (_, isDrawn) => {
  const heaps = fc.sample(arbitraryHeap, { numRuns: 400, seed: 1 });
  expect(heaps.filter(isDrawn).length).toBeGreaterThanOrEqual(8);
});

test('draws tangled heaps with dominators that are no retainers', () => {
  const isDrawn = (heap: DrawnHeap): boolean => {
    const { dominatorByNode } = bruteForceDominators(heap);
    return heap.nodes.some(
      (_, node) =>
        dominatorByNode[node] !== heap.rootOrdinal &&
        edgesOf(heap).every(({ source, target }) => target !== node || source !== dominatorByNode[node]),
    );
  };
  const heaps = fc.sample(tangledHeap, { numRuns: 200, seed: 1 });
  expect(heaps.filter(isDrawn).length).toBeGreaterThanOrEqual(40);
});

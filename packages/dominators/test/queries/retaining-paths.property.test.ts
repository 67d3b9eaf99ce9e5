import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeSync } from '../../src/analyze.js';
import { BASE_SYSTEM_DISTANCE } from '../../src/kernels/distances.js';
import { findRetainingPaths, type RetainingPath } from '../../src/queries/retaining-paths.js';
import { arbitraryHeap, tangledHeap } from '../support/arbitrary-heap.js';
import { bruteForcePaths } from '../support/brute-force-paths.js';
import { type DrawnHeap, edgesOf, graphOf } from '../support/drawn-heap.js';

const RUNS = { numRuns: 1000 };
const anyHeap = fc.oneof(arbitraryHeap, tangledHeap);

/** From where the search began: without the root above a user root. */
function nodesBelowRoot(
  { steps }: RetainingPath,
  heap: DrawnHeap,
  distanceOf: (node: number) => number | null,
) {
  const nodes = steps.map(({ node }) => node.ordinal);
  return nodes[0] === heap.rootOrdinal && nodes.length > 1 && distanceOf(nodes[1]) === 1
    ? nodes.slice(1)
    : nodes;
}

/** Whether there may be edges that distances leave out though they hold their target. */
function hasLeftOutEdges(heap: DrawnHeap): boolean {
  const leavesOut = ({ name }: { name?: string }) =>
    name === '(map descriptors)' || name === 'system / NativeContext';
  return heap.nodes.some(leavesOut) || edgesOf(heap).some(({ name }) => String(name).includes('in WeakMap'));
}

test('every object that has a distance has a path, no longer than that; others have a reason', () => {
  fc.assert(
    fc.property(anyHeap, (heap) => {
      const analysis = analyzeSync(graphOf(heap));
      heap.nodes.forEach((_, ordinal) => {
        const distance = analysis.distanceOf(ordinal);
        const { paths, reason } = findRetainingPaths(analysis, ordinal);
        expect(paths).toHaveLength(distance === null ? 0 : 1);
        expect(reason === null).toBe(distance !== null);
        if (distance === null || hasLeftOutEdges(heap)) return;
        const nodes = nodesBelowRoot(paths[0], heap, (node) => analysis.distanceOf(node));
        const edges = distance >= BASE_SYSTEM_DISTANCE ? distance - BASE_SYSTEM_DISTANCE : distance - 1;
        const fromRoot = heap.rootOrdinal === nodes[0] && distance < BASE_SYSTEM_DISTANCE ? 1 : 0;
        expect(nodes.length - 1).toBeLessThanOrEqual(edges + fromRoot);
      });
    }),
    RUNS,
  );
});

test('no way is shorter than the first path, but by edges that distances leave out', () => {
  fc.assert(
    fc.property(anyHeap, (heap) => {
      if (hasLeftOutEdges(heap)) return;
      const analysis = analyzeSync(graphOf(heap));
      heap.nodes.forEach((_, ordinal) => {
        if (analysis.distanceOf(ordinal) === null) return;
        // from a user root on, ways that only the system holds are longer
        const lengths = bruteForcePaths(heap, analysis, ordinal).map(
          ([start, ...rest]) => rest.length + (analysis.distanceOf(start) === 1 ? 0 : BASE_SYSTEM_DISTANCE),
        );
        if (lengths.length === 0) return;
        const [path] = findRetainingPaths(analysis, ordinal).paths;
        const [start, ...rest] = nodesBelowRoot(path, heap, (node) => analysis.distanceOf(node));
        const length = rest.length + (analysis.distanceOf(start) === 1 ? 0 : BASE_SYSTEM_DISTANCE);
        expect(length).toBe(Math.min(...lengths));
      });
    }),
    RUNS,
  );
});

test('a search that gives up at once still finds ways that exist, all different, the shortest first', () => {
  fc.assert(
    fc.property(anyHeap, fc.integer({ min: -1, max: 200 }), (heap, maxWork) => {
      const analysis = analyzeSync(graphOf(heap));
      heap.nodes.forEach((_, ordinal) => {
        if (analysis.distanceOf(ordinal) === null) return;
        const all = new Set(bruteForcePaths(heap, analysis, ordinal).map(String));
        if (all.size === 0) return;
        const { isComplete, paths } = findRetainingPaths(analysis, ordinal, { count: 4, maxWork });
        const found = paths.map((path) =>
          String(nodesBelowRoot(path, heap, (node) => analysis.distanceOf(node))),
        );
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((path) => !all.has(path))).toEqual([]);
        const [shortest] = findRetainingPaths(analysis, ordinal).paths;
        if (!hasLeftOutEdges(heap)) expect(paths[0].steps.length).toBe(shortest.steps.length);
        if (isComplete) expect(found.length).toBeGreaterThanOrEqual(Math.min(2, all.size));
      });
    }),
    RUNS,
  );
});

test('paths are ways that exist, and all differ', () => {
  fc.assert(
    fc.property(anyHeap, (heap) => {
      const analysis = analyzeSync(graphOf(heap));
      heap.nodes.forEach((_, ordinal) => {
        if (analysis.distanceOf(ordinal) === null) return;
        const all = new Set(bruteForcePaths(heap, analysis, ordinal).map(String));
        // only a WeakMap's table holds it
        if (all.size === 0) return;
        const { isComplete, paths } = findRetainingPaths(analysis, ordinal, { count: 4 });
        const found = paths.map((path) =>
          String(nodesBelowRoot(path, heap, (node) => analysis.distanceOf(node))),
        );
        expect(isComplete).toBe(true);
        expect(new Set(found).size).toBe(found.length);
        expect(found.filter((path) => !all.has(path))).toEqual([]);
        expect(found.length).toBeGreaterThanOrEqual(1);
        for (const { steps } of paths) {
          steps.slice(1).forEach(({ edge, node }, i) => {
            expect(edge?.target).toBe(node.ordinal);
            expect(edge?.type).not.toBe('weak');
            const { firstEdgeByNode } = analysis.graph.columns;
            expect(edge!.ordinal).toBeGreaterThanOrEqual(firstEdgeByNode[steps[i].node.ordinal]);
            expect(edge!.ordinal).toBeLessThan(firstEdgeByNode[steps[i].node.ordinal + 1]);
          });
        }
      });
    }),
    RUNS,
  );
});

test('a second path is found if there is any', () => {
  fc.assert(
    fc.property(tangledHeap, (heap) => {
      const analysis = analyzeSync(graphOf(heap));
      heap.nodes.forEach((_, ordinal) => {
        const all = bruteForcePaths(heap, analysis, ordinal);
        const { paths } = findRetainingPaths(analysis, ordinal, { count: 2 });
        expect(paths).toHaveLength(Math.min(2, all.length));
      });
    }),
    RUNS,
  );
});

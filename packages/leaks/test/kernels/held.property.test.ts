import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DrawnNode, graphOf } from '../../../dominators/test/support/drawn-heap.js';
import { matchSurvivors, NO_SLOT } from '../../src/kernels/match-survivors.js';
import { shareGrowth } from '../../src/kernels/share-growth.js';
import { tabulateHeld } from '../../src/kernels/tabulate-held.js';
import { BruteForceHeld } from '../support/brute-force-held.js';

const TYPES = ['object', 'object', 'closure', 'native', 'array', 'hidden', 'string', 'number', 'code'];
const EDGE_TYPES = ['property', 'element', 'internal', 'weak', 'hidden'] as const;

/** A root, and objects with ids of 3 and up of which some are left out; edges go anywhere. */
const arbitraryHeap = fc
  .array(
    fc.record({
      isThere: fc.boolean(),
      type: fc.constantFrom(...TYPES),
      size: fc.integer({ min: 0, max: 50 }),
      edges: fc.array(fc.tuple(fc.constantFrom(...EDGE_TYPES), fc.nat()), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((drawn): HeapAnalysis => {
    const kept = drawn.flatMap((node, i) => (node.isThere || i === 0 ? [{ ...node, id: 3 + 2 * i }] : []));
    const nodes: DrawnNode[] = [
      { type: 'synthetic', id: 1, edges: [['shortcut', 'w', 1]] },
      ...kept.map(({ edges, id, size, type }) => ({
        id,
        type,
        size,
        name: `N${id}`,
        edges: edges.map(
          ([edgeType, target], i) =>
            [
              edgeType,
              edgeType === 'element' || edgeType === 'hidden' ? i : `e${i}`,
              1 + (target % kept.length),
            ] as const,
        ),
      })),
    ];
    return analyzeSync(graphOf({ rootOrdinal: 0, nodes: nodes as DrawnNode[] }));
  });

test('tables and shares are what a naive reading of their comments gives', () => {
  fc.assert(
    fc.property(fc.array(arbitraryHeap, { minLength: 2, maxLength: 3 }), (analyses) => {
      const survivors = matchSurvivors({ snapshots: analyses.map(({ graph }) => graph.columns) });
      const idSets = analyses.map(({ graph }) => new Set([...graph.nodes()].map(({ id }) => id)));
      const commonIds = [...idSets[0]]
        .filter((id) => idSets.every((ids) => ids.has(id)))
        .sort((a, b) => a - b);
      const last = analyses[analyses.length - 1];
      expect(
        Array.from(survivors.nodeBySlot, (node) => last.graph.node(node).id).sort((a, b) => a - b),
      ).toEqual(commonIds);

      analyses.forEach((analysis, i) => {
        const slotByNode = survivors.slotByNode[i];
        const naive = new BruteForceHeld(analysis, (node) => slotByNode[node] !== NO_SLOT);
        const { graph } = analysis;
        const table = tabulateHeld({
          graph: graph.columns,
          analysis: analysis.columns,
          slotByNode,
          slotCount: survivors.slotCount,
        });
        for (const node of graph.nodes()) {
          const slot = slotByNode[node.ordinal];
          if (slot === NO_SLOT) continue;
          // of parts nobody asks: they count with their object
          if (naive.wholeOf(node.ordinal) !== node.ordinal) continue;
          expect({
            id: node.id,
            count: table.countBySlot[slot],
            size: table.sizeBySlot[slot],
            objects: table.objectEdgesBySlot[slot],
            values: table.valueEdgesBySlot[slot],
          }).toEqual({
            id: node.id,
            count: naive.countOf(node.ordinal),
            size: naive.sizeOf(node.ordinal),
            objects: naive.edgesOf(node.ordinal, 'objects'),
            values: naive.edgesOf(node.ordinal, 'values'),
          });
        }
      });

      const slotOfLast = survivors.slotByNode[analyses.length - 1];
      const naive = new BruteForceHeld(last, (node) => slotOfLast[node] !== NO_SLOT);
      const wholes = [...survivors.nodeBySlot].filter((node) => naive.wholeOf(node) === node);
      const hubs = wholes.filter((_, i) => i % 3 === 0).slice(0, 32);
      const others = wholes.filter((_, i) => i % 3 !== 0);
      // groups of one, and one of all that are left
      const keepers = [...others.slice(0, 2).map((node) => [node]), others.slice(2)];
      const shares = shareGrowth({
        graph: last.graph.columns,
        analysis: last.columns,
        slotByNode: slotOfLast,
        nodeBySlot: survivors.nodeBySlot,
        hubs: Uint32Array.from(hubs, (node) => slotOfLast[node]),
        keepers: keepers.map((nodes) => Uint32Array.from(nodes, (node) => slotOfLast[node])),
      });
      hubs.forEach((hub, i) => {
        expect(shares.ofHubs[i].size).toBeCloseTo(naive.shareOf(hub, hubs), 6);
      });
      keepers.forEach((nodes, i) => {
        expect(shares.ofKeepers[i].size).toBe(naive.keptBy(nodes, hubs));
      });
    }),
    { numRuns: 300 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeParts, analyzeSync } from '../../src/analyze.js';
import { BASE_SYSTEM_DISTANCE, UNREACHED } from '../../src/kernels/distances.js';
import { PLACES } from '../support/in-arena.js';
import { iterativeDominators } from '../support/iterative-dominators.js';
import { largeGraph } from '../support/large-graph.js';
import { OwnThread } from '../support/own-thread.js';

/**
 * What a heap looks like: a tangle below a global object, a few hubs that most nodes point to, many other nodes; and a
 * few nodes on the way to the global object, or held by the root behind it, whose edges alone let hubs escape from it.
 */
const hubHeap = fc
  .record({
    seed: fc.integer(),
    tangleCount: fc.integer({ min: 2, max: 60 }),
    hubCount: fc.integer({ min: 1, max: 3 }),
    leafCount: fc.integer({ min: 1500, max: 4000 }),
    headCount: fc.integer({ min: 0, max: 2 }),
    tailCount: fc.integer({ min: 0, max: 3 }),
    escapeShare: fc.constantFrom(0, 0.3, 0.8),
  })
  .map(({ seed, tangleCount, hubCount, leafCount, headCount, tailCount, escapeShare }) => {
    const random = generator(seed);
    const between = (first: number, end: number): number => first + Math.floor(random() * (end - first));
    const global = 1;
    const firstHub = global + tangleCount;
    const firstLeaf = firstHub + hubCount;
    const firstHead = firstLeaf + leafCount;
    const firstTail = firstHead + headCount;
    const nodeCount = firstTail + tailCount;
    const targets: number[][] = Array.from({ length: nodeCount }, () => []);
    const anyHub = (): number => between(firstHub, firstLeaf);
    const addEscapes = (node: number): void => {
      if (random() < escapeShare) targets[node].push(anyHub());
      if (random() < 0.05) targets[node].push(between(global, firstHub));
    };

    // in file order the heads come behind all that they hold
    for (let head = firstHead; head <= firstTail; head++) {
      const above = head === firstHead ? 0 : head - 1;
      targets[above].push(head === firstTail ? global : head);
      if (above !== 0) addEscapes(above);
    }
    for (let node = global + 1; node < firstHub; node++) {
      targets[between(global, node)].push(node);
      targets[node].push(between(global, firstHub), anyHub());
    }
    for (let leaf = firstLeaf; leaf < firstHead; leaf++) {
      const hangsBelowLeaf = leaf > firstLeaf && random() < 0.5;
      targets[hangsBelowLeaf ? between(firstLeaf, leaf) : between(global, firstHub)].push(leaf);
      if (random() < 0.9) targets[leaf].push(anyHub());
      if (random() < 0.1) targets[leaf].push(between(firstLeaf, firstHead));
    }
    for (let tail = firstTail; tail < nodeCount; tail++) {
      targets[0].push(tail);
      addEscapes(tail);
    }
    return targets;
  });

/** Marsaglia's xorshift: numbers in [0, 1). */
function generator(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** By waves from what the root points to, since none of it is synthetic. */
function distancesOf(targets: readonly (readonly number[])[]): number[] {
  const distances = targets.map(() => UNREACHED);
  let wave = new Set(targets[0]);
  for (let distance = 1; wave.size > 0; distance++) {
    for (const node of wave) distances[node] = distance;
    wave = new Set(
      [...wave].flatMap((node) => targets[node]).filter((node) => distances[node] === UNREACHED),
    );
  }
  distances[0] = BASE_SYSTEM_DISTANCE;
  return distances;
}

test.each(PLACES)(
  'dominators and distances of heaps in which a few nodes have most of the edges: %s',
  (_, put) => {
    fc.assert(
      fc.property(hubHeap, (targets) => {
        const graph = put(largeGraph(targets.length, (node) => targets[node]));
        const { columns } = analyzeSync(graph);
        expect([...columns.dominatorByNode]).toEqual(iterativeDominators(targets));
        expect([...columns.distanceByNode]).toEqual(distancesOf(targets));
      }),
      { numRuns: 150 },
    );
  },
);

test.each(PLACES)('dominators of such heaps, whose retainers are numbers: %s', async (_, put) => {
  await fc.assert(
    fc.asyncProperty(hubHeap, async (targets) => {
      const graph = put(largeGraph(targets.length, (node) => targets[node]));
      const pool = new OwnThread({ threads: 2 });
      const parts = await analyzeParts(graph, { pool }, { consumesGraph: true });
      expect([...parts.dominatorByNode]).toEqual(iterativeDominators(targets));
    }),
    { numRuns: 150 },
  );
});

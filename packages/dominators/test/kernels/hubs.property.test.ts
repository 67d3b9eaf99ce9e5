import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzeSync } from '../../src/analyze.js';
import { BASE_SYSTEM_DISTANCE, UNREACHED } from '../../src/kernels/distances.js';
import { iterativeDominators } from '../support/iterative-dominators.js';
import { largeGraph } from '../support/large-graph.js';

/** What a heap looks like: a small tangle, a few nodes that most others point to, and many others. */
const hubHeap = fc
  .record({
    seed: fc.integer(),
    tangleCount: fc.integer({ min: 2, max: 60 }),
    hubCount: fc.integer({ min: 1, max: 4 }),
    leafCount: fc.integer({ min: 1500, max: 4000 }),
    /** Leaves hang below the nodes up to this one: the lower, the more of them below the root itself. */
    holders: fc.integer({ min: 1, max: 60 }),
    tailCount: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ seed, tangleCount, hubCount, leafCount, holders, tailCount }) => {
    const random = generator(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const firstHub = tangleCount;
    const firstLeaf = firstHub + hubCount;
    const firstTail = firstLeaf + leafCount;
    const nodeCount = firstTail + tailCount;
    const targets: number[][] = Array.from({ length: nodeCount }, () => []);
    for (let node = 1; node < tangleCount; node++) {
      targets[below(node)].push(node);
      targets[node].push(below(tangleCount), firstHub + below(hubCount));
    }
    for (let leaf = firstLeaf; leaf < firstTail; leaf++) {
      targets[
        random() < 0.5 ? below(Math.min(tangleCount, holders)) : firstLeaf + below(leaf - firstLeaf)
      ].push(leaf);
      if (random() < 0.9) targets[leaf].push(firstHub + below(hubCount));
      if (random() < 0.1) targets[leaf].push(firstLeaf + below(leafCount));
    }
    // the root's last edges are searched last: their targets' semidominators are low, and their numbers high
    for (let tail = firstTail; tail < nodeCount; tail++) {
      targets[0].push(tail);
      if (random() < 0.3) targets[tail].push(firstHub + below(hubCount));
      if (random() < 0.3) targets[tail].push(below(tangleCount));
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

test('dominators and distances of heaps in which a few nodes have most of the edges', () => {
  fc.assert(
    fc.property(hubHeap, (targets) => {
      const graph = largeGraph(targets.length, (node) => targets[node]);
      const { columns } = analyzeSync(graph);
      expect([...columns.dominatorByNode]).toEqual(iterativeDominators(targets));
      expect([...columns.distanceByNode]).toEqual(distancesOf(targets));
    }),
    { numRuns: 150 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { END_OF_LEVEL, Frontier } from '../../src/kernels/frontier.js';

const NODES = 40_000;

/** Levels as pieces of the nodes; those of more than 1024 nodes are kept another way. */
const levels = fc.array(
  fc.record({
    start: fc.nat(NODES - 1),
    step: fc.integer({ min: 1, max: 31 }),
    count: fc.integer({ min: 1, max: 3000 }),
  }),
  { maxLength: 12 },
);

test('gives every level what was added to it, small or large, and nothing of the levels before', () => {
  fc.assert(
    fc.property(levels, (drawn) => {
      const frontier = new Frontier(NODES);
      const added = new Set<number>();
      let expected: number[] = [];
      const add = ({ count, start, step }: { start: number; step: number; count: number }): void => {
        expected = [];
        for (let i = 0; i < count; i++) {
          const node = (start + i * step) % NODES;
          if (added.has(node)) continue;
          expect(frontier.reached.has(node)).toBe(false);
          added.add(node);
          expected.push(node);
          frontier.add(node);
        }
      };
      for (const level of drawn) {
        add(level);
        expect(frontier.advance()).toBe(expected.length > 0);
        const found: number[] = [];
        for (let node = frontier.next(); node !== END_OF_LEVEL; node = frontier.next()) found.push(node);
        const byOrdinal = (a: number, b: number): number => a - b;
        expect(expected.length > 1024 ? found : found.sort(byOrdinal)).toEqual(expected.sort(byOrdinal));
      }
    }),
    { numRuns: 200 },
  );
});

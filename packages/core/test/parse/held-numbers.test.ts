import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeldNumbers } from '../../src/parse/held-numbers.js';
import { CollectingSink } from '../support/feed-parser.js';

function hold(numbers: readonly number[], sizes: readonly number[]): HeldNumbers {
  const held = new HeldNumbers();
  for (let from = 0, turn = 0; from < numbers.length; turn++) {
    const batch = Float64Array.from(numbers.slice(from, from + sizes[turn % sizes.length]));
    held.push(batch, batch.length);
    from += batch.length;
    batch.fill(Number.NaN);
  }
  return held;
}

test('gives every number back, whole or in batches', () => {
  const number = fc.oneof(fc.nat(), fc.maxSafeInteger(), fc.constantFrom(0, -1, 2 ** 32 - 1, 2 ** 32));
  const sizes = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1 });
  const repeats = fc.constantFrom(1, 300, 1700);
  fc.assert(
    fc.property(fc.array(number, { maxLength: 30 }), repeats, sizes, (pattern, times, batchSizes) => {
      const numbers = Array.from({ length: times }, () => pattern).flat();
      const held = hold(numbers, batchSizes);
      expect(held.count).toBe(numbers.length);
      expect(held.toArray()).toEqual(Float64Array.from(numbers));
      expect(held.toArray()).toEqual(Float64Array.from(numbers));
      const sink = new CollectingSink();
      held.drainInto(sink);
      expect(sink.numbers).toEqual(numbers);
      expect(sink.ends).toBe(1);
      expect(held.count).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test('a sink of no numbers is told of the end', () => {
  const sink = new CollectingSink();
  new HeldNumbers().drainInto(sink);
  expect([sink.numbers, sink.ends]).toEqual([[], 1]);
});

import fc from 'fast-check';
import type { NumberSink } from '../../src/parse/number-sink.js';
import { RowProblem } from '../../src/parse/number-sink.js';

/** Pushes numbers in batches of these sizes, over and over, and ends. The array is reused, as the parser does. */
export function pushBatches(sink: NumberSink, numbers: readonly number[], sizes: readonly number[]): void {
  const batch = new Float64Array(Math.max(...sizes));
  for (let from = 0, turn = 0; from < numbers.length; turn++) {
    const taken = numbers.slice(from, from + sizes[turn % sizes.length]);
    batch.fill(Number.NaN);
    batch.set(taken);
    sink.push(batch, taken.length);
    from += taken.length;
  }
  sink.end();
}

/** All in one batch, one at a time, or anything between. */
export function arbitraryBatchSizes(): fc.Arbitrary<number[]> {
  return fc.oneof(
    fc.constantFrom(1, 2, 10_000).map((size) => [size]),
    fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
  );
}

/** The problem that `task` throws, and where in the numbers it says it stood. */
export function problemOf(task: () => unknown): RowProblem {
  try {
    task();
  } catch (error) {
    if (error instanceof RowProblem) return error;
    throw error;
  }
  throw new Error('no problem was found');
}

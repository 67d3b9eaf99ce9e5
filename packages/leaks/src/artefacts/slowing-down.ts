import type { ArtefactRule } from '../leak-rule.js';

/** Growth of the last round over that of the first, below which it is on the way to an end. */
const MOST_LEFT = 0.5;

/** Caches and pools that fill up: every round adds less than the one before. */
export const slowingDown: ArtefactRule = {
  name: 'slowing-down',
  recognise({ counts, sizes }) {
    const addedObjects = stepsOf(counts);
    // tables grow by leaps: their bytes count only where the number of objects says nothing
    const added = addedObjects.some((value) => value > 0) ? addedObjects : stepsOf(sizes);
    if (!falls(added)) return null;
    return `it fills up: each round adds less than the one before (${added.join(', ')})`;
  },
};

function stepsOf(values: readonly number[]): number[] {
  return values.slice(1).map((value, i) => value - values[i]);
}

function falls(added: readonly number[]): boolean {
  return (
    added.length > 1 &&
    added.every((value, i) => i === 0 || value < added[i - 1]) &&
    added[added.length - 1] <= added[0] * MOST_LEFT
  );
}

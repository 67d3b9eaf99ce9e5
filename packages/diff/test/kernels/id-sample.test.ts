import { expect, test } from 'vitest';
import { drawColumns } from '../../../core/test/support/draw-graph.js';
import { compareSamples, sampleIds } from '../../src/kernels/id-sample.js';

/** `count` objects; those below `changed` have another name. */
function sampleOf(count: number, changed = 0) {
  const columns = drawColumns(
    Array.from({ length: count }, (_, i) => ({
      name: i < changed ? 'Other' : 'Thing',
      id: 2 * i + 1,
      size: 8,
    })),
  );
  return sampleIds(
    columns,
    Uint32Array.from({ length: count }, (_, i) => i),
  );
}

test('a small heap is looked at as a whole', () => {
  expect(compareSamples(sampleOf(1000), sampleOf(900, 90))).toEqual({ compared: 900, changed: 90 });
});

test('of a large one, some 65,000 ids stand for all, the same ones in both', () => {
  const { changed, compared } = compareSamples(sampleOf(200_000), sampleOf(300_000, 100_000));
  // those of the larger heap that the smaller has, too
  expect(compared).toBeGreaterThan(40_000);
  expect(compared).toBeLessThan(50_000);
  expect(changed / compared).toBeGreaterThan(0.48);
  expect(changed / compared).toBeLessThan(0.52);
});

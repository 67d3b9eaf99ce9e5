import { expect, test } from 'vitest';
import { slotOfValue } from '../../src/graph/value-slot.js';

/** Objects in a heap have ids 1, 3, 5, …; long-lived processes go beyond 2³². */
const ID_SERIES: [name: string, id: (row: number) => number][] = [
  ['odd', (row) => 2 * row + 1],
  ['wide', (row) => 2 ** 32 + 2 * row + 1],
  ['far apart', (row) => (row + 1) * 2 ** 33 + 1],
];

test.each(ID_SERIES)('%s ids fill a table of any size all over', (_, idOf) => {
  for (const bits of [1, 10, 20, 28, 31, 32]) {
    const size = 2 ** bits;
    const count = Math.min(size / 2, 1 << 16);
    // as many slots as there are ids, taken from everywhere
    const quarters = [0, 0, 0, 0];
    const slots = new Set<number>();
    for (let row = 0; row < count; row++) {
      const slot = slotOfValue(idOf(row), bits);
      expect(slot).toBeLessThan(size);
      quarters[Math.floor((slot / size) * 4)]++;
      slots.add(slot);
    }
    expect(slots.size).toBeGreaterThan(count * 0.5);
    if (count >= 512) expect(Math.min(...quarters)).toBeGreaterThan(count / 8);
  }
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Keys, sortPart } from '../../src/kernels/sort-by-keys.js';

const order = fc.constantFrom('asc', 'desc');
/** Many equal ones, and all digits. */
const word = fc.oneof(fc.nat(5), fc.nat(5000), fc.integer({ min: 0, max: 0xffffffff }));
const words = fc.array(word, { maxLength: 300 }).map((values) => Uint32Array.from(values));
const double = fc.oneof(
  word,
  fc.double({ min: 0, max: 1e16, noNaN: true }).map((value) => value + 0),
);
const doubles = fc.array(double, { maxLength: 300 }).map((values) => Float64Array.from(values));

function sortedNaively(keys: Keys, direction: 'asc' | 'desc'): number[] {
  const sign = direction === 'asc' ? 1 : -1;
  return [...keys.keys()].sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
}

test('any part of the sorted list is that of a stable sort', () => {
  fc.assert(
    fc.property(
      fc.oneof(words, doubles),
      order,
      fc.nat(320),
      fc.nat(320),
      (keys, direction, offset, length) => {
        const part = sortPart(keys, direction, offset, offset + length);
        expect([...part]).toEqual(sortedNaively(keys, direction).slice(offset, offset + length));
      },
    ),
    { numRuns: 2000 },
  );
});

test('of hundreds of thousands of keys too, most of them equal', () => {
  const keys = Uint32Array.from({ length: 300_000 }, (_, i) => (i % 7 === 0 ? Math.imul(i, 0x9e3779b1) : 42));
  for (const direction of ['asc', 'desc'] as const) {
    const sorted = sortedNaively(keys, direction);
    for (const offset of [0, 20_000, 150_000, 299_000]) {
      expect([...sortPart(keys, direction, offset, offset + 2000)]).toEqual(
        sorted.slice(offset, offset + 2000),
      );
    }
  }
});

import { describe, expect, test } from 'vitest';
import { OutOfMemoryError } from '../../src/errors.js';
import {
  grownUint8,
  grownUint32,
  grownWide,
  nextCapacity,
  sharedFloat64,
  sharedUint8,
  sharedUint32,
  widened,
} from '../../src/parse/allocate-columns.js';

describe('nextCapacity', () => {
  test('stays where there is room', () => {
    expect(nextCapacity(4096, 4096, 1e12)).toBe(4096);
    expect(nextCapacity(4096, 1, 1e12)).toBe(4096);
  });

  test('goes straight to a claim that is near', () => {
    expect(nextCapacity(0, 1, 5000)).toBe(5000);
    expect(nextCapacity(4096, 4097, 60_000)).toBe(60_000);
  });

  test('never allocates by the claim alone', () => {
    let capacity = 0;
    for (let read = 1; capacity < 1e9; read = capacity + 1) {
      const grown = nextCapacity(capacity, read, Number.MAX_SAFE_INTEGER);
      expect(grown).toBeGreaterThanOrEqual(read);
      expect(grown).toBeLessThanOrEqual(16 * Math.max(capacity, 4096));
      capacity = grown;
    }
  });

  test('doubles without a claim, or beyond it', () => {
    expect(nextCapacity(0, 1, 0)).toBe(4096);
    expect(nextCapacity(5000, 5001, 0)).toBe(10_000);
    expect(nextCapacity(5000, 5001, 5000)).toBe(10_000);
  });

  test('always suffices', () => {
    for (const claimed of [0, 10, 1e6, 2 ** 40]) {
      expect(nextCapacity(100, 1_000_000, claimed)).toBeGreaterThanOrEqual(1_000_000);
    }
  });
});

test('columns lie on shared memory, and keep their values when they grow', () => {
  const bytes = sharedUint8(2);
  const words = sharedUint32(2);
  bytes.set([1, 2]);
  words.set([3, 4_294_967_295]);
  const wide = widened(words);
  const columns = [grownUint8(bytes, 3), grownUint32(words, 3), grownWide(words, 3), grownWide(wide, 3)];
  expect(columns.map((column) => [...column])).toEqual([
    [1, 2, 0],
    [3, 4_294_967_295, 0],
    [3, 4_294_967_295, 0],
    [3, 4_294_967_295, 0],
  ]);
  for (const column of [...columns, wide, sharedFloat64(1)]) {
    expect(column.buffer).toBeInstanceOf(SharedArrayBuffer);
  }
  expect(columns[2]).toBeInstanceOf(Uint32Array);
  expect(columns[3]).toBeInstanceOf(Float64Array);
  expect(widened(wide)).toBe(wide);
});

test('no room is an OutOfMemoryError', () => {
  const bytes = Number.MAX_SAFE_INTEGER;
  expect(() => sharedUint8(bytes)).toThrow(OutOfMemoryError);
  expect(() => sharedUint8(bytes)).toThrow(`cannot allocate ${bytes} bytes for a column`);
});

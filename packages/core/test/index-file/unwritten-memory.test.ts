import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { OWN_BLOCK_BYTES, UnwrittenMemory } from '../../src/index-file/unwritten-memory.js';

const MIB = 1024 * 1024;

test('columns are apart, zero, and aligned for doubles', () => {
  const memory = new UnwrittenMemory();
  const columns = [3, 8 * MIB - 5, 0, 16, OWN_BLOCK_BYTES, 7 * MIB, 7 * MIB, 7 * MIB, 7 * MIB, 40 * MIB].map(
    (byteLength) => {
      const { buffer, byteOffset } = memory.take(byteLength);
      expect(byteOffset % 8).toBe(0);
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
  );
  columns.forEach((column, index) => {
    expect(column.every((byte) => byte === 0)).toBe(true);
    column.fill(index + 1);
  });
  columns.forEach((column, index) => {
    expect(column.every((byte) => byte === index + 1)).toBe(true);
  });
});

/** Bytes of memory that came into use meanwhile. */
function bytesTaken(take: () => unknown): number {
  const before = process.memoryUsage.rss();
  take();
  return process.memoryUsage.rss() - before;
}

test('what nobody writes takes no memory, also where columns were given up before', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const sizes = [3 * MIB, 14 * MIB, 30 * MIB];
  const round = () => {
    const memory = new UnwrittenMemory();
    return sizes.flatMap((size) => Array.from({ length: 8 }, () => memory.take(size)));
  };
  for (let rounds = 0; rounds < 4; rounds++) {
    expect(bytesTaken(round)).toBeLessThan(30 * MIB);
    await setImmediate();
    collect();
  }
});

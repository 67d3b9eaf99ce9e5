import { expect, test } from 'vitest';
import { ColumnArena } from '../../src/kernel/column-arena.js';
import { mustBeAsked } from '../../src/memory/huge-pages.js';
import { systemFiles } from '../../src/memory/system-files.js';
import { hugeKilobytes } from '../support/huge-kilobytes.js';

const MIB = 1024 * 1024;

test('columns lie in huge pages, where the system must be asked, once there are many', () => {
  const arena = ColumnArena.create()!;
  const before = hugeKilobytes();
  expect(
    arena
      .bytes(8 * MIB)!
      .fill(7)
      .every((byte) => byte === 7),
  ).toBe(true);
  const whileSmall = hugeKilobytes() - before;
  for (let column = 0; column < 3; column++) {
    expect(
      arena
        .bytes(20 * MIB)!
        .fill(7)
        .every((byte) => byte === 7),
    ).toBe(true);
  }
  if (!mustBeAsked(systemFiles())) return;
  expect(whileSmall).toBe(0);
  // the system may be short of huge pages, but has some
  expect(hugeKilobytes() - before).toBeGreaterThan(0);
});

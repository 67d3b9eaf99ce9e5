import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { type IndexSection, PAGE_BYTES } from '../../src/index-file/index-format.js';
import { PagedColumn } from '../../src/index-file/paged-column.js';
import { UnwrittenMemory } from '../../src/index-file/unwritten-memory.js';
import { mustBeAsked } from '../../src/memory/huge-pages.js';
import { systemFiles } from '../../src/memory/system-files.js';
import { hugeKilobytes } from '../support/huge-kilobytes.js';

const MIB = 1024 * 1024;

/** A column of sevens. */
function columnOfSevens(byteLength: number): PagedColumn {
  const checksum = crc32(new Uint8Array(PAGE_BYTES).fill(7));
  const checksums = new Uint8Array(new Uint32Array(byteLength / PAGE_BYTES).fill(checksum).buffer);
  const section: IndexSection = { name: 'sevens', kind: 'u8', offset: 0, byteLength, checksums };
  return new PagedColumn(section, {
    memory: new UnwrittenMemory(),
    read: (bytes) => void bytes.fill(7),
    refuse: () => {
      throw new Error('a page does not match');
    },
  });
}

test('a page of a large column takes no huge page', () => {
  const column = columnOfSevens(64 * MIB);
  const before = hugeKilobytes();
  expect(column.load(0, 1)[0]).toBe(7);
  // where the system gives them unasked, they come all the same
  if (mustBeAsked(systemFiles())) expect(hugeKilobytes() - before).toBeLessThanOrEqual(0);
});

test('a whole column lies in huge pages where the system must be asked for them', () => {
  const column = columnOfSevens(64 * MIB);
  const before = hugeKilobytes();
  expect(column.loadAll().every((value) => value === 7)).toBe(true);
  if (mustBeAsked(systemFiles())) expect(hugeKilobytes() - before).toBeGreaterThan(0);
});

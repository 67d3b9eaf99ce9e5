import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mustBeAsked, preferHugePages } from '../../src/memory/huge-pages.js';
import { systemFiles } from '../../src/memory/system-files.js';
import { hugeKilobytes } from '../support/huge-kilobytes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const MIB = 1024 * 1024;

function systemWith(setting: string): ReturnType<typeof systemFiles> {
  const root = mkdtempSync(join(folder, 'root-'));
  mkdirSync(join(root, 'sys/kernel/mm/transparent_hugepage'), { recursive: true });
  writeFileSync(join(root, 'sys/kernel/mm/transparent_hugepage/enabled'), setting);
  return systemFiles(root);
}

describe('mustBeAsked', () => {
  test('where the system gives huge pages to those who ask', () => {
    expect(mustBeAsked(systemWith('always [madvise] never\n'), 'linux')).toBe(true);
  });

  test('not where all have them, or nobody', () => {
    expect(mustBeAsked(systemWith('[always] madvise never\n'), 'linux')).toBe(false);
    expect(mustBeAsked(systemWith('always madvise [never]\n'), 'linux')).toBe(false);
  });

  test('not where nothing tells, nor on other systems', () => {
    expect(mustBeAsked(systemFiles(join(folder, 'nowhere')), 'linux')).toBe(false);
    expect(mustBeAsked(systemWith('always [madvise] never\n'), 'darwin')).toBe(false);
  });
});

describe('preferHugePages', () => {
  test('leaves small buffers alone', () => {
    expect(preferHugePages(new SharedArrayBuffer(MIB))).toBe(false);
  });

  test('of a large buffer the pages are huge where the system must be asked, and its bytes as ever', () => {
    const buffer = new SharedArrayBuffer(64 * MIB);
    const before = hugeKilobytes();
    const took = preferHugePages(buffer);
    const bytes = new Uint8Array(buffer).fill(7);
    expect(took).toBe(mustBeAsked(systemFiles()));
    // the system may be short of huge pages, but has some
    if (took) expect(hugeKilobytes() - before).toBeGreaterThan(0);
    expect(bytes.every((byte) => byte === 7)).toBe(true);
  });
});

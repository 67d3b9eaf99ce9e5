import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAvailableMemory } from '../../src/cost/available-memory.js';
import { estimateCost } from '../../src/cost/capture-cost.js';
import { guardDisk, guardMemory } from '../../src/cost/guard.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const MEMINFO = 'MemTotal: 9000 kB\nMemFree: 100 kB\nMemAvailable:    4000 kB\n';

/** A system as text: path → content. */
function system(files: Readonly<Record<string, string>>): { proc: string; cgroup: string } {
  const root = mkdtempSync(join(folder, 'system-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { proc: join(root, 'proc'), cgroup: join(root, 'cgroup') };
}

describe('readAvailableMemory', () => {
  test('is MemAvailable where no group has a limit', async () => {
    const folders = system({
      'proc/meminfo': MEMINFO,
      'proc/7/cgroup': '0::/app\n',
      'cgroup/app/memory.max': 'max\n',
    });
    expect(await readAvailableMemory(7, folders)).toEqual({ bytes: 4000 * 1024, limitedBy: 'system' });
  });

  test('version 2: the nearest limit of all groups above, file cache given back', async () => {
    const folders = system({
      'proc/meminfo': MEMINFO,
      'proc/7/cgroup': '0::/pod/app\n',
      'cgroup/pod/app/memory.max': 'max\n',
      'cgroup/pod/app/memory.current': '900000\n',
      'cgroup/pod/memory.max': '2000000\n',
      'cgroup/pod/memory.current': '1500000\n',
      'cgroup/pod/memory.stat': 'anon 5\nfile 300000\ninactive_file 200000\n',
    });
    expect(await readAvailableMemory(7, folders)).toEqual({ bytes: 700_000, limitedBy: 'cgroup' });
  });

  test('version 1, also where the path is one of the host', async () => {
    const files = {
      'proc/meminfo': MEMINFO,
      'proc/self/cgroup': '9:name=systemd:/\n4:memory:/docker/abc\n3:cpu,cpuacct:/\n',
      'cgroup/memory/memory.limit_in_bytes': '1000000\n',
      'cgroup/memory/memory.usage_in_bytes': '400000\n',
      'cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 50000\n',
    };
    expect(await readAvailableMemory('self', system(files))).toEqual({ bytes: 650_000, limitedBy: 'cgroup' });
    const none = { ...files, 'cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n' };
    expect((await readAvailableMemory('self', system(none))).limitedBy).toBe('system');
  });

  test('never below nothing; something real on this machine', async () => {
    const folders = system({
      'proc/meminfo': MEMINFO,
      'proc/7/cgroup': '0::/\n',
      'cgroup/memory.max': '10\n',
      'cgroup/memory.current': '20\n',
    });
    expect(await readAvailableMemory(7, folders)).toEqual({ bytes: 0, limitedBy: 'cgroup' });
    expect((await readAvailableMemory()).bytes).toBeGreaterThan(1e6);
  });
});

describe('guards', () => {
  const available = { bytes: 1e9, limitedBy: 'cgroup' } as const;
  const heap = (heapBytes: number, nodeMajor = 22) =>
    estimateCost({ heapBytes, isUpperBound: false, nodeMajor }, available);

  test('refuse what might not fit, with the figures, unless forced', () => {
    guardMemory(heap(62e6), false);
    guardMemory(heap(63e6), true);
    expect(() => guardMemory(heap(63e6), false)).toThrow(
      'a capture of this process (63 MB of heap) takes 252 MB to 1008 MB more memory, and 1000 MB are available (cgroup)',
    );
  });

  test('let pass what nobody knows', () => {
    guardMemory(estimateCost({ heapBytes: 1e15, isUpperBound: false }, undefined), false);
  });

  test('look at the disk, less strictly for compressed files', async () => {
    await expect(guardDisk(heap(1e15), folder, {})).rejects.toMatchObject({
      code: 'REFUSED',
      resource: 'disk',
    });
    await guardDisk(heap(1e15), folder, { force: true });
    await guardDisk(heap(1e6), folder, { gzip: true });
  });

  test('know that Node 20 is slow with large heaps', () => {
    expect(
      [heap(100e6, 20), heap(100e6, 22), heap(10e6, 20)].map(({ isSlowWriter }) => isSlowWriter),
    ).toEqual([true, false, false]);
  });
});

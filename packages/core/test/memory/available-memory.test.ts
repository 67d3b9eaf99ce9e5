import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAvailableMemory } from '../../src/memory/available-memory.js';
import { systemFiles } from '../../src/memory/system-files.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const GIB = 2 ** 30;
const folder = temporaryFolder();

/** A folder that looks like the root of a Linux system with these files. */
function systemWith(files: Readonly<Record<string, string>>): ReturnType<typeof systemFiles> {
  const root = mkdtempSync(join(folder, 'root-'));
  const all = { '/proc/meminfo': meminfo(8 * GIB, 6 * GIB), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(root + path), { recursive: true });
    writeFileSync(root + path, text);
  }
  return systemFiles(root);
}

function meminfo(total: number, available: number, swapFree = 0): string {
  const row = (key: string, bytes: number): string => `${`${key}:`.padEnd(16)}${bytes / 1024} kB\n`;
  return (
    row('MemTotal', total) +
    row('MemFree', 1024) +
    row('MemAvailable', available) +
    row('SwapTotal', swapFree) +
    row('SwapFree', swapFree)
  );
}

/** The files of a group of version 2. */
function group(
  path: string,
  limit: number | 'max',
  usage: number,
  more: { high?: number; inactiveFile?: number; activeFile?: number } = {},
): Record<string, string> {
  return {
    [`${path}/memory.max`]: `${limit}\n`,
    [`${path}/memory.high`]: `${more.high ?? 'max'}\n`,
    [`${path}/memory.current`]: `${usage}\n`,
    [`${path}/memory.stat`]: `anon 5\ninactive_file ${more.inactiveFile ?? 0}\nactive_file ${more.activeFile ?? 0}\n`,
  };
}

const VERSION_2 = {
  '/proc/self/cgroup': '0::/pods/pod7/app\n',
  '/proc/self/mountinfo':
    '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n31 23 0:27 / /tmp rw - tmpfs tmpfs rw\n',
};
const GROUPS = '/sys/fs/cgroup';

describe('the machine', () => {
  test('has what is available and its free swap', () => {
    const files = systemWith({ '/proc/meminfo': meminfo(8 * GIB, 5 * GIB, 2 * GIB) });
    expect(readAvailableMemory(files, 'linux')).toEqual({
      bytes: 7 * GIB,
      limitedBy: 'machine',
      total: 8 * GIB,
    });
  });

  test('has something where its files say nothing', () => {
    const files = systemWith({ '/proc/meminfo': 'MemTotal: many\n' });
    const { bytes, limitedBy } = readAvailableMemory(files, 'linux');
    expect(limitedBy).toBe('machine');
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(totalmem());
  });

  test('that fills its free memory with caches has all of it', () => {
    expect(readAvailableMemory(systemWith({}), 'darwin').bytes).toBe(totalmem());
    expect(readAvailableMemory(systemWith({}), 'win32').bytes).toBeLessThanOrEqual(totalmem());
  });

  test('is asked here, too', () => {
    const { bytes, total } = readAvailableMemory();
    expect(bytes).toBeGreaterThan(2 ** 20);
    expect(bytes).toBeLessThanOrEqual(total);
  });
});

describe('control groups of version 2', () => {
  test('leave their limit less what is used, the page cache not counted', () => {
    const files = systemWith({
      ...VERSION_2,
      ...group(`${GROUPS}/pods/pod7/app`, 2 * GIB, 1.5 * GIB, {
        inactiveFile: 0.75 * GIB,
        activeFile: 0.25 * GIB,
      }),
    });
    expect(readAvailableMemory(files, 'linux')).toEqual({
      bytes: 1.5 * GIB,
      limitedBy: 'cgroup',
      total: 2 * GIB,
      cgroup: `${GROUPS}/pods/pod7/app`,
    });
  });

  test('count up to the top: a group around this one may be tighter', () => {
    const files = systemWith({
      ...VERSION_2,
      ...group(`${GROUPS}/pods/pod7/app`, 4 * GIB, GIB),
      ...group(`${GROUPS}/pods/pod7`, 3 * GIB, 2.5 * GIB),
      ...group(`${GROUPS}/pods`, 'max', 5 * GIB),
    });
    expect(readAvailableMemory(files, 'linux')).toMatchObject({
      bytes: 0.5 * GIB,
      cgroup: `${GROUPS}/pods/pod7`,
    });
  });

  test('slow down at memory.high, which counts as their limit', () => {
    const files = systemWith({
      ...VERSION_2,
      ...group(`${GROUPS}/pods/pod7/app`, 4 * GIB, GIB, { high: 2 * GIB }),
    });
    expect(readAvailableMemory(files, 'linux')).toMatchObject({ bytes: GIB, total: 2 * GIB });
  });

  test('without a limit, or with a wide one, leave the machine to decide', () => {
    const unlimited = systemWith({ ...VERSION_2, ...group(`${GROUPS}/pods/pod7/app`, 'max', GIB) });
    expect(readAvailableMemory(unlimited, 'linux')).toMatchObject({ bytes: 6 * GIB, limitedBy: 'machine' });
    const wide = systemWith({ ...VERSION_2, ...group(`${GROUPS}/pods/pod7/app`, 64 * GIB, GIB) });
    expect(readAvailableMemory(wide, 'linux')).toMatchObject({ bytes: 6 * GIB, limitedBy: 'machine' });
  });

  test('that are used up leave nothing', () => {
    const files = systemWith({ ...VERSION_2, ...group(`${GROUPS}/pods/pod7/app`, GIB, 1.25 * GIB) });
    expect(readAvailableMemory(files, 'linux')).toMatchObject({ bytes: 0, limitedBy: 'cgroup' });
  });

  test('of a container are mounted under a name that they have outside', () => {
    const mountedAsRoot = systemWith({
      '/proc/self/cgroup': '0::/docker/4f2a\n',
      '/proc/self/mountinfo': '30 23 0:26 /docker/4f2a /sys/fs/cgroup ro - cgroup2 cgroup rw\n',
      ...group(GROUPS, GIB, 0),
    });
    expect(readAvailableMemory(mountedAsRoot, 'linux')).toMatchObject({ bytes: GIB, cgroup: GROUPS });
    const namespaced = systemWith({
      ...VERSION_2,
      '/proc/self/cgroup': '0::/\n',
      ...group(GROUPS, 2 * GIB, 0),
    });
    expect(readAvailableMemory(namespaced, 'linux')).toMatchObject({ bytes: 2 * GIB, cgroup: GROUPS });
    const elsewhere = systemWith({
      '/proc/self/cgroup': '0::/../other\n',
      '/proc/self/mountinfo': '30 23 0:26 /docker/4f2a /sys/fs/cgroup ro - cgroup2 cgroup rw\n',
      ...group(GROUPS, 3 * GIB, 0),
    });
    expect(readAvailableMemory(elsewhere, 'linux')).toMatchObject({ bytes: 3 * GIB, cgroup: GROUPS });
  });
});

describe('control groups of version 1', () => {
  const VERSION_1 = {
    '/proc/self/cgroup': '9:name=systemd:/\n4:cpu,memory:/jobs/job3\n0::/\n',
    '/proc/self/mountinfo':
      '35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n36 31 0:33 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n' +
      '41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n',
  };
  const job = '/sys/fs/cgroup/memory/jobs/job3';

  test('leave their limit less what is used, the page cache not counted', () => {
    const files = systemWith({
      ...VERSION_1,
      [`${job}/memory.limit_in_bytes`]: `${2 * GIB}\n`,
      [`${job}/memory.usage_in_bytes`]: `${1.5 * GIB}\n`,
      [`${job}/memory.stat`]: `inactive_file 1\ntotal_inactive_file ${0.5 * GIB}\ntotal_active_file ${0.25 * GIB}\n`,
    });
    expect(readAvailableMemory(files, 'linux')).toEqual({
      bytes: 1.25 * GIB,
      limitedBy: 'cgroup',
      total: 2 * GIB,
      cgroup: job,
    });
  });

  test('without a limit say a very large number', () => {
    const files = systemWith({
      ...VERSION_1,
      [`${job}/memory.limit_in_bytes`]: '9223372036854771712\n',
      [`${job}/memory.usage_in_bytes`]: '1024\n',
    });
    expect(readAvailableMemory(files, 'linux')).toMatchObject({ bytes: 6 * GIB, limitedBy: 'machine' });
  });
});

import { readAvailableMemory } from '@heapstream/core';
import { describe, expect, test } from 'vitest';
import { estimateCost } from '../../src/cost/capture-cost.js';
import { guardDisk, guardMemory } from '../../src/cost/guard.js';
import { readAvailableMemoryOf } from '../../src/cost/memory-of-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
describe('readAvailableMemoryOf', () => {
  test('is that of this process where it is this process, and found for others', () => {
    const own = readAvailableMemory();
    expect(readAvailableMemoryOf(process.pid)).toMatchObject({ limitedBy: own.limitedBy, total: own.total });
    expect(readAvailableMemoryOf(process.ppid).bytes).toBeGreaterThan(1e6);
  });
});

describe('guards', () => {
  const available = { bytes: 1e9, limitedBy: 'cgroup', total: 2e9 } as const;
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

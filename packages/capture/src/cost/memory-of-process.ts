import { readFileSync } from 'node:fs';
import { type AvailableMemory, readAvailableMemory } from '@heapstream/core';

/** What another process of this machine can still have: as for this one, by the control groups that it is in. */
export function readAvailableMemoryOf(pid: number): AvailableMemory {
  return readAvailableMemory({
    read: (path) => {
      try {
        return readFileSync(path === '/proc/self/cgroup' ? `/proc/${pid}/cgroup` : path, 'utf8');
      } catch {
        return undefined;
      }
    },
  });
}

import { readFileSync } from 'node:fs';

/** KiB of this process that lie in huge pages. Linux alone. */
export function hugeKilobytes(): number {
  return Number(/^AnonHugePages:\s+(\d+)/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))![1]);
}

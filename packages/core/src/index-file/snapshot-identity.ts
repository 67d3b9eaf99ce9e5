import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { SnapshotIdentity } from './index-format.js';
import { readFully } from './read-fully.js';

/** Parts of the file that are looked at: the first, the last, and so many in equal steps between. */
const PARTS = 16;
const PART_BYTES = 64 * 1024;

/** A snapshot's identity, and what its index file must be like. */
export interface SnapshotFile {
  readonly identity: SnapshotIdentity;
  readonly mode: number;
  readonly groupId: number;
}

/**
 * What tells whether an index belongs to a snapshot: its size, its time, and 1 MiB of its bytes, which is all of a
 * file up to that size. `null` for what has no size (a pipe). Throws what the file system does.
 */
export function readIdentity(path: string): SnapshotFile | null {
  // opening a pipe waits for somebody who writes to it
  if (!statSync(path).isFile()) return null;
  const fd = openSync(path, 'r');
  try {
    const stat = fstatSync(fd, { bigint: true });
    const size = Number(stat.size);
    const identity = { size, modified: String(stat.mtimeNs), sample: sampleOf(fd, size) };
    return { identity, mode: Number(stat.mode), groupId: Number(stat.gid) };
  } finally {
    closeSync(fd);
  }
}

export function isSameSnapshot(a: SnapshotIdentity, b: SnapshotIdentity): boolean {
  return (
    a.size === b.size &&
    a.modified === b.modified &&
    a.sample.length === b.sample.length &&
    a.sample.every((checksum, i) => checksum === b.sample[i])
  );
}

function sampleOf(fd: number, size: number): number[] {
  const part = new Uint8Array(PART_BYTES);
  const count = Math.min(PARTS, Math.ceil(size / PART_BYTES));
  const lastStart = Math.max(0, size - PART_BYTES);
  return Array.from({ length: count }, (_, i) => {
    const start = count === 1 ? 0 : Math.floor((lastStart * i) / (count - 1));
    return crc32(part.subarray(0, readFully(fd, part, start)));
  });
}

import { statfs } from 'node:fs/promises';
import { CaptureRefusedError } from '../errors.js';
import type { CaptureCost } from './capture-cost.js';

/** Gzip makes snapshots five to seven times smaller. */
const GZIP_SHARE = 1 / 4;

/** Throws a {@link CaptureRefusedError} where the process may need more memory than it can get. */
export function guardMemory(cost: CaptureCost, force: boolean | undefined): void {
  const { available, worstMemory, likelyMemory, heapBytes, isUpperBound } = cost;
  if (force || available === undefined || worstMemory <= available.bytes) return;
  throw new CaptureRefusedError(
    `a capture of this process (${isUpperBound ? 'at most ' : ''}${megabytes(heapBytes)} of heap) takes ` +
      `${megabytes(likelyMemory)} to ${megabytes(worstMemory)} more memory, and ${megabytes(available.bytes)} are ` +
      `available (${available.limitedBy})`,
    cost,
    'memory',
  );
}

/** Throws a {@link CaptureRefusedError} where the file may be larger than what is free in `directory`. */
export async function guardDisk(
  cost: CaptureCost,
  directory: string,
  { force, gzip }: { force?: boolean | undefined; gzip?: boolean | undefined },
): Promise<void> {
  if (force) return;
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const needed = gzip ? Math.ceil(cost.fileSize * GZIP_SHARE) : cost.fileSize;
  if (needed <= free) return;
  throw new CaptureRefusedError(
    `the snapshot may take ${megabytes(needed)}, and ${megabytes(free)} are free in ${directory}`,
    cost,
    'disk',
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}

import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  RealisticHeap,
  type RealisticHeapOptions,
  type RealisticHeapTotals,
} from '@heapstream/snapshot-builder';

/** Writes a generated heap as a stream; returns what a reader must find in it. */
export async function writeGeneratedHeap(
  file: string,
  options: RealisticHeapOptions,
): Promise<RealisticHeapTotals & { bytes: number }> {
  const heap = new RealisticHeap(options);
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.part`;
  const output = createWriteStream(unfinished);
  try {
    for (const chunk of heap.chunks()) {
      if (!output.write(chunk)) await once(output, 'drain');
    }
    output.end();
    await finished(output);
    renameSync(unfinished, file);
  } finally {
    output.destroy();
    if (existsSync(unfinished)) rmSync(unfinished);
  }
  return { ...heap.totals, bytes: statSync(file).size };
}

/** `10mb`, `1.5gb`: bytes, in powers of 1,000. */
export function parseSize(text: string): number {
  const found = /^(?<count>\d+(\.\d+)?)(?<unit>kb|mb|gb)$/i.exec(text)?.groups;
  if (found === undefined) throw new Error(`${text}: expected a size such as 10mb or 1.5gb`);
  return Number(found.count) * { kb: 1e3, mb: 1e6, gb: 1e9 }[found.unit.toLowerCase() as 'kb' | 'mb' | 'gb'];
}

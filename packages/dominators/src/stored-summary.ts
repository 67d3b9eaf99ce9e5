import { type OpenOptions, readIndexGroup, type SnapshotSource } from '@heapstream/core';
import type { HeapSummary } from './heap-summary.js';

/** The group of an index file that has the summary; the version changes with the meaning of its numbers. */
export const SUMMARY_GROUP = { name: 'summary', version: '1' };

/** The summary that the index file of a snapshot has; `null` where there is none. Rejects with a `TypeError` where the source is no file. */
export async function readStoredSummary(
  source: SnapshotSource,
  options: OpenOptions,
): Promise<HeapSummary | null> {
  return (await readIndexGroup(source, options, SUMMARY_GROUP)) as HeapSummary | null;
}

import type { SnapshotSource } from '@heapstream/core';
import { type HeapSummary, readSummary, type SummaryOptions } from '@heapstream/dominators';

/** A file of its own, so that the command's bundle loads the summary alone, and not all that a heap can be asked. */
export function readSummaryOf(source: SnapshotSource, options: SummaryOptions): Promise<HeapSummary> {
  return readSummary(source, options);
}

import { type OpenOptions, openSnapshot } from '@heapstream/core';
import { analyzeSync, estimateAnalysisMemory } from '@heapstream/dominators';
import { digestSnapshotSync, UNLIMITED } from './digest-snapshot.js';
import type { OpenedComparable } from './open-comparables.js';

interface DigestApartInput extends Pick<OpenOptions, 'compression' | 'limits' | 'memory'> {
  readonly file: string;
  readonly index: boolean;
}

/** Runs in a thread: what a comparison needs of a snapshot, in memory that outlives the thread. */
export async function digestApart({
  compression,
  file,
  index,
  limits,
  memory,
}: DigestApartInput): Promise<OpenedComparable> {
  const graph = await openSnapshot(file, {
    ...(compression && { compression }),
    index,
    ...(limits && { limits }),
    ...(memory && { memory }),
    // a thread of its own needs none beside it
    parallel: false,
    memoryBeside: (size) => estimateAnalysisMemory(size).peak,
  });
  const digest = digestSnapshotSync(analyzeSync(graph), { ...UNLIMITED, withObjects: true });
  return { snapshot: digest, warnings: graph.warnings };
}

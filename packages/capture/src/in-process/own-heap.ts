import { getHeapStatistics } from 'node:v8';
import { readAvailableMemory } from '@heapstream/core';
import { type CaptureCost, estimateCost } from '../cost/capture-cost.js';
import { majorOf } from '../process/node-executable.js';

/** What a capture of this thread's heap would cost this process. */
export async function estimateOwnCost(heapBytes = getHeapStatistics().used_heap_size): Promise<CaptureCost> {
  const nodeMajor = majorOf(process.versions.node);
  return estimateCost({ heapBytes, isUpperBound: false, nodeMajor }, readAvailableMemory());
}

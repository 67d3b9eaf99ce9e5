import type { AvailableMemory } from '@heapstream/core';

/** What is known of a heap before it is captured. Bytes. */
export interface HeapFigures {
  /** In use on the heap; where nobody can ask, all private memory of the process: an upper bound. */
  readonly heapBytes: number;
  readonly isUpperBound: boolean;
  /** Major version of Node, where it is Node and known. */
  readonly nodeMajor?: number | undefined;
}

/** What a capture may cost the captured process. Sizes are bytes. */
export interface CaptureCost extends HeapFigures {
  /** Extra memory for a heap of usual make-up. */
  readonly likelyMemory: number;
  /** Extra memory for a heap of very small objects; what the guards go by. */
  readonly worstMemory: number;
  /** What the process may still take; `undefined` where nobody knows, as with a process on another machine. */
  readonly available: AvailableMemory | undefined;
  /** Size of the file, uncompressed, at most. */
  readonly fileSize: number;
  /** Milliseconds for which the process stands still, at most. */
  readonly pause: number;
  /** Node up to 20 takes minutes where later versions take seconds: `pause` is too little then. */
  readonly isSlowWriter: boolean;
}

// Measured with Node 20 to 26 on heaps of 10 to 120 MB: a compiler's heap (80 bytes an object) takes 2.7 to 4.1 times
// its size, 25 to 57 ms a MB, and becomes a file of 1.2 times; plain objects of 40 bytes each take 12.5 to 15.7 times,
// 56 to 130 ms a MB, and a file of 2.1 times; long strings take next to nothing.
const LIKELY_MEMORY = 4;
const WORST_MEMORY = 16;
const WORST_FILE = 2.1;
const WORST_MILLISECONDS_PER_BYTE = 130 / 1e6;

/** Where Node 20 gets slow: over ten minutes for 128 MB are known, 90 MB took more than three. */
const SLOW_FROM_BYTES = 80e6;
const LAST_SLOW_MAJOR = 20;

export function estimateCost(heap: HeapFigures, available: AvailableMemory | undefined): CaptureCost {
  const { heapBytes, nodeMajor } = heap;
  return {
    ...heap,
    likelyMemory: heapBytes * LIKELY_MEMORY,
    worstMemory: heapBytes * WORST_MEMORY,
    available,
    fileSize: Math.ceil(heapBytes * WORST_FILE),
    pause: Math.ceil(heapBytes * WORST_MILLISECONDS_PER_BYTE),
    isSlowWriter: nodeMajor !== undefined && nodeMajor <= LAST_SLOW_MAJOR && heapBytes >= SLOW_FROM_BYTES,
  };
}

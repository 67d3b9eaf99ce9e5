import type { WideColumn } from '@heapstream/core';
import type { ClassTable } from './kernels/class-table.js';
import type { DominatorTree } from './kernels/dominator-tree.js';
import type { Retainers } from './kernels/retainers.js';

/** What the analysis adds to a graph: typed arrays on shared memory, named value-by-key. 32 bytes a node and 4 an edge. */
export interface AnalysisColumns extends Retainers, DominatorTree, ClassTable {
  /** node ordinal → shallow size in bytes, after hidden parts moved to their owners */
  readonly shallowSizeByNode: WideColumn;
  /** node ordinal → ordinal of the immediate dominator; the root names itself */
  readonly dominatorByNode: Uint32Array;
  /** node ordinal → retained size in bytes */
  readonly retainedSizeByNode: Float64Array;
  /** node ordinal → distance, or `UNREACHED` */
  readonly distanceByNode: Uint32Array;
  /** node ordinal → class ordinal */
  readonly classByNode: Uint32Array;
}

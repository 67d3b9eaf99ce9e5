import { sharedUint32 } from '@heapstream/core';
import { type HeapAnalysis, NodeSelection, type RetainedBy, selectRetainedBy } from '@heapstream/dominators';
import { adoptAnalysis, type SharedAnalysis } from './shared-analysis.js';

/** Which objects a Summary may be narrowed to. */
export type HeldBy =
  | { readonly retainedBy: RetainedBy }
  /** Both included. */
  | { readonly fromId: number; readonly toId: number };

export interface HeldByInput {
  readonly analysis: SharedAnalysis;
  readonly heldBy: HeldBy;
}

/** Figures of a class over the selected objects alone. */
export interface HeldClass {
  readonly key: string;
  readonly count: number;
  readonly shallowSize: number;
  readonly retainedSize: number;
  readonly distance: number | null;
}

export interface HeldObjects {
  /** Selected nodes that have a shallow size, ascending; on shared memory. */
  readonly ordinals: Uint32Array;
  readonly classes: readonly HeldClass[];
}

/** As `selectRetainedBy` and `NodeSelection.classes`, in a thread. */
export function selectHeldBy({ analysis: shared, heldBy }: HeldByInput): HeldObjects {
  const analysis = adoptAnalysis(shared);
  const selection =
    'retainedBy' in heldBy ? selectRetainedBy(analysis, heldBy.retainedBy) : selectIds(analysis, heldBy);
  const ordinals = sharedUint32(selection.count);
  ordinals.set(selection.ordinals());
  const rows = selection.classes().map(({ count, distance, key, retainedSize, shallowSize }) => {
    return { key, count, distance, retainedSize, shallowSize };
  });
  return { ordinals, classes: rows };
}

function selectIds(
  analysis: HeapAnalysis,
  { fromId, toId }: { fromId: number; toId: number },
): NodeSelection {
  const { idByNode } = analysis.graph.columns;
  return NodeSelection.of(analysis, (node) => idByNode[node] >= fromId && idByNode[node] <= toId);
}

import type { HeapAnalysis } from '@heapstream/dominators';
import { captureModeOf } from './comparability.js';
import type { DigestLimits } from './digest/make-digest.js';
import type { SnapshotDigest } from './digest/snapshot-digest.js';
import { call, oneStep, type Plan, runHere, runInPool, type ThreadOptions } from './task-plan.js';

export interface DigestOptions extends Partial<DigestLimits> {
  /** Keeps 20 bytes an object, so that the digest can be compared by id while it is in memory. Default false. */
  readonly withObjects?: boolean | undefined;
}

/** What fits into some hundred kilobytes. */
const STORED: DigestLimits = { maxShapes: 10_000, maxProperties: 200_000, maxNesting: 50_000 };

/** Sums a snapshot up for later comparisons; in threads. */
export function digestSnapshot(
  analysis: HeapAnalysis,
  options: DigestOptions & ThreadOptions = {},
): Promise<SnapshotDigest> {
  return runInPool(digestPlan(analysis, options), 1, options);
}

/** The same in the caller's thread. */
export function digestSnapshotSync(analysis: HeapAnalysis, options: DigestOptions = {}): SnapshotDigest {
  return runHere(digestPlan(analysis, options));
}

/** Nothing is left out: for a digest that stays in memory. */
export const UNLIMITED: DigestLimits = {
  maxShapes: Number.POSITIVE_INFINITY,
  maxProperties: Number.POSITIVE_INFINITY,
  maxNesting: Number.POSITIVE_INFINITY,
};

function* digestPlan(analysis: HeapAnalysis, options: DigestOptions): Plan<SnapshotDigest> {
  const { columns, graph } = analysis;
  const { maxNesting, maxProperties, maxShapes } = { ...STORED, ...options };
  const { interfaces } = graph.classes;
  const made = yield* oneStep(
    call('digest', {
      columns: graph.columns,
      ownClasses: graph.classes.classes,
      ownClassByNode: columns.classByNode,
      shallowSizeByNode: columns.shallowSizeByNode,
      retainedSizeByNode: columns.retainedSizeByNode,
      distanceByNode: columns.distanceByNode,
      tree: { dominatedNodes: columns.dominatedNodes, firstDominatedByNode: columns.firstDominatedByNode },
      limits: { maxNesting, maxProperties, maxShapes },
      withObjects: options.withObjects ?? false,
    }),
  );
  return {
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    totalSize: analysis.totalSize,
    extraNativeBytes: graph.extraNativeBytes,
    ...captureModeOf(graph),
    interfaces,
    ...made,
  };
}

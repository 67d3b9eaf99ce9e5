import { rowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { SnapshotFacts } from '../api/index.js';

/** What a page is told when a snapshot is ready. */
export function factsOf(analysis: HeapAnalysis): SnapshotFacts {
  const { graph, totalSize, warnings } = analysis;
  const { samples, traceTree } = graph.columns;
  const has = (column: 'detachednessByNode' | 'traceNodeIdByNode') =>
    rowsOf(graph.columns, column, 0) !== null;
  return {
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    stringCount: graph.strings.count,
    classCount: graph.classes.classes.length,
    totalSize,
    root: graph.rootOrdinal,
    nodeTypes: graph.meta.nodeTypes,
    edgeTypes: graph.meta.edgeTypes,
    warnings: warnings.map(({ message }) => message),
    hasTimeline: samples.count > 0,
    hasAllocationStacks: has('traceNodeIdByNode') && traceTree.count > 1,
    hasLocations: graph.locations.count > 0,
    hasDetachedness: has('detachednessByNode'),
  };
}

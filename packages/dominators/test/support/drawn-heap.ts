import { HeapGraph } from '@heapstream/core';
import { bruteForceShallowSizes } from '../../../core/test/support/brute-force-shallow-sizes.js';
import { type DrawnNode, type DrawOptions, drawColumns } from '../../../core/test/support/draw-graph.js';

export type { DrawnEdge, DrawnNode } from '../../../core/test/support/draw-graph.js';

/** A heap drawn node by node; edges name their targets by ordinal. */
export interface DrawnHeap extends DrawOptions {
  readonly nodes: readonly DrawnNode[];
  readonly rootOrdinal: number;
}

/** An edge of a drawn heap, with both of its ends. */
export interface HeapEdge {
  readonly source: number;
  readonly type: string;
  readonly name: string | number;
  readonly target: number;
}

/** The heap as the graph that a parser would make. */
export function graphOf(heap: DrawnHeap): HeapGraph {
  return new HeapGraph(drawColumns(heap.nodes, heap));
}

/** All edges in file order. */
export function edgesOf({ nodes }: DrawnHeap): HeapEdge[] {
  return nodes.flatMap((node, source) =>
    (node.edges ?? []).map(([type, name, target]) => ({ source, type, name, target: target as number })),
  );
}

export function idOf({ nodes }: DrawnHeap, ordinal: number): number {
  return nodes[ordinal].id ?? 2 * ordinal + 1;
}

/** The same heap with its nodes in another order: `newPlaces[i]` is the new ordinal of node `i`. Edges keep their order. */
export function renumbered(heap: DrawnHeap, newPlaces: readonly number[]): DrawnHeap {
  const nodes: DrawnNode[] = [];
  heap.nodes.forEach((node, ordinal) => {
    nodes[newPlaces[ordinal]] = {
      ...node,
      id: idOf(heap, ordinal),
      edges: (node.edges ?? []).map(([type, name, target]) => [type, name, newPlaces[target as number]]),
    };
  });
  return { ...heap, nodes, rootOrdinal: newPlaces[heap.rootOrdinal] };
}

/** node ordinal → shallow size; the oracle of `core` wants the root first. */
export function shallowSizesOf(heap: DrawnHeap): number[] {
  const { nodes, rootOrdinal } = heap;
  const newPlaces = nodes.map((_, ordinal) => {
    if (ordinal === rootOrdinal) return 0;
    return ordinal < rootOrdinal ? ordinal + 1 : ordinal;
  });
  const sizes = bruteForceShallowSizes(renumbered(heap, newPlaces).nodes);
  return newPlaces.map((place) => sizes[place]);
}

import { bruteForceEssentialEdges } from './brute-force-essential-edges.js';
import { type DrawnHeap, edgesOf, shallowSizesOf } from './drawn-heap.js';

export interface BruteForceDominators {
  /** node ordinal → immediate dominator; the root names itself */
  readonly dominatorByNode: number[];
  readonly retainedSizeByNode: number[];
  /** node ordinal → all nodes that dominate it, itself too; for nodes in closed cycles the root and itself */
  readonly dominatorsByNode: ReadonlySet<number>[];
}

/**
 * Dominators by their definition: take a node out and see what is no longer reached. About n searches of the graph, so
 * for small heaps only.
 */
export function bruteForceDominators(heap: DrawnHeap): BruteForceDominators {
  const { nodes, rootOrdinal } = heap;
  const ordinals = nodes.map((_, ordinal) => ordinal);
  const heldBy = essentialTargets(heap);
  const reached = reachable(heldBy, rootOrdinal);

  const dominatorsByNode = ordinals.map((node) => new Set([rootOrdinal, node]));
  for (const removed of reached) {
    if (removed === rootOrdinal) continue;
    const rest = reachable(heldBy, rootOrdinal, removed);
    for (const node of reached) if (!rest.has(node)) dominatorsByNode[node].add(removed);
  }

  const shallowSizes = shallowSizesOf(heap);
  return {
    dominatorsByNode,
    dominatorByNode: ordinals.map((node) => closest(dominatorsByNode, node)),
    retainedSizeByNode: ordinals.map((node) =>
      ordinals.reduce((sum, other) => sum + (dominatorsByNode[other].has(node) ? shallowSizes[other] : 0), 0),
    ),
  };
}

/** node ordinal → targets of its essential edges; the root also holds what has no essential retainer */
function essentialTargets(heap: DrawnHeap): Set<number>[] {
  const isEssential = bruteForceEssentialEdges(heap);
  const edges = edgesOf(heap).filter((_, edge) => isEssential[edge]);
  const heldBy = heap.nodes.map(
    (_, node) => new Set(edges.filter(({ source }) => source === node).map(({ target }) => target)),
  );
  const retained = new Set(edges.map(({ target }) => target));
  heap.nodes.forEach((_, node) => {
    if (!retained.has(node)) heldBy[heap.rootOrdinal].add(node);
  });
  return heldBy;
}

function reachable(heldBy: readonly ReadonlySet<number>[], root: number, removed?: number): Set<number> {
  const reached = new Set([root]);
  // a set is iterated in order of insertion, what is added meanwhile too
  for (const node of reached) {
    for (const target of heldBy[node]) if (target !== removed) reached.add(target);
  }
  return reached;
}

/** The strict dominator that all others dominate. */
function closest(dominatorsByNode: readonly ReadonlySet<number>[], node: number): number {
  const strict = [...dominatorsByNode[node]].filter((dominator) => dominator !== node);
  return strict.find((dominator) => strict.every((other) => dominatorsByNode[dominator].has(other))) ?? node;
}

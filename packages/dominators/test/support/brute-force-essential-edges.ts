import { type DrawnHeap, edgesOf, type HeapEdge, idOf } from './drawn-heap.js';

/** Ordinals of the nodes that the page owns: grown until nothing is added. */
export function bruteForcePageOwned(heap: DrawnHeap): Set<number> {
  const edges = edgesOf(heap);
  const isDomTrees = ({ target, type }: HeapEdge): boolean =>
    type === 'element' &&
    heap.nodes[target].type === 'synthetic' &&
    heap.nodes[target].name === '(Document DOM trees)';
  const owned = new Set(
    edges
      .filter((edge) => edge.source === heap.rootOrdinal && (edge.type === 'shortcut' || isDomTrees(edge)))
      .map(({ target }) => target),
  );
  for (let before = -1; before !== owned.size; ) {
    before = owned.size;
    for (const { source, target, type } of edges) {
      if (type !== 'weak' && owned.has(source)) owned.add(target);
    }
  }
  return owned;
}

/** For every edge in file order, whether it counts for dominators. */
export function bruteForceEssentialEdges(heap: DrawnHeap): boolean[] {
  const pageOwned = bruteForcePageOwned(heap);
  return edgesOf(heap).map((edge) => {
    const { source, target, type } = edge;
    const isFromRoot = source === heap.rootOrdinal;
    if (type === 'weak' || source === target) return false;
    if (type === 'shortcut' && !isFromRoot) return false;
    if (!isFromRoot && !pageOwned.has(source) && pageOwned.has(target)) return false;
    return !isTableSide(heap, edge);
  });
}

const ENTRY =
  /^[0-9]+ \/ part of key \(.* @[0-9]+\) -> value \(.* @[0-9]+\) pair in WeakMap \(table @([0-9]+)\)$/;

function isTableSide(heap: DrawnHeap, { name, source, type }: HeapEdge): boolean {
  const match = type === 'internal' ? ENTRY.exec(String(name)) : null;
  return match !== null && Number(match[1]) === idOf(heap, source);
}

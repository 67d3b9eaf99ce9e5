import { type DrawnHeap, edgesOf, type HeapEdge } from './drawn-heap.js';

/** node ordinal → distance, `null` where nothing reaches it: level by level, with nothing but lists and sets. */
export function bruteForceDistances(heap: DrawnHeap): (number | null)[] {
  const { nodes, rootOrdinal } = heap;
  const edges = edgesOf(heap);
  const edgesByNode = nodes.map((_, node) => edges.filter(({ source }) => source === node));
  const distances: (number | null)[] = nodes.map(() => null);
  const pairsMetOnce = new Set<string>();

  const searchFrom = (start: readonly number[], startDistance: number): void => {
    for (const node of start) distances[node] = startDistance;
    let level = start;
    for (let distance = startDistance + 1; level.length > 0; distance++) {
      const next: number[] = [];
      for (const edge of level.flatMap((node) => edgesByNode[node])) {
        if (distances[edge.target] !== null || !isFollowed(heap, edge, pairsMetOnce)) continue;
        distances[edge.target] = distance;
        next.push(edge.target);
      }
      level = next;
    }
  };

  const userRoots = new Set(edgesByNode[rootOrdinal].map(({ target }) => target).filter(isUserRoot(heap)));
  searchFrom([...userRoots], 1);
  searchFrom([rootOrdinal], userRoots.size > 0 ? 100_000_000 : 0);
  return distances;
}

const isUserRoot =
  ({ nodes }: DrawnHeap) =>
  (node: number): boolean =>
    nodes[node].type !== 'synthetic' || nodes[node].name === '(Document DOM trees)';

const ENTRY = /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @\d+\))$/;

function isFollowed(heap: DrawnHeap, edge: HeapEdge, pairsMetOnce: Set<string>): boolean {
  const source = heap.nodes[edge.source];
  if (edge.type === 'weak') return false;
  if (source.type === 'hidden' && source.name === 'system / NativeContext') {
    if (edge.name === 'sloppy_function_map') return false;
  }
  if (source.type === 'array' && source.name === '(map descriptors)') {
    // whatever else the edge may be, this alone decides
    const index = Number.parseInt(String(edge.name), 10);
    return !(index >= 2 && index % 3 === 1);
  }
  const pair = edge.type === 'internal' ? ENTRY.exec(String(edge.name))?.[1] : undefined;
  if (pair === undefined || pairsMetOnce.delete(pair)) return true;
  pairsMetOnce.add(pair);
  return false;
}

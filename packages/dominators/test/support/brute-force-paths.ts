import type { HeapAnalysis } from '../../src/heap-analysis.js';
import type { DrawnHeap, HeapEdge } from './drawn-heap.js';
import { edgesOf, idOf } from './drawn-heap.js';

const TABLES_SIDE =
  /^\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\)$/;

/** Edges by which a path may go: not weak, and not from the table of the WeakMap entry that they are of. */
export function pathEdges(heap: DrawnHeap): HeapEdge[] {
  return edgesOf(heap).filter(({ name, source, type }) => {
    const tableId = type === 'internal' ? TABLES_SIDE.exec(String(name))?.[1] : undefined;
    return type !== 'weak' && Number(tableId) !== idOf(heap, source);
  });
}

/**
 * Every way from a start (a user root, or the root) down to the object without a node twice, found by trying all; those
 * left out that pass a part, whose size counts with its owner's, of an object that also holds what comes next.
 */
export function bruteForcePaths(heap: DrawnHeap, analysis: HeapAnalysis, ordinal: number): number[][] {
  const edges = pathEdges(heap);
  const holds = (source: number, target: number): boolean =>
    edges.some((edge) => edge.source === source && edge.target === target);
  const isStart = (node: number): boolean => node === heap.rootOrdinal || analysis.distanceOf(node) === 1;
  const paths: number[][] = [];
  const climb = (path: number[]): void => {
    const [node, next] = path;
    if (isStart(node)) {
      paths.push(path);
      return;
    }
    heap.nodes.forEach((_, source) => {
      if (!holds(source, node) || path.includes(source) || analysis.distanceOf(source) === null) return;
      const isPart = analysis.shallowSizeOf(node) === 0 && (heap.nodes[node].size ?? 0) > 0;
      const isDetour = next !== undefined && isPart && holds(source, next);
      if (!isDetour) climb([source, ...path]);
    });
  };
  climb([ordinal]);
  return paths;
}

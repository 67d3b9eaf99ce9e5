import { EDGE_TYPE, type EdgeView, NODE_TYPE } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { HeldClass } from './kernels/share-growth.js';
import type { HeldObjects } from './leak-site.js';

/** Edges looked at, at most. */
const MAX_EDGES = 20_000;
const PART_TYPES = new Set<string>([NODE_TYPE.array, NODE_TYPE.hidden]);
const VALUE_TYPES = new Set<string>([
  NODE_TYPE.string,
  NODE_TYPE.concatenatedString,
  NODE_TYPE.slicedString,
  NODE_TYPE.number,
  NODE_TYPE.symbol,
  NODE_TYPE.bigint,
]);
/** What every object has. */
const COMMON_EDGES = new Set<string | number>(['map', '__proto__', 'constructor', 'native_context']);

/** Classes by name. */
export function describeHeld(analysis: HeapAnalysis, classes: readonly HeldClass[]): HeldObjects[] {
  const names = analysis.graph.classes.classes;
  return classes.map(({ classOrdinal, count, size }) => ({ class: names[classOrdinal].name, count, size }));
}

/**
 * The objects that a node and its parts point to, by class, the most frequent first; keys and other values last. The first
 * edges of a very long list stand for all.
 */
export function describeDirect(
  analysis: HeapAnalysis,
  ordinal: number,
  isWanted: (node: number) => boolean,
): HeldObjects[] {
  const { graph } = analysis;
  const countByClass = new Map<string, { count: number; size: number; isValue: boolean }>();
  let edges = 0;
  const look = (edge: EdgeView): boolean => {
    const { target } = edge;
    if (edge.type === EDGE_TYPE.weak || COMMON_EDGES.has(edge.name)) return false;
    const node = edge.targetNode;
    if (PART_TYPES.has(node.type)) return analysis.dominatorOf(target) === ordinal;
    if (!isWanted(target)) return false;
    const row = countByClass.get(node.className) ?? {
      count: 0,
      size: 0,
      isValue: VALUE_TYPES.has(node.type),
    };
    row.count++;
    row.size += analysis.shallowSizeOf(target);
    countByClass.set(node.className, row);
    return false;
  };
  // a set is walked in the order in which it grows
  const parts = new Set([ordinal]);
  for (const part of parts) {
    for (const edge of graph.node(part).edges()) {
      if (++edges > MAX_EDGES) break;
      if (look(edge)) parts.add(edge.target);
    }
  }
  return [...countByClass]
    .sort(([a, x], [b, y]) => Number(x.isValue) - Number(y.isValue) || y.count - x.count || (a < b ? -1 : 1))
    .map(([name, { count, size }]) => ({ class: name, count, size }));
}

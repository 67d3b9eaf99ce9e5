import { EDGE_TYPE, EdgeView, NODE_TYPE } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { isOfProgram } from './code-origin.js';
import type { HeldClass } from './kernels/share-growth.js';
import type { HeldObjects } from './leak-site.js';

/** Edges of a node that are looked at, at most, about; of more, some all over it stand for the others. */
const MAX_EDGES = 20_000;
/** Backing stores and the like of one object that are looked at. */
const MAX_PARTS = 1_000;
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
  return classes.map(({ classOrdinal, count, size }) => heldOf(analysis, classOrdinal, { count, size }));
}

/** Objects of one class. */
export function heldOf(
  { graph }: HeapAnalysis,
  classOrdinal: number,
  { count, size }: { count: number; size: number },
): HeldObjects {
  const { location, name } = graph.classes.classes[classOrdinal];
  return { class: name, isOfProgram: isOfProgram(location), count, size };
}

/**
 * The objects that a node and its parts point to, by class, the most frequent first; keys and other values last. The
 * elements of a very long list that are looked at stand for the others.
 */
export function describeDirect(
  analysis: HeapAnalysis,
  ordinal: number,
  isWanted: (node: number) => boolean,
): HeldObjects[] {
  const { columns, graph } = analysis;
  const rowByClass = new Map<number, { count: number; size: number; isValue: boolean }>();
  const look = (edge: EdgeView, weight: number): boolean => {
    const { target } = edge;
    if (edge.type === EDGE_TYPE.weak || COMMON_EDGES.has(edge.name)) return false;
    const node = edge.targetNode;
    if (PART_TYPES.has(node.type)) return analysis.dominatorOf(target) === ordinal;
    if (!isWanted(target)) return false;
    const row = rowByClass.get(columns.classByNode[target]) ?? {
      count: 0,
      size: 0,
      isValue: VALUE_TYPES.has(node.type),
    };
    row.count += weight;
    row.size += weight * analysis.shallowSizeOf(target);
    rowByClass.set(columns.classByNode[target], row);
    return false;
  };
  // a set is walked in the order in which it grows
  const parts = new Set([ordinal]);
  for (const part of parts) {
    if (parts.size > MAX_PARTS) break;
    const { end, first } = graph.edgeRangeOf(part);
    // odd, since tables list keys and values by turns
    const step = Math.ceil((end - first) / MAX_EDGES) | 1;
    for (let i = first; i < end; i += step) {
      const edge = new EdgeView(graph, i);
      if (look(edge, step)) parts.add(edge.target);
    }
  }
  return [...rowByClass]
    .map(([classOrdinal, row]) => ({ isValue: row.isValue, held: heldOf(analysis, classOrdinal, row) }))
    .sort(
      ({ held: a, isValue }, { held: b, isValue: isOtherValue }) =>
        Number(isValue) - Number(isOtherValue) || b.count - a.count || (a.class < b.class ? -1 : 1),
    )
    .map(({ held }) => held);
}

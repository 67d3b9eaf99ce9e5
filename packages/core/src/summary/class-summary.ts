import { compareText } from '../graph/compare-text.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { ClassIdentity } from '../naming/node-classes.js';

/** A row of the Summary: the objects of one class that take memory. */
export interface ClassSummary extends ClassIdentity {
  /** Position in `graph.classes.classes`. */
  readonly classOrdinal: number;
  /** Objects whose shallow size is above 0. */
  readonly count: number;
  /** Bytes of these objects. */
  readonly shallowSize: number;
}

/** The classes that have members with a shallow size above 0, the largest first, then by name, then by key. */
export function summarizeClasses(graph: HeapGraph): ClassSummary[] {
  const { classByNode, classes } = graph.classes;
  const { nodeCount, shallowSizeByNode } = graph;
  const countByClass = new Uint32Array(classes.length);
  const sizeByClass = new Float64Array(classes.length);
  for (let node = 0; node < nodeCount; node++) {
    const size = shallowSizeByNode[node];
    if (size === 0) continue;
    countByClass[classByNode[node]]++;
    sizeByClass[classByNode[node]] += size;
  }
  const rows: ClassSummary[] = [];
  for (let classOrdinal = 0; classOrdinal < classes.length; classOrdinal++) {
    if (countByClass[classOrdinal] === 0) continue;
    const { key, name, location } = classes[classOrdinal];
    rows.push({
      classOrdinal,
      key,
      name,
      location,
      count: countByClass[classOrdinal],
      shallowSize: sizeByClass[classOrdinal],
    });
  }
  return rows.sort(
    (a, b) => b.shallowSize - a.shallowSize || compareText(a.name, b.name) || compareText(a.key, b.key),
  );
}

import { NODE_TYPE, SPECIAL_NAME } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import { describeDirect, heldOf } from './held-objects.js';
import { type HeldObjects, LeakSite } from './leak-site.js';

/** Share of the heap from which an object is looked at. */
const LEAST_SHARE = 0.05;
/** An accumulation point keeps this much more than any object it dominates: the big drop of Eclipse MAT. */
const BIG_DROP = 0.7;
/** Objects below that count towards a holder's classes, at most. */
const MAX_HELD = 1_000_000;

const ENGINE_TYPES = new Set<string>([
  NODE_TYPE.synthetic,
  NODE_TYPE.hidden,
  NODE_TYPE.code,
  NODE_TYPE.array,
  NODE_TYPE.objectShape,
]);

/**
 * Objects that keep a good part of the heap, where the part gathers: no object right below keeps most of it. By the
 * dominator tree, as the leak suspects of Eclipse MAT.
 */
export function dominatingSites(analysis: HeapAnalysis): LeakSite[] {
  const { columns, graph, totalSize } = analysis;
  const { dominatedNodes, firstDominatedByNode, retainedSizeByNode } = columns;
  const least = totalSize * LEAST_SHARE;
  const sites: LeakSite[] = [];
  const stack = [graph.rootOrdinal];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    let largest = 0;
    for (let i = firstDominatedByNode[node]; i < firstDominatedByNode[node + 1]; i++) {
      const child = dominatedNodes[i];
      const size = retainedSizeByNode[child];
      if (size >= least) stack.push(child);
      if (size <= largest) continue;
      // a backing store is the object's own
      const { type } = graph.node(child);
      if (type !== NODE_TYPE.array && type !== NODE_TYPE.hidden) largest = size;
    }
    if (largest < retainedSizeByNode[node] * BIG_DROP && isOfProgram(analysis, node)) {
      sites.push(siteOf(analysis, node));
    }
  }
  return sites;
}

/** Not the engine's, and not what holds everything. */
function isOfProgram(analysis: HeapAnalysis, ordinal: number): boolean {
  const { rawName, type } = analysis.graph.node(ordinal);
  return (
    !ENGINE_TYPES.has(type) &&
    rawName !== 'global' &&
    !rawName.startsWith('Window') &&
    (rawName.startsWith(`${SPECIAL_NAME.systemPrefix}Context`) ||
      !rawName.startsWith(SPECIAL_NAME.systemPrefix))
  );
}

function siteOf(analysis: HeapAnalysis, ordinal: number): LeakSite {
  const direct = describeDirect(analysis, ordinal, () => true);
  return new LeakSite({
    analysis,
    ordinal,
    counts: [direct.reduce((sum, { count }) => sum + count, 0)],
    sizes: [analysis.retainedSizeOf(ordinal)],
    growth: { count: 0, bytes: 0 },
    held: dominatedClasses(analysis, ordinal),
    direct,
    isMatched: true,
  });
}

/** What a node dominates, by class. */
function dominatedClasses(analysis: HeapAnalysis, ordinal: number): HeldObjects[] {
  const { classByNode, dominatedNodes, firstDominatedByNode, shallowSizeByNode } = analysis.columns;
  const rows = new Map<number, { count: number; size: number }>();
  const stack = [ordinal];
  let seen = 0;
  for (let node = stack.pop(); node !== undefined && seen < MAX_HELD; node = stack.pop()) {
    for (let i = firstDominatedByNode[node]; i < firstDominatedByNode[node + 1]; i++) {
      const child = dominatedNodes[i];
      seen++;
      stack.push(child);
      if (shallowSizeByNode[child] === 0) continue;
      const row = rows.get(classByNode[child]) ?? { count: 0, size: 0 };
      row.count++;
      row.size += shallowSizeByNode[child];
      rows.set(classByNode[child], row);
    }
  }
  return [...rows]
    .map(([classOrdinal, row]) => heldOf(analysis, classOrdinal, row))
    .sort((a, b) => b.size - a.size || (a.class < b.class ? -1 : 1));
}

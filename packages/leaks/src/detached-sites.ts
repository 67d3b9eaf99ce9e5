import type { HeapAnalysis } from '@heapstream/dominators';
import { isDetachedDomClass } from './detached-dom-class.js';
import { LeakSite } from './leak-site.js';

/** The DOM node outside the document that retains most, standing for all of them. */
export function detachedSites(analysis: HeapAnalysis): LeakSite[] {
  const { graph, columns } = analysis;
  const isDetachedByClass = graph.classes.classes.map(({ name }) => isDetachedDomClass(name));
  if (!isDetachedByClass.includes(true)) return [];
  let count = 0;
  let size = 0;
  let largest = -1;
  for (let node = 0; node < graph.nodeCount; node++) {
    // a node that nothing reaches is garbage
    if (!isDetachedByClass[columns.classByNode[node]] || analysis.distanceOf(node) === null) continue;
    count++;
    size += analysis.shallowSizeOf(node);
    if (largest < 0 || analysis.retainedSizeOf(node) > analysis.retainedSizeOf(largest)) largest = node;
  }
  if (largest < 0) return [];
  const held = [{ class: graph.node(largest).className, isOfProgram: false, count, size }];
  return [
    new LeakSite({
      analysis,
      ordinal: largest,
      counts: [count],
      sizes: [size],
      growth: { count: 0, bytes: 0 },
      held,
      direct: held,
      isMatched: true,
    }),
  ];
}

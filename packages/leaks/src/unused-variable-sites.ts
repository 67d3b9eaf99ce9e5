import type { HeapAnalysis } from '@heapstream/dominators';
import { unusedBelow } from './closures/unused-below.js';
import { heldOf } from './held-objects.js';
import { LeakSite } from './leak-site.js';

/** Share of the heap that such variables must keep together to be told. */
const LEAST_SHARE = 0.02;

/** The scope whose unused variables keep most, standing for all of them, where they keep enough together. */
export function unusedVariableSites(analysis: HeapAnalysis): LeakSite[] {
  const { classByNode } = analysis.columns;
  const unused = unusedBelow(analysis, analysis.graph.rootOrdinal);
  const size = unused.reduce((sum, { retainedSize }) => sum + retainedSize, 0);
  if (unused.length === 0 || size < analysis.totalSize * LEAST_SHARE) return [];
  const [{ context, value }] = unused;
  const held = [heldOf(analysis, classByNode[value.ordinal], { count: unused.length, size })];
  return [
    new LeakSite({
      analysis,
      ordinal: context.ordinal,
      counts: [unused.length],
      sizes: [size],
      growth: { count: 0, bytes: 0 },
      held,
      direct: held,
      isMatched: true,
    }),
  ];
}

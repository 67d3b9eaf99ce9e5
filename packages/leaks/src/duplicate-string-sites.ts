import { findDuplicateStrings, type HeapAnalysis } from '@heapstream/dominators';
import { LeakSite } from './leak-site.js';

/** Share of the heap that copies of texts must waste to be told. */
const LEAST_SHARE = 0.02;

/** The text whose copies waste most, standing for all of them, where they waste enough together. */
export function duplicateStringSites(analysis: HeapAnalysis): LeakSite[] {
  const duplicates = findDuplicateStrings(analysis);
  const wasted = duplicates.reduce((sum, { wastedSize }) => sum + wastedSize, 0);
  if (duplicates.length === 0 || wasted < analysis.totalSize * LEAST_SHARE) return [];
  const worst = duplicates.reduce((a, b) => (b.wastedSize > a.wastedSize ? b : a));
  const count = duplicates.reduce((sum, row) => sum + row.count - 1, 0);
  const held = [{ class: '(string)', isOfProgram: false, count, size: wasted }];
  return [
    new LeakSite({
      analysis,
      ordinal: worst.ordinals()[0],
      counts: [count],
      sizes: [wasted],
      growth: { count: 0, bytes: 0 },
      held,
      direct: held,
      isMatched: true,
    }),
  ];
}

import type { SnapshotState } from '../../src/api/index.js';
import { VIEWS, type ViewName } from './place.js';

export interface ViewTitle {
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
}

export const VIEW_TITLES: Readonly<Record<ViewName, ViewTitle>> = {
  summary: { title: 'Summary', question: 'What fills the heap, by class' },
  comparison: { title: 'Comparison', question: 'What changed between two snapshots' },
  containment: { title: 'Containment', question: 'What the roots point to' },
  dominators: { title: 'Dominators', question: 'What would be freed with what' },
  statistics: { title: 'Statistics', question: 'What fills the heap, by kind' },
  trend: { title: 'Trend', question: 'How classes grow from snapshot to snapshot' },
  leaks: { title: 'Leaks', question: 'What grows, and what holds it' },
  strings: { title: 'Strings', question: 'Texts that are held more than once' },
  allocations: { title: 'Allocations', question: 'Where live objects were allocated' },
  search: { title: 'Search', question: 'Objects by name' },
};

/** Views that the navigation offers: those with something to show. */
export function offeredViews(snapshots: readonly SnapshotState[]): ViewName[] {
  const has = (test: (snapshot: SnapshotState) => boolean | undefined): boolean => snapshots.some(test);
  return VIEWS.filter((view) => {
    if (view === 'comparison' || view === 'trend') return snapshots.length > 1;
    if (view === 'allocations') {
      return has(({ facts }) => facts?.hasTimeline) || has(({ facts }) => facts?.hasAllocationStacks);
    }
    return view !== 'search';
  });
}

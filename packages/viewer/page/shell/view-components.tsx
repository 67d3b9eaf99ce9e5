import type { JSX } from 'preact';
import type { SnapshotFacts } from '../../src/api/index.js';
import type { ViewName } from '../state/place.js';
import { AllocationsView } from '../views/allocations-view.js';
import { ComparisonView } from '../views/comparison-view.js';
import { ContainmentView } from '../views/containment-view.js';
import { DominatorsView } from '../views/dominators-view.js';
import { LeaksView } from '../views/leaks-view.js';
import { SearchView } from '../views/search-view.js';
import { StatisticsView } from '../views/statistics-view.js';
import { StringsView } from '../views/strings-view.js';
import { SummaryView } from '../views/summary-view.js';
import { TrendView } from '../views/trend-view.js';

export interface ViewProps {
  readonly snapshot: number;
  readonly facts: SnapshotFacts;
}

export const VIEW_COMPONENTS: Readonly<Record<ViewName, (props: ViewProps) => JSX.Element>> = {
  summary: SummaryView,
  comparison: ComparisonView,
  containment: ContainmentView,
  dominators: DominatorsView,
  statistics: StatisticsView,
  trend: TrendView,
  leaks: LeaksView,
  strings: StringsView,
  allocations: AllocationsView,
  search: SearchView,
};

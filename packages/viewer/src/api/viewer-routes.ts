import type {
  AllocationObjectsRequest,
  AllocationSitePage,
  AllocationSitesRequest,
  AllocationTimeline,
  AllocationTreePage,
  AllocationTreeRequest,
} from './allocation.js';
import type { ClassesRequest, ClassPage } from './classes.js';
import type {
  ChangedObjectPage,
  ComparisonObjectsRequest,
  ComparisonPage,
  ComparisonRequest,
  GrownPage,
  GrownRequest,
} from './comparison.js';
import type { DominatedRequest, DominatorChain, DominatorTree, DominatorTreeRequest } from './dominators.js';
import type { Leaks, LeaksRequest } from './leaks.js';
import type {
  ChildrenRequest,
  EdgePage,
  ObjectDetails,
  ObjectPage,
  ObjectRequest,
  ObjectsRequest,
  RetainersRequest,
  SearchRequest,
  SnapshotRequest,
  TextPart,
  TextRequest,
} from './objects.js';
import type { PathsRequest, RetainingPaths } from './retaining-paths.js';
import type { Statistics } from './statistics.js';
import type {
  DuplicateStringObjectsRequest,
  DuplicateStringsPage,
  DuplicateStringsRequest,
  LargestStringsRequest,
} from './strings.js';
import type { TrendPage, TrendRequest } from './trend.js';
import type { ViewerState } from './viewer-state.js';

interface Route<Request, Response> {
  readonly request: Request;
  readonly response: Response;
}

/**
 * All routes: `GET /api/<name>?<request as a query string>` answers with the response as JSON, or with an `ApiErrorBody`.
 * `GET /api/events` is besides a stream of server-sent events: `data` of each is a `ViewerState`.
 */
export interface ViewerRoutes {
  readonly state: Route<Record<never, never>, ViewerState>;
  readonly statistics: Route<SnapshotRequest, Statistics>;
  readonly classes: Route<ClassesRequest, ClassPage>;
  readonly objects: Route<ObjectsRequest, ObjectPage>;
  readonly search: Route<SearchRequest, ObjectPage>;
  readonly object: Route<ObjectRequest, ObjectDetails>;
  readonly text: Route<TextRequest, TextPart>;
  readonly children: Route<ChildrenRequest, EdgePage>;
  readonly retainers: Route<RetainersRequest, EdgePage>;
  readonly paths: Route<PathsRequest, RetainingPaths>;
  readonly dominated: Route<DominatedRequest, ObjectPage>;
  readonly 'dominator-chain': Route<ObjectRequest, DominatorChain>;
  readonly 'dominator-tree': Route<DominatorTreeRequest, DominatorTree>;
  readonly comparison: Route<ComparisonRequest, ComparisonPage>;
  readonly 'comparison-objects': Route<ComparisonObjectsRequest, ChangedObjectPage>;
  readonly grown: Route<GrownRequest, GrownPage>;
  readonly trend: Route<TrendRequest, TrendPage>;
  readonly leaks: Route<LeaksRequest, Leaks>;
  readonly 'duplicate-strings': Route<DuplicateStringsRequest, DuplicateStringsPage>;
  readonly 'duplicate-string-objects': Route<DuplicateStringObjectsRequest, ObjectPage>;
  readonly 'largest-strings': Route<LargestStringsRequest, ObjectPage>;
  readonly 'allocation-timeline': Route<SnapshotRequest, AllocationTimeline>;
  readonly 'allocation-sites': Route<AllocationSitesRequest, AllocationSitePage>;
  readonly 'allocation-objects': Route<AllocationObjectsRequest, ObjectPage>;
  readonly 'allocation-tree': Route<AllocationTreeRequest, AllocationTreePage>;
}

export type RouteName = keyof ViewerRoutes;
export type RequestOf<Name extends RouteName> = ViewerRoutes[Name]['request'];
export type ResponseOf<Name extends RouteName> = ViewerRoutes[Name]['response'];

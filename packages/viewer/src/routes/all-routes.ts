import type { RouteName } from '../api/index.js';
import type { Parameters } from '../http/parameters.js';
import { listAllocatedObjects, listAllocationSites, listCallees, readTimeline } from './allocation-routes.js';
import { listClasses } from './class-routes.js';
import { compare, listChangedObjects, listGrown } from './comparison-routes.js';
import { drawDominatorTree, listDominated, listDominators } from './dominator-routes.js';
import { listChildren, listRetainers } from './edge-routes.js';
import { describeObject, listObjects, readText, search } from './object-routes.js';
import { findPaths } from './path-routes.js';
import { findLeakFindings, followTrend } from './series-routes.js';
import { readStatistics } from './statistics-route.js';
import { listDuplicateStrings, listDuplicates, listLargestStrings } from './string-routes.js';
import type { RouteHandler, ViewerContext } from './viewer-context.js';

const HANDLERS: { readonly [Name in RouteName]: RouteHandler<Name> } = {
  state: ({ state }) => state(),
  statistics: readStatistics,
  classes: listClasses,
  objects: listObjects,
  search,
  object: describeObject,
  text: readText,
  children: listChildren,
  retainers: listRetainers,
  paths: findPaths,
  dominated: listDominated,
  'dominator-chain': listDominators,
  'dominator-tree': drawDominatorTree,
  comparison: compare,
  'comparison-objects': listChangedObjects,
  grown: listGrown,
  trend: followTrend,
  leaks: findLeakFindings,
  'duplicate-strings': listDuplicateStrings,
  'duplicate-string-objects': listDuplicates,
  'largest-strings': listLargestStrings,
  'allocation-timeline': readTimeline,
  'allocation-sites': listAllocationSites,
  'allocation-objects': listAllocatedObjects,
  'allocation-tree': listCallees,
};

/** Every route by its name. */
export function createRoutes(context: ViewerContext): Map<string, (parameters: Parameters) => unknown> {
  return new Map(
    Object.entries(HANDLERS).map(([name, handler]) => [
      name,
      (parameters: Parameters): unknown => handler(context, parameters),
    ]),
  );
}

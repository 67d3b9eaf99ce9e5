import type { HeapAnalysis } from '@heapstream/dominators';
import type { ResponseOf, RouteName, ViewerState } from '../api/index.js';
import type { Comparisons } from '../comparisons.js';
import type { Parameters } from '../http/parameters.js';
import { badParameter } from '../http/request-error.js';
import type { LoadedSnapshot } from '../snapshots/loaded-snapshot.js';
import type { SnapshotShelf } from '../snapshots/snapshot-shelf.js';
import type { TaskRunner } from '../task-runner.js';

/** What routes work with. */
export interface ViewerContext {
  readonly shelf: SnapshotShelf;
  readonly comparisons: Comparisons;
  readonly tasks: TaskRunner;
  /** What the viewer has open and is busy with. */
  readonly state: () => ViewerState;
}

/** A route: reads its parameters and answers. */
export type RouteHandler<Name extends RouteName> = (
  context: ViewerContext,
  parameters: Parameters,
) => ResponseOf<Name> | Promise<ResponseOf<Name>>;

/** The snapshot that a request is about. */
export function snapshotOf({ shelf }: ViewerContext, parameters: Parameters): LoadedSnapshot {
  return shelf.get(parameters.integer('snapshot'));
}

const ID = /^@\d{1,16}$/;

/** The ordinal of the object that a request is about: `123`, or `@` and an id. */
export function objectOf({ graph }: HeapAnalysis, parameters: Parameters, parameter = 'object'): number {
  const text = parameters.text(parameter, 20);
  if (!ID.test(text)) return parameters.integer(parameter, { max: graph.nodeCount - 1 });
  const ordinal = graph.ordinalOfId(Number(text.slice(1)));
  if (ordinal === undefined) throw badParameter(parameter, `no object has the id ${text}`);
  return ordinal;
}

/** Ordinal of the node type that objects must have, or `undefined`. */
export function typeOf({ graph }: HeapAnalysis, parameters: Parameters): number | undefined {
  const type = parameters.optionalChoice('type', graph.meta.nodeTypes);
  return type === undefined ? undefined : graph.meta.nodeTypes.indexOf(type);
}

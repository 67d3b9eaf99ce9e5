import { RETAINED_BY, UNREACHED } from '@heapstream/dominators';
import type { ClassColumn, ClassRow } from '../api/index.js';
import type { Parameters } from '../http/parameters.js';
import { badParameter } from '../http/request-error.js';
import { bitOfType } from '../kernels/class-members.js';
import type { HeldBy } from '../kernels/select-held-by.js';
import { classText, locationRow } from '../lists/location-row.js';
import { pageOf, readPage, readSort } from '../lists/paging.js';
import { cutText, MAX_NAME_LENGTH } from '../lists/short-text.js';
import { sortFigures } from '../lists/sort-figures.js';
import { readTextFilter } from '../lists/text-filter.js';
import type { LoadedSnapshot } from '../snapshots/loaded-snapshot.js';
import { filterByText } from './filter-by-text.js';
import { type RouteHandler, snapshotOf, typeOf } from './viewer-context.js';

const COLUMNS: readonly ClassColumn[] = ['retainedSize', 'shallowSize', 'count', 'distance', 'name'];

/** A class as it is sorted and filtered. */
interface ClassFigures {
  readonly ordinal: number;
  readonly count: number;
  readonly shallowSize: number;
  readonly retainedSize: number;
  /** Infinite where unreached. */
  readonly distance: number;
}

/** The Summary. */
export const listClasses: RouteHandler<'classes'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { analysis } = snapshot;
  const sort = readSort(parameters, COLUMNS, 'retainedSize');
  const page = readPage(parameters);
  const filter = readTextFilter(parameters);
  const minSize = parameters.optionalInteger('minSize') ?? 0;
  const minCount = parameters.optionalInteger('minCount') ?? 0;
  const type = typeOf(analysis, parameters);
  const heldBy = readHeldBy(parameters);

  const [{ typesByClass }, table] = await Promise.all([snapshot.members(), classFigures(snapshot, heldBy)]);
  const { classes } = analysis.graph.classes;
  let rows = table.filter(
    ({ count, ordinal, retainedSize }) =>
      retainedSize >= minSize &&
      count >= minCount &&
      (type === undefined || (typesByClass[ordinal] & bitOfType(type)) !== 0),
  );
  rows = await filterByText(snapshot.tasks, rows, filter, ({ ordinal }) =>
    classText(classes[ordinal].name, classes[ordinal].location),
  );
  sortFigures(rows, sort, ({ ordinal }) => classes[ordinal].name);
  const { rows: shown, ...place } = pageOf(rows, page);
  return {
    ...place,
    rows: shown.map((figures) => classRow(snapshot, figures, typesByClass)),
    totalSize: analysis.totalSize,
    count: rows.reduce((sum, { count }) => sum + count, 0),
    shallowSize: rows.reduce((sum, { shallowSize }) => sum + shallowSize, 0),
  };
};

/** `undefined` for all objects. */
export function readHeldBy(parameters: Parameters): HeldBy | undefined {
  const retainedBy = parameters.optionalChoice('retainedBy', RETAINED_BY);
  const fromId = parameters.optionalInteger('fromId');
  const toId = parameters.optionalInteger('toId');
  const hasIds = fromId !== undefined || toId !== undefined;
  if (retainedBy !== undefined && hasIds) throw badParameter('retainedBy', 'is not combined with ids');
  if (retainedBy !== undefined) return { retainedBy };
  return hasIds ? { fromId: fromId ?? 0, toId: toId ?? Number.MAX_SAFE_INTEGER } : undefined;
}

/** Classes that have objects with a shallow size, by ordinal. */
async function classFigures(snapshot: LoadedSnapshot, heldBy: HeldBy | undefined): Promise<ClassFigures[]> {
  const { columns, graph } = snapshot.analysis;
  const { classes } = graph.classes;
  if (heldBy !== undefined) {
    const held = await snapshot.heldObjects(heldBy);
    const ordinalByKey = new Map(classes.map(({ key }, ordinal) => [key, ordinal]));
    return held.classes.map(({ distance, key, ...figures }) => {
      return { ...figures, ordinal: ordinalByKey.get(key)!, distance: distance ?? Number.POSITIVE_INFINITY };
    });
  }
  const { countByClass, distanceByClass, retainedSizeByClass, shallowSizeByClass } = columns;
  const rows: ClassFigures[] = [];
  for (let ordinal = 0; ordinal < classes.length; ordinal++) {
    if (countByClass[ordinal] === 0) continue;
    const distance = distanceByClass[ordinal];
    rows.push({
      ordinal,
      count: countByClass[ordinal],
      shallowSize: shallowSizeByClass[ordinal],
      retainedSize: retainedSizeByClass[ordinal],
      distance: distance === UNREACHED ? Number.POSITIVE_INFINITY : distance,
    });
  }
  return rows;
}

function classRow(
  { analysis }: LoadedSnapshot,
  { distance, ...figures }: ClassFigures,
  typesByClass: Uint32Array,
): ClassRow {
  const { graph } = analysis;
  const { location, name } = graph.classes.classes[figures.ordinal];
  const { isCut, text } = cutText(name, MAX_NAME_LENGTH);
  const types = typesByClass[figures.ordinal];
  return {
    ...figures,
    name: text,
    isNameCut: isCut,
    location: locationRow(location),
    distance: Number.isFinite(distance) ? distance : null,
    types: graph.meta.nodeTypes.filter((_, type) => (types & bitOfType(type)) !== 0),
  };
}

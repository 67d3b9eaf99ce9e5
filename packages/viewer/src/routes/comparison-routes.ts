import type { ChangedObjectRow, ComparisonColumn, ComparisonRow, GrownRow } from '../api/index.js';
import type { Parameters } from '../http/parameters.js';
import { badParameter } from '../http/request-error.js';
import { classText, locationRow } from '../lists/location-row.js';
import { objectRow } from '../lists/object-rows.js';
import { pageOf, readPage, readSort } from '../lists/paging.js';
import { cutText, MAX_NAME_LENGTH } from '../lists/short-text.js';
import { sortFigures } from '../lists/sort-figures.js';
import { readTextFilter } from '../lists/text-filter.js';
import { filterByText } from './filter-by-text.js';
import type { RouteHandler } from './viewer-context.js';

const COLUMNS: readonly ComparisonColumn[] = [
  'sizeDelta',
  'name',
  'addedCount',
  'removedCount',
  'countDelta',
  'addedSize',
  'removedSize',
  'retainedDelta',
  'survivorsSizeDelta',
];

function readPair(parameters: Parameters): { base: number; current: number } {
  const base = parameters.integer('base');
  const current = parameters.integer('current');
  if (base === current) throw badParameter('current', 'is the base itself');
  return { base, current };
}

/** What changed from one snapshot to another, by class. */
export const compare: RouteHandler<'comparison'> = async ({ comparisons, tasks }, parameters) => {
  const { base, current } = readPair(parameters);
  const sort = readSort(parameters, COLUMNS, 'sizeDelta');
  const page = readPage(parameters);
  const filter = readTextFilter(parameters);
  const { matchedBy, matching, rows, totals } = await comparisons.diff(base, current);
  const numbered = rows.map((figures, row) => ({ row, ...figures }));
  const found = await filterByText(tasks, numbered, filter, ({ location, name }) =>
    classText(name, location),
  );
  sortFigures(found, sort, ({ name }) => name);
  const { rows: shown, ...place } = pageOf(found, page);
  return {
    ...place,
    rows: shown.map(({ key: _, location, name, ...figures }): ComparisonRow => {
      const { isCut, text } = cutText(name, MAX_NAME_LENGTH);
      return { ...figures, name: text, isNameCut: isCut, location: locationRow(location) };
    }),
    matchedBy,
    explanation: matching.explanation,
    totals,
  };
};

const CHANGES = ['added', 'removed'] as const;
const OBJECT_COLUMNS = ['retainedSize', 'shallowSize', 'distance', 'id', 'name', 'file'] as const;

/** New or deleted objects of a class, or of all. */
export const listChangedObjects: RouteHandler<'comparison-objects'> = async (context, parameters) => {
  const { base, current } = readPair(parameters);
  const change = parameters.choice('change', CHANGES, 'added');
  const sort = readSort(parameters, OBJECT_COLUMNS, 'retainedSize');
  const page = readPage(parameters);
  const diff = await context.comparisons.diff(base, current);
  const wanted = parameters.optionalInteger('row', { max: diff.rows.length - 1 });
  const row = wanted === undefined ? undefined : diff.rows[wanted];
  const position = change === 'added' ? current : base;
  const snapshot = context.shelf.get(position);
  const key = `${change} ${base} ${current} ${wanted ?? 'all'}`;
  const list = await snapshot.keepList(key, async () => {
    const nodes = change === 'added' ? diff.addedOrdinals(row) : diff.removedOrdinals(row);
    return { key, nodes };
  });
  const { positions, ...place } = await snapshot.page(list, sort, page);
  const rows = Array.from(positions, (i): ChangedObjectRow => {
    return { ...objectRow(snapshot.analysis, list.nodes[i]), change, snapshot: position };
  });
  return { ...place, rows };
};

/** Objects of both that grew. */
export const listGrown: RouteHandler<'grown'> = async ({ comparisons, shelf }, parameters) => {
  const { base, current } = readPair(parameters);
  const page = readPage(parameters);
  const { grown, grownCount } = await comparisons.diff(base, current);
  const { analysis } = shelf.get(current);
  const { rows, ...place } = pageOf(grown, page);
  return {
    ...place,
    rows: rows.map(({ directDelta, id, retainedDelta, shallowDelta }): GrownRow => {
      const row = objectRow(analysis, analysis.graph.ordinalOfId(id)!);
      return { ...row, snapshot: current, shallowDelta, retainedDelta, directDelta };
    }),
    grownCount,
  };
};

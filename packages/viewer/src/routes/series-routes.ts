import type { TrendRow as DiffTrendRow } from '@heapstream/diff';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { Finding as LeakFinding } from '@heapstream/leaks';
import type { Finding, TrendColumn, TrendRow } from '../api/index.js';
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

const LIST = /^\d{1,4}(,\d{1,4})*$/;

/** Positions of different snapshots, all where the parameter is left out. */
function readSnapshots(parameters: Parameters, count: number): number[] {
  const text = parameters.text('snapshots', 1000);
  if (text === '') return Array.from({ length: count }, (_, i) => i);
  if (!LIST.test(text)) throw badParameter('snapshots', 'expected positions with commas between them');
  const positions = text.split(',').map(Number);
  if (new Set(positions).size < positions.length) throw badParameter('snapshots', 'names one twice');
  return positions;
}

const COLUMNS: readonly TrendColumn[] = [
  'shallowDelta',
  'name',
  'countDelta',
  'retainedDelta',
  'keptCount',
  'keptSize',
  'count',
  'shallowSize',
  'retainedSize',
];

/** Classes over several snapshots. */
export const followTrend: RouteHandler<'trend'> = async ({ comparisons, shelf, tasks }, parameters) => {
  const snapshots = readSnapshots(parameters, shelf.count);
  if (snapshots.length < 2) throw badParameter('snapshots', 'a trend needs two snapshots or more');
  const sort = readSort(parameters, COLUMNS, 'shallowDelta');
  const page = readPage(parameters);
  const filter = readTextFilter(parameters);
  const growing = parameters.flag('growing');
  const trend = await comparisons.trend(snapshots);
  const wanted = trend.rows
    .map((figures, row) => ({ ...figures, row }))
    .filter(({ growsSteadily }) => !growing || growsSteadily.count);
  const rows = await filterByText(tasks, wanted, filter, ({ location, name }) => classText(name, location));
  sortFigures(rows, sort, ({ name }) => name, figureOf);
  const { rows: shown, ...place } = pageOf(rows, page);
  return {
    ...place,
    rows: shown.map(({ key: _, location, name, ...figures }): TrendRow => {
      const { isCut, text } = cutText(name, MAX_NAME_LENGTH);
      return { ...figures, name: text, isNameCut: isCut, location: locationRow(location) };
    }),
    matchedBy: trend.matchedBy,
    explanation: trend.matching.explanation,
    snapshots,
    totalSizes: trend.totalSizes,
  };
};

/** Of columns that have a figure a snapshot, the last. */
function figureOf(row: DiffTrendRow, column: string): number | null {
  switch (column) {
    case 'count':
      return row.counts[row.counts.length - 1];
    case 'shallowSize':
      return row.shallowSizes[row.shallowSizes.length - 1];
    case 'retainedSize':
      return row.retainedSizes[row.retainedSizes.length - 1];
    default:
      return row[column as 'shallowDelta'];
  }
}

const MAX_FINDINGS = 100;
const DEFAULT_FINDINGS = 20;

/** What grows; of one snapshot, what looks like a leak. */
export const findLeakFindings: RouteHandler<'leaks'> = async ({ comparisons, shelf }, parameters) => {
  const snapshots = readSnapshots(parameters, shelf.count);
  const limit = parameters.optionalInteger('limit', { min: 1, max: MAX_FINDINGS }) ?? DEFAULT_FINDINGS;
  const findings = await comparisons.leaks(snapshots, limit);
  const snapshot = snapshots[snapshots.length - 1];
  const { analysis } = shelf.get(snapshot);
  return {
    kind: snapshots.length === 1 ? 'suspects' : 'growth',
    snapshots,
    snapshot,
    findings: findings.map((finding) => findingRow(analysis, finding)),
  };
};

function findingRow(analysis: HeapAnalysis, finding: LeakFinding): Finding {
  const { class: className, id, location, path, ...rest } = finding;
  const short = (text: string): string => cutText(text, MAX_NAME_LENGTH).text;
  const { graph } = analysis;
  const ordinal = graph.ordinalOfId(id);
  return {
    ...rest,
    className: short(className),
    id,
    object: ordinal === undefined ? null : objectRow(analysis, ordinal),
    location: locationRow(location),
    path: path.map(({ edge, node }) => ({
      edge: edge && { type: edge.type, name: typeof edge.name === 'string' ? short(edge.name) : edge.name },
      ordinal: graph.ordinalOfId(node.id) ?? null,
      id: node.id,
      className: short(node.class),
      name: short(node.name),
    })),
  };
}

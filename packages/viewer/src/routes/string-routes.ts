import { NODE_TYPE } from '@heapstream/core';
import type { DuplicateColumn, DuplicateStringsRow } from '../api/index.js';
import type { PlainDuplicates } from '../kernels/analysis-questions.js';
import { shareAnalysis } from '../kernels/shared-analysis.js';
import { sortPart } from '../kernels/sort-by-keys.js';
import { readPage, readSort, type SortWanted } from '../lists/paging.js';
import { MAX_NAME_LENGTH, readName } from '../lists/short-text.js';
import { readTextFilter, type TextFilter } from '../lists/text-filter.js';
import type { LoadedSnapshot } from '../snapshots/loaded-snapshot.js';
import { answerObjects, filteredObjects, readObjectFilters } from './object-lists.js';
import { type RouteHandler, snapshotOf } from './viewer-context.js';

const COLUMNS: readonly DuplicateColumn[] = ['wastedSize', 'text', 'count', 'shallowSize', 'retainedSize'];

function duplicatesOf(snapshot: LoadedSnapshot): Promise<PlainDuplicates> {
  const input = { analysis: shareAnalysis(snapshot.analysis) };
  return snapshot.keep(
    'duplicates',
    () => snapshot.tasks.run('findPlainDuplicates', input, snapshot.size),
    ({ firstByGroup, ordinals }) => ordinals.byteLength + firstByGroup.length * 36,
  );
}

/** Texts that several objects hold. */
export const listDuplicateStrings: RouteHandler<'duplicate-strings'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const sort = readSort(parameters, COLUMNS, 'wastedSize');
  const { limit, offset } = readPage(parameters);
  const filter = readTextFilter(parameters);
  const groups = await duplicatesOf(snapshot);
  const order = await orderOfGroups(snapshot, groups, sort, filter);
  let count = 0;
  let wastedSize = 0;
  for (const group of order) {
    count += countOf(groups, group);
    wastedSize += groups.wastedSizeByGroup[group];
  }
  const rows = Array.from(order.subarray(offset, offset + limit), (group) =>
    duplicateRow(snapshot, groups, group),
  );
  return { total: order.length, offset, rows, count, wastedSize };
};

function countOf({ firstByGroup }: PlainDuplicates, group: number): number {
  return firstByGroup[group + 1] - firstByGroup[group];
}

/** Groups that meet the filter, sorted; groups are numbered by what they waste. */
function orderOfGroups(
  snapshot: LoadedSnapshot,
  groups: PlainDuplicates,
  sort: SortWanted<DuplicateColumn>,
  filter: TextFilter | null,
): Promise<Uint32Array> {
  const key = `duplicate order ${sort.column} ${sort.order} ${filter?.key ?? ''}`;
  const order = async (): Promise<Uint32Array> => {
    // one object of each group stands for its text
    const nodes = firstOfGroups(groups);
    const sorted = await sortGroups(snapshot, groups, nodes, sort);
    if (filter === null) return sorted;
    const criteria = { nodes, nodeCount: nodes.length, name: await snapshot.nameCriterion(filter) };
    const isFound = new Uint8Array(nodes.length);
    for (const group of await snapshot.tasks.runFilter('selectNodes', criteria, nodes.length, filter)) {
      isFound[group] = 1;
    }
    return sorted.filter((group) => isFound[group] === 1);
  };
  return snapshot.keep(key, order, ({ byteLength }) => byteLength);
}

function firstOfGroups({ firstByGroup, ordinals }: PlainDuplicates): Uint32Array {
  return Uint32Array.from(firstByGroup.subarray(0, -1), (first) => ordinals[first]);
}

async function sortGroups(
  snapshot: LoadedSnapshot,
  groups: PlainDuplicates,
  nodes: Uint32Array,
  { column, order }: SortWanted<DuplicateColumn>,
): Promise<Uint32Array> {
  const end = nodes.length;
  switch (column) {
    case 'text': {
      const { nameByNode } = await snapshot.names();
      const keys = { kind: 'names', nameByNode, rankByName: await snapshot.ranks() } as const;
      return snapshot.tasks.run('sortRows', { nodes, keys, order, offset: 0, end }, end);
    }
    case 'count':
      return sortPart(
        Uint32Array.from(nodes, (_, group) => countOf(groups, group)),
        order,
        0,
        end,
      );
    default:
      return sortPart(groups[`${column}ByGroup`], order, 0, end);
  }
}

function duplicateRow(
  { analysis }: LoadedSnapshot,
  groups: PlainDuplicates,
  group: number,
): DuplicateStringsRow {
  const { isCut, text } = readName(
    analysis.graph,
    groups.ordinals[groups.firstByGroup[group]],
    MAX_NAME_LENGTH,
  );
  const fullLength = groups.fullLengthByGroup[group];
  return {
    group,
    text,
    isTextCut: isCut,
    count: countOf(groups, group),
    shallowSize: groups.shallowSizeByGroup[group],
    retainedSize: groups.retainedSizeByGroup[group],
    wastedSize: groups.wastedSizeByGroup[group],
    fullLength: Number.isNaN(fullLength) ? null : fullLength,
  };
}

/** The objects that hold one text. */
export const listDuplicates: RouteHandler<'duplicate-string-objects'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { firstByGroup, ordinals } = await duplicatesOf(snapshot);
  const group = parameters.integer('group', { max: firstByGroup.length - 2 });
  const nodes = ordinals.subarray(firstByGroup[group], firstByGroup[group + 1]);
  return answerObjects(snapshot, { key: `duplicates ${group}`, nodes }, parameters);
};

const STRING_TYPES: ReadonlySet<string> = new Set([
  NODE_TYPE.string,
  NODE_TYPE.concatenatedString,
  NODE_TYPE.slicedString,
]);

/** All strings. */
export const listLargestStrings: RouteHandler<'largest-strings'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { columns, graph } = snapshot.analysis;
  const filters = readObjectFilters(snapshot, parameters, readTextFilter(parameters));
  const isWanted = Uint8Array.from(graph.meta.nodeTypes, (type) => (STRING_TYPES.has(type) ? 1 : 0));
  const key = 'strings';
  const list = await snapshot.keepList(key, async () => {
    const criteria = {
      nodeCount: graph.nodeCount,
      shallowSizeByNode: columns.shallowSizeByNode,
      types: { typeByNode: graph.columns.typeByNode, isWanted },
    };
    return { key, nodes: await snapshot.tasks.run('selectNodes', criteria, graph.nodeCount) };
  });
  const found = await filteredObjects(snapshot, list, filters);
  return answerObjects(snapshot, found, parameters);
};

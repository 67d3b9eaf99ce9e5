import { EdgeView, rowsOf } from '@heapstream/core';
import type { EdgeColumn, ObjectColumn } from '../api/index.js';
import { edgeRow } from '../lists/object-rows.js';
import { readPage, readSort } from '../lists/paging.js';
import { edgesOfEntries, isEssentialEdge, isEssentialEntry, sourceOf } from '../lists/retainer-edges.js';
import { narrowed, type RowList } from '../lists/row-list.js';
import { readTextFilter } from '../lists/text-filter.js';
import type { LoadedSnapshot } from '../snapshots/loaded-snapshot.js';
import { objectOf, type RouteHandler, snapshotOf } from './viewer-context.js';

const CHILD_COLUMNS: readonly EdgeColumn[] = [
  'file',
  'edgeName',
  'edgeType',
  'name',
  'id',
  'shallowSize',
  'retainedSize',
  'distance',
];
const RETAINER_COLUMNS: readonly ObjectColumn[] = [
  'distance',
  'name',
  'id',
  'shallowSize',
  'retainedSize',
  'file',
];

/** What an object points to. */
export const listChildren: RouteHandler<'children'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { analysis } = snapshot;
  const ordinal = objectOf(analysis, parameters);
  const sort = readSort(parameters, CHILD_COLUMNS, 'file');
  const filter = readTextFilter(parameters);
  const all = childrenOf(snapshot, ordinal);
  const { end, first } = analysis.graph.edgeRangeOf(ordinal);
  const filterKey = `${all.key} ${filter?.key}`;
  const list =
    filter === null
      ? all
      : await snapshot.keepList(filterKey, async () => {
          const { nameByEdge, targetByEdge, typeByEdge } = analysis.graph.columns;
          const criteria = {
            columns: { nameByEdge, targetByEdge, typeByEdge },
            numberedTypes: snapshot.numberedTypes,
            query: filter.query,
            name: await snapshot.nameCriterion(filter),
            first,
            end,
          };
          const found = await snapshot.tasks.runFilter('selectEdges', criteria, end - first, filter);
          return narrowed(all, found, filterKey);
        });
  const { positions, ...place } = await snapshot.page(list, sort, readPage(parameters));
  const rows = Array.from(positions, (position) => {
    const target = list.nodes[position];
    const edge = new EdgeView(analysis.graph, list.edges![position]);
    return edgeRow(analysis, edge, target, isEssentialEdge(analysis, ordinal, target, edge.ordinal));
  });
  return { ...place, rows };
};

function ascending(first: number, end: number): Uint32Array {
  const values = new Uint32Array(end - first);
  for (let i = 0; i < values.length; i++) values[i] = first + i;
  return values;
}

function childrenOf({ analysis }: LoadedSnapshot, ordinal: number): RowList {
  const { graph } = analysis;
  const { end, first } = graph.edgeRangeOf(ordinal);
  return {
    key: `children ${ordinal}`,
    nodes: rowsOf(graph.columns, 'targetByEdge', first, end).subarray(first, end),
    edges: ascending(first, end),
  };
}

/** What points to an object. */
export const listRetainers: RouteHandler<'retainers'> = async (context, parameters) => {
  const snapshot = snapshotOf(context, parameters);
  const { analysis } = snapshot;
  const ordinal = objectOf(analysis, parameters);
  const sort = readSort(parameters, RETAINER_COLUMNS, 'distance');
  const entries = analysis.retainerEntriesOf(ordinal);
  const list: RowList = { key: `retainers ${ordinal}`, nodes: entries, hasEntries: true };
  const { positions, ...place } = await snapshot.page(list, sort, readPage(parameters));
  const edges = edgesOfEntries(analysis, ordinal, positions);
  const rows = Array.from(positions, (position, i) => {
    const edge = new EdgeView(analysis.graph, edges[i]);
    return edgeRow(analysis, edge, sourceOf(entries[position]), isEssentialEntry(entries[position]));
  });
  return { ...place, rows };
};

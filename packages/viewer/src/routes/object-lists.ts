import type { ObjectColumn, ObjectPage } from '../api/index.js';
import type { Parameters } from '../http/parameters.js';
import type { NodeCriteria } from '../kernels/select-nodes.js';
import { objectRow } from '../lists/object-rows.js';
import { readPage, readSort } from '../lists/paging.js';
import { narrowed, type RowList } from '../lists/row-list.js';
import type { TextFilter } from '../lists/text-filter.js';
import type { LoadedSnapshot } from '../snapshots/loaded-snapshot.js';
import { objectOf, typeOf } from './viewer-context.js';

const COLUMNS: readonly ObjectColumn[] = ['name', 'id', 'shallowSize', 'retainedSize', 'distance', 'file'];

/** A page of a list of objects, sorted as the request wants it; and where the object stands that it looks for. */
export async function answerObjects(
  snapshot: LoadedSnapshot,
  list: RowList,
  parameters: Parameters,
  fallback: ObjectColumn = 'retainedSize',
): Promise<ObjectPage> {
  const sort = readSort(parameters, COLUMNS, fallback);
  const { positions, ...place } = await snapshot.page(list, sort, readPage(parameters));
  const rows = Array.from(positions, (position) => objectRow(snapshot.analysis, list.nodes[position]));
  if (!parameters.has('find')) return { ...place, rows };
  const wanted = objectOf(snapshot.analysis, parameters, 'find');
  return { ...place, rows, position: await snapshot.placeOf(list, sort, wanted) };
}

/** What a request may narrow a list of objects to. */
export interface ObjectFilters {
  readonly type: number | undefined;
  readonly minSize: number;
  readonly text: TextFilter | null;
}

export function readObjectFilters(
  snapshot: LoadedSnapshot,
  parameters: Parameters,
  text: TextFilter | null,
): ObjectFilters {
  return {
    type: typeOf(snapshot.analysis, parameters),
    minSize: parameters.optionalInteger('minSize') ?? 0,
    text,
  };
}

/** Objects of a list that meet all filters; without a list, of all objects that have a shallow size. */
export function filteredObjects(
  snapshot: LoadedSnapshot,
  list: RowList | null,
  filters: ObjectFilters,
): Promise<RowList> {
  const { minSize, text, type } = filters;
  const isUnfiltered = minSize === 0 && type === undefined && text === null;
  if (list !== null && isUnfiltered) return Promise.resolve(list);
  const key = `${list?.key ?? 'all'} ${type ?? ''} ${minSize} ${text?.key ?? ''}`;
  return snapshot.keepList(key, async () => {
    const criteria = await criteriaOf(snapshot, list, filters);
    const rows = list?.nodes.length ?? snapshot.analysis.graph.nodeCount;
    const positions = await snapshot.tasks.runFilter('selectNodes', criteria, rows, text);
    return list === null ? { key, nodes: positions } : narrowed(list, positions, key);
  });
}

async function criteriaOf(
  snapshot: LoadedSnapshot,
  list: RowList | null,
  { minSize, text, type }: ObjectFilters,
): Promise<NodeCriteria> {
  const { columns, graph } = snapshot.analysis;
  const isWanted = Uint8Array.from(graph.meta.nodeTypes, (_, i) => (i === type ? 1 : 0));
  return {
    nodes: list?.nodes,
    nodeCount: graph.nodeCount,
    // a list has been made with its own idea of what belongs to it
    shallowSizeByNode: list === null ? columns.shallowSizeByNode : undefined,
    types: type === undefined ? undefined : { typeByNode: graph.columns.typeByNode, isWanted },
    minSize: minSize === 0 ? undefined : { retainedSizeByNode: columns.retainedSizeByNode, bytes: minSize },
    name: text === null ? undefined : await snapshot.nameCriterion(text),
  };
}

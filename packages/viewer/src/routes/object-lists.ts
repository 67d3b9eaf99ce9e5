import type { ObjectColumn, ObjectPage } from '../api/index.js';
import type { Parameters } from '../http/parameters.js';
import type { NodeCriteria } from '../kernels/select-nodes.js';
import { objectRow } from '../lists/object-rows.js';
import { readPage, readSort } from '../lists/paging.js';
import { narrowed, type RowList } from '../lists/row-list.js';
import type { TextFilter } from '../lists/text-filter.js';
import type { LoadedSnapshot } from '../snapshots/loaded-snapshot.js';
import { typeOf } from './viewer-context.js';

const COLUMNS: readonly ObjectColumn[] = ['name', 'id', 'shallowSize', 'retainedSize', 'distance', 'file'];

/** A page of a list of objects, sorted as the request wants it. */
export async function answerObjects(
  snapshot: LoadedSnapshot,
  list: RowList,
  parameters: Parameters,
  fallback: ObjectColumn = 'retainedSize',
): Promise<ObjectPage> {
  const sort = readSort(parameters, COLUMNS, fallback);
  const { positions, ...place } = await snapshot.page(list, sort, readPage(parameters));
  const rows = Array.from(positions, (position) => objectRow(snapshot.analysis, list.nodes[position]));
  return { ...place, rows };
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

/** Objects that meet all filters: of a list, or of the whole snapshot those that have a shallow size. */
export function filteredObjects(
  snapshot: LoadedSnapshot,
  key: string,
  within: { readonly list?: RowList; readonly class?: number },
  filters: ObjectFilters,
): Promise<RowList> {
  const { list } = within;
  const { minSize, text, type } = filters;
  const isUnfiltered = minSize === 0 && type === undefined && text === null;
  if (list !== undefined && isUnfiltered) return Promise.resolve(list);
  const fullKey = `${key} ${type ?? ''} ${minSize} ${text?.key ?? ''}`;
  return snapshot.keepList(fullKey, async () => {
    const criteria = criteriaOf(snapshot, within, filters);
    const rows = list?.nodes.length ?? snapshot.analysis.graph.nodeCount;
    const positions = await snapshot.tasks.runFilter('selectNodes', criteria, rows, text);
    return list === undefined ? { key: fullKey, nodes: positions } : narrowed(list, positions, fullKey);
  });
}

function criteriaOf(
  { analysis }: LoadedSnapshot,
  { class: classOrdinal, list }: { readonly list?: RowList; readonly class?: number },
  { minSize, text, type }: ObjectFilters,
): NodeCriteria {
  const { columns, graph } = analysis;
  return {
    nodes: list?.nodes,
    nodeCount: graph.nodeCount,
    // a list has been made with its own idea of what belongs to it
    shallowSizeByNode: list === undefined ? columns.shallowSizeByNode : undefined,
    class:
      classOrdinal === undefined ? undefined : { classByNode: columns.classByNode, ordinal: classOrdinal },
    types:
      type === undefined
        ? undefined
        : {
            typeByNode: graph.columns.typeByNode,
            isWanted: Uint8Array.from(graph.meta.nodeTypes, (_, i) => (i === type ? 1 : 0)),
          },
    minSize: minSize === 0 ? undefined : { retainedSizeByNode: columns.retainedSizeByNode, bytes: minSize },
    name: text === null ? undefined : { columns: graph.columns, query: text.query },
  };
}

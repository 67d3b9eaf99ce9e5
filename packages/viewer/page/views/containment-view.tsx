import type { JSX } from 'preact';
import { FilterField } from '../controls/filter-field.js';
import { ViewHead } from '../controls/view-head.js';
import { figureColumns, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow, objectOfRow } from '../rows/heap-row.js';
import { HeapTable } from '../rows/heap-table.js';
import { edgePage, objectSorting } from '../rows/object-pages.js';
import { selectedObject } from '../rows/selection.js';
import { client } from '../server/client.js';
import type { ViewProps } from '../shell/view-components.js';
import { filterRequest } from '../state/filter-text.js';
import { goTo, here } from '../state/navigation.js';
import { REVEAL_FORM, type Sorting } from '../state/place.js';
import type { RowSource } from '../table/row-tree.js';
import { useReveal } from '../table/use-reveal.js';
import { useTable } from '../table/use-table.js';

/** What the roots point to, edge by edge. */
export function ContainmentView({ snapshot, facts }: ViewProps): JSX.Element {
  const { sorting, filter, form } = here();
  const key = JSON.stringify(['containment', snapshot, sorting, filter]);
  const model = useTable(key, () => containmentSource(snapshot, facts.root, sorting, filter));
  const selected = selectedObject();
  useReveal(
    model,
    form === REVEAL_FORM && selected !== null,
    () => positionsOfPath(snapshot, facts.root, selected!.object),
    { form: '' },
  );
  return (
    <>
      <ViewHead facts={sorting === null ? 'in the order of the file' : ''}>
        <FilterField label="Filter roots" />
        {sorting !== null && (
          <button type="button" class="button" onClick={() => goTo({ sorting: null })}>
            Order of the file
          </button>
        )}
      </ViewHead>
      <HeapTable
        model={model}
        label="Objects by the edges from the roots"
        columns={[nameColumn('Object'), ...figureColumns(facts.totalSize)]}
        sorting={sorting}
        empty="No root passes this filter."
      />
    </>
  );
}

function containmentSource(
  snapshot: number,
  root: number,
  sorting: Sorting | null,
  filter: string,
): RowSource<HeapRow> {
  return {
    keyOf: keyOfRow,
    canExpand: (row) => (objectOfRow(row)?.edgeCount ?? 0) > 0,
    async load(parent, offset, limit, signal) {
      const object = parent === null ? root : objectOfRow(parent)!.ordinal;
      const request = {
        snapshot,
        object,
        offset,
        limit,
        ...(sorting !== null && objectSorting(sorting)),
        ...(parent === null && filterRequest(filter)),
      };
      return edgePage(await client.get('children', request, { signal }), snapshot);
    },
  };
}

/**
 * The shortest way from the roots down to the object, in positions among the edges. Edges stand one behind the other in the file: the number of an edge less that of the first is its
 * position.
 */
async function positionsOfPath(
  snapshot: number,
  root: number,
  object: number | string,
): Promise<number[] | null> {
  const { paths } = await client.get('paths', { snapshot, object, count: 1 });
  const path = paths[0];
  if (path === undefined || path.start.ordinal !== root) return null;
  const sources = [root, ...path.steps.slice(0, -1).map(({ ordinal }) => ordinal)];
  return Promise.all(
    path.steps.map(async ({ edge }, i) => {
      const { rows } = await client.get('children', { snapshot, object: sources[i], limit: 1 });
      return edge - rows[0].edge;
    }),
  );
}

import type { JSX } from 'preact';
import { DominatorChart } from '../charts/dominator-chart.js';
import { Segments } from '../controls/choice.js';
import { ViewHead } from '../controls/view-head.js';
import { figureColumns, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow, objectOfRow } from '../rows/heap-row.js';
import { HeapTable } from '../rows/heap-table.js';
import { objectPage, objectSorting } from '../rows/object-pages.js';
import { selectedObject } from '../rows/selection.js';
import { client } from '../server/client.js';
import type { ViewProps } from '../shell/view-components.js';
import { goTo, here } from '../state/navigation.js';
import { REVEAL_FORM, type Sorting } from '../state/place.js';
import type { RowSource } from '../table/row-tree.js';
import { useReveal } from '../table/use-reveal.js';
import { useTable } from '../table/use-table.js';

const BY_RETAINED_SIZE: Sorting = { column: 'retainedSize', descending: true };
const CHART = 'chart';

/** What would be freed with what: as a tree, and drawn. */
export function DominatorsView(props: ViewProps): JSX.Element {
  const { form } = here();
  return (
    <>
      <ViewHead>
        <Segments
          label="Form"
          value={form === CHART ? CHART : 'tree'}
          options={[
            ['tree', 'Tree'],
            [CHART, 'Chart'],
          ]}
          onChoose={(chosen) => goTo({ form: chosen === CHART ? CHART : '' })}
        />
      </ViewHead>
      {form === CHART ? <DominatorChart {...props} /> : <DominatorTable {...props} />}
    </>
  );
}

function DominatorTable({ snapshot, facts }: ViewProps): JSX.Element {
  const { form, sorting: wanted } = here();
  const sorting = wanted ?? BY_RETAINED_SIZE;
  const key = JSON.stringify(['dominators', snapshot, sorting]);
  const model = useTable(key, () => dominatorSource(snapshot, facts.root, sorting));
  const selected = selectedObject();
  useReveal(
    model,
    form === REVEAL_FORM && selected !== null,
    () => positionsOfChain(snapshot, selected!.object, sorting),
    { form: '' },
  );
  return (
    <HeapTable
      model={model}
      label="Objects by what keeps them alive"
      columns={[nameColumn('Object'), ...figureColumns(facts.totalSize)]}
      sorting={sorting}
      empty="The root dominates nothing."
    />
  );
}

function dominatorSource(snapshot: number, root: number, sorting: Sorting): RowSource<HeapRow> {
  return {
    keyOf: keyOfRow,
    canExpand: (row) => (objectOfRow(row)?.dominatedCount ?? 0) > 0,
    async load(parent, offset, limit, signal) {
      const object = parent === null ? root : objectOfRow(parent)!.ordinal;
      const request = { snapshot, object, offset, limit, ...objectSorting(sorting) };
      return objectPage(await client.get('dominated', request, { signal }), snapshot);
    },
  };
}

/** Where the object's dominators stand among those that their own dominator has, from the root's down. */
async function positionsOfChain(
  snapshot: number,
  object: number | string,
  sorting: Sorting,
): Promise<number[] | null> {
  const { rows, leftOut } = await client.get('dominator-chain', { snapshot, object });
  const positions: number[] = [];
  // of a long chain the server leaves out the middle: what stands before it is one piece
  const known = leftOut > 0 ? rows.length / 2 : rows.length;
  for (let i = 1; i < known; i++) {
    const request = { snapshot, object: rows[i - 1].ordinal, find: rows[i].ordinal, limit: 1 };
    const { position } = await client.get('dominated', { ...request, ...objectSorting(sorting) });
    if (position == null) break;
    positions.push(position);
  }
  return positions;
}

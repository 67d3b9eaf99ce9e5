import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Message } from '../controls/messages.js';
import { figureColumns, nameColumn } from '../rows/heap-columns.js';
import { type HeapRow, keyOfRow, objectOfRow } from '../rows/heap-row.js';
import { edgePage, loadFields, objectSorting } from '../rows/object-pages.js';
import { selectRow } from '../rows/selection.js';
import { client } from '../server/client.js';
import type { Sorting } from '../state/place.js';
import { currentSnapshot } from '../state/snapshots.js';
import { TreeTable } from '../table/tree-table.js';
import { useTable } from '../table/use-table.js';
import type { PaneProps } from './details-pane.js';

const BY_DISTANCE: Sorting = { column: 'distance', descending: false };

/** What points to the object, and what points to that, up to the roots. */
export function RetainersTable({ object, snapshot }: PaneProps): JSX.Element {
  const [sorting, setSorting] = useState(BY_DISTANCE);
  const model = useTable(JSON.stringify(['retainers', snapshot, object.ordinal, sorting]), () => ({
    keyOf: keyOfRow,
    canExpand: (row) => (objectOfRow(row)?.retainerCount ?? 0) > 0,
    async load(parent, offset, limit, signal) {
      const { sort, order } = objectSorting(sorting);
      const request = {
        snapshot,
        object: parent === null ? object.ordinal : objectOfRow(parent)!.ordinal,
        offset,
        limit,
        ...(sort !== 'name' && { sort, order }),
      };
      return edgePage(await client.get('retainers', request, { signal }), snapshot);
    },
  }));
  return (
    <TreeTable
      model={model}
      label="Retainers"
      columns={[
        nameColumn('Held by', { direction: 'from', isSortable: false }),
        ...figureColumns(wholeHeap()),
      ]}
      sorting={sorting}
      onSort={setSorting}
      onOpen={select}
      empty={<Message>Nothing points to this object.</Message>}
    />
  );
}

/** What the object points to. */
export function ContentsTable({ object, snapshot }: PaneProps): JSX.Element {
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const model = useTable(JSON.stringify(['contents', snapshot, object.ordinal, sorting]), () => ({
    keyOf: keyOfRow,
    canExpand: (row) => (objectOfRow(row)?.edgeCount ?? 0) > 0,
    load: (parent, offset, limit, signal) =>
      loadFields(parent === null ? object : objectOfRow(parent)!, snapshot, sorting, offset, limit, signal),
  }));
  return (
    <TreeTable
      model={model}
      label="Contents"
      columns={[nameColumn('Edge and object'), ...figureColumns(wholeHeap())]}
      sorting={sorting}
      onSort={setSorting}
      onOpen={select}
      empty={<Message>This object points to nothing.</Message>}
    />
  );
}

function select(row: HeapRow): void {
  selectRow(row, 'click');
}

function wholeHeap(): number {
  return currentSnapshot.value?.facts?.totalSize ?? 0;
}

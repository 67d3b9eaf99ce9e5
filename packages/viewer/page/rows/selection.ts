import { adjust, goTo, here } from '../state/navigation.js';
import { currentSnapshot } from '../state/snapshots.js';
import { type HeapRow, objectOfRow } from './heap-row.js';

/** What was selected last, by its ordinal: the only name of an object where a producer repeats ids. */
let lastSelected = { snapshot: -1, id: -1, ordinal: -1 };

/** Selects the object of a row; a click is a step in the history, moving by keys is none. */
export function selectRow(row: HeapRow, how: 'click' | 'keys'): void {
  const object = objectOfRow(row);
  if (object === null) return;
  const snapshot = 'snapshot' in row ? row.snapshot : 0;
  selectObject({ id: object.id, ordinal: object.ordinal, snapshot }, how);
}

export function selectObject(
  selected: { readonly id: number; readonly ordinal: number; readonly snapshot: number },
  how: 'click' | 'keys' = 'click',
): void {
  lastSelected = selected;
  const isOfPage = selected.snapshot === currentSnapshot.value?.snapshot;
  const change = { object: selected.id, objectIn: isOfPage ? null : selected.snapshot };
  if (how === 'click') goTo(change);
  else adjust(change);
}

/** The snapshot that the selected object is of: a comparison shows those of two. */
export function snapshotOfSelection(): number | null {
  return here().objectIn ?? currentSnapshot.value?.snapshot ?? null;
}

/** How requests name the selected object; `null` where there is none. */
export function selectedObject(): { readonly snapshot: number; readonly object: number | string } | null {
  const id = here().object;
  const snapshot = snapshotOfSelection();
  if (id === null || snapshot === null) return null;
  const isLast = lastSelected.snapshot === snapshot && lastSelected.id === id;
  return { snapshot, object: isLast ? lastSelected.ordinal : `@${id}` };
}

/** Whether a row is about the selected object. */
export function isSelectedRow(row: HeapRow): boolean {
  const object = objectOfRow(row);
  if (object === null || object.id !== here().object) return false;
  return 'snapshot' in row && row.snapshot === snapshotOfSelection();
}

import { useEffect, useRef } from 'preact/hooks';
import type { RowSource } from './row-tree.js';
import { TableModel } from './table-model.js';

/** Tables that were left, with what was open in them. */
const MAX_KEPT = 8;
const kept = new Map<string, unknown>();

/**
 * The table of that key: as it was left, if it was shown lately, so that the way back finds it. `key` has all that its rows
 * depend on.
 */
export function useTable<Row, Totals = unknown>(
  key: string,
  createSource: (onTotals: (totals: Totals) => void) => RowSource<Row>,
): TableModel<Row, Totals> {
  const shown = useRef<{ key: string; model: TableModel<Row, Totals> } | null>(null);
  if (shown.current?.key !== key) shown.current = { key, model: modelOf(key, createSource) };
  const { model } = shown.current;
  useEffect(() => model.tree.retry(), [model]);
  return model;
}

function modelOf<Row, Totals>(
  key: string,
  createSource: (onTotals: (totals: Totals) => void) => RowSource<Row>,
): TableModel<Row, Totals> {
  // a key is made by one view only, whose rows are always of one type
  const model = (kept.get(key) as TableModel<Row, Totals> | undefined) ?? new TableModel(createSource);
  kept.delete(key);
  kept.set(key, model);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(oldest);
  }
  return model;
}

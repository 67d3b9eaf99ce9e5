import type {
  AllocationSiteRow,
  AllocationTreeRow,
  ClassRow,
  ComparisonRow,
  DuplicateStringsRow,
  EdgeRow,
  ObjectRow,
  TrendRow,
} from '../../src/api/index.js';

/** What the lines of tables are about. */
export type HeapRow =
  | ObjectItem
  | EdgeItem
  | ClassItem
  | ComparisonItem
  | ChangeItem
  | StringsItem
  | SiteItem
  | CallItem
  | TrendItem;

interface ObjectItem {
  readonly kind: 'object';
  readonly object: ObjectRow;
  readonly snapshot: number;
  /** In a comparison. */
  readonly change?: 'added' | 'removed';
}

/** An object, and the edge by which its parent in the tree leads to it, or it to its parent. */
interface EdgeItem {
  readonly kind: 'edge';
  readonly object: EdgeRow;
  readonly snapshot: number;
}

interface ClassItem {
  readonly kind: 'class';
  readonly class: ClassRow;
  readonly snapshot: number;
}

interface ComparisonItem {
  readonly kind: 'comparison';
  readonly row: ComparisonRow;
}

/** The new objects of a class, or the deleted ones. */
interface ChangeItem {
  readonly kind: 'change';
  readonly row: ComparisonRow;
  readonly change: 'added' | 'removed';
}

interface StringsItem {
  readonly kind: 'strings';
  readonly group: DuplicateStringsRow;
}

interface SiteItem {
  readonly kind: 'site';
  readonly site: AllocationSiteRow;
}

interface CallItem {
  readonly kind: 'call';
  readonly call: AllocationTreeRow;
}

interface TrendItem {
  readonly kind: 'trend';
  readonly row: TrendRow;
}

/** Tells a row from its siblings. */
export function keyOfRow(row: HeapRow): string {
  switch (row.kind) {
    case 'object':
      return `o${row.object.ordinal}`;
    case 'edge':
      return `e${row.object.edge}`;
    case 'class':
      return `c${row.class.ordinal}`;
    case 'comparison':
      return `r${row.row.row}`;
    case 'change':
      return row.change;
    case 'strings':
      return `s${row.group.group}`;
    case 'site':
      return `f${row.site.site}`;
    case 'call':
      return `n${row.call.node}`;
    case 'trend':
      return `t${row.row.row}`;
  }
}

/** The object that a row is about; `null` of classes and the like. */
export function objectOfRow(row: HeapRow): ObjectRow | null {
  return row.kind === 'object' || row.kind === 'edge' ? row.object : null;
}

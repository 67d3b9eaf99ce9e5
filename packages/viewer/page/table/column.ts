import type { ComponentChild } from 'preact';

/** A column of a table, the first one is that of the tree. */
export interface Column<Row> {
  /** What the server and the address call it. */
  readonly name: string;
  readonly title: string;
  /** What it means, in a sentence. */
  readonly hint?: string;
  /** A track of a CSS grid. */
  readonly width: string;
  readonly isNumber?: boolean;
  readonly isSortable?: boolean;
  cell(row: Row): ComponentChild;
  /** The whole of what the cell cuts or rounds. */
  tooltip?(row: Row): string | undefined;
}

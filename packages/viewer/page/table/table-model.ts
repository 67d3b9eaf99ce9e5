import { RowTree, type RowSource } from './row-tree.js';
import { ScrollPosition } from './row-window.js';

/** Height of a line in CSS pixels; `styles/table.css` has the same. */
export const ROW_HEIGHT = 24;

/** A table with where somebody is in it, so that coming back finds it as it was left. */
export class TableModel<Row> {
  readonly tree: RowTree<Row>;
  readonly scroll = new ScrollPosition(ROW_HEIGHT);
  /** The line that keys move from, and the path of its row, which stays when lines above it open. */
  #activeNumber = 0;
  #activePath = '';

  constructor(source: RowSource<Row>) {
    this.tree = new RowTree(source);
  }

  /** The line that keys move from. */
  get active(): number {
    if (this.#activePath !== '') {
      const number = this.tree.numberOf(this.#activePath);
      if (number !== null) this.#activeNumber = number;
    }
    return Math.max(0, Math.min(this.#activeNumber, this.tree.lineCount - 1));
  }

  activate(number: number): void {
    this.#activeNumber = number;
    this.#activePath = this.tree.lineAt(number)?.path ?? '';
  }
}

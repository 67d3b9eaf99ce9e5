import { type Signal, signal } from '@preact/signals';
import { type RowSource, RowTree } from './row-tree.js';
import { ScrollPosition } from './row-window.js';

/** Height of a line in CSS pixels; `styles/table.css` has the same. */
export const ROW_HEIGHT = 24;

/** A table with where somebody is in it, so that coming back finds it as it was left. */
export class TableModel<Row, Totals = unknown> {
  /** What the server said about the whole list; `null` until it has. */
  readonly totals: Signal<Totals | null> = signal(null);
  readonly tree: RowTree<Row>;
  readonly scroll = new ScrollPosition(ROW_HEIGHT);
  /** The line that keys move from, and the path of its row, which stays when lines above it open. */
  #activeNumber = 0;
  #activePath = '';

  constructor(createSource: (onTotals: (totals: Totals) => void) => RowSource<Row>) {
    const onTotals = (totals: Totals): void => {
      this.totals.value = totals;
    };
    this.tree = new RowTree(createSource(onTotals));
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

  /** Opens rows downwards by their positions among their siblings, and brings the last one into view. */
  async reveal(positions: readonly number[], signal: AbortSignal): Promise<void> {
    const number = await this.tree.reveal(positions);
    if (number === null || signal.aborted) return;
    this.activate(number);
    this.scroll.show(number, 'middle');
    this.tree.onChange();
  }
}

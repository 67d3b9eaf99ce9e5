import type { TableModel } from './table-model.js';

/** What a key did in a table. */
export type KeyEffect = 'moved' | 'changed' | 'opened' | 'none';

/** Keys of a treegrid as ARIA's authoring practices have them, on the active line. */
export function pressKey<Row>(model: TableModel<Row>, key: string): KeyEffect {
  const { tree } = model;
  const active = model.active;
  const line = tree.lineAt(active);
  switch (key) {
    case 'ArrowDown':
      return moveTo(model, active + 1);
    case 'ArrowUp':
      return moveTo(model, active - 1);
    case 'PageDown':
      return moveTo(model, active + model.scroll.linesPerView);
    case 'PageUp':
      return moveTo(model, active - model.scroll.linesPerView);
    case 'Home':
      return moveTo(model, 0);
    case 'End':
      return moveTo(model, tree.lineCount - 1);
    case 'ArrowRight':
      if (line?.isExpanded) return moveTo(model, active + 1);
      if (!line?.canExpand) return 'none';
      tree.expand(active);
      return 'changed';
    case 'ArrowLeft': {
      if (line?.isExpanded) {
        tree.collapse(active);
        return 'changed';
      }
      const parent = tree.parentOf(active);
      return parent === null ? 'none' : moveTo(model, parent);
    }
    case 'Enter':
      return line?.row == null ? 'none' : 'opened';
    default:
      return 'none';
  }
}

function moveTo<Row>(model: TableModel<Row>, number: number): KeyEffect {
  const target = Math.max(0, Math.min(number, model.tree.lineCount - 1));
  if (target === model.active || model.tree.lineCount === 0) return 'none';
  model.activate(target);
  model.scroll.show(target);
  return 'moved';
}

import type { HeapAnalysis } from '@heapstream/dominators';
import { escapeMarkup } from './escape-markup.js';
import type { NumberFormat } from './number-format.js';

const WIDTH = 1000;
const ROW_HEIGHT = 20;
const MAX_DEPTH = 12;
/** Share of the heap from which an object has a box of its own. */
const LEAST_SHARE = 0.005;
/** Pixels of a box from which its name is written into it, and of a letter of it. */
const LABELLED_WIDTH = 60;
const LETTER_WIDTH = 7;

interface Box {
  readonly ordinal: number;
  readonly depth: number;
  /** Where it begins, as a share of the heap. */
  readonly start: number;
}

/**
 * The dominator tree as boxes: as wide as the share of the heap that the object retains, below the object that holds it.
 * `marked` are the ids of objects to point out. A pass over the dominated nodes of each object that has a box.
 */
export function retainedIcicle(
  analysis: HeapAnalysis,
  marked: ReadonlySet<number>,
  format: NumberFormat,
): string {
  const { graph } = analysis;
  const total = analysis.retainedSizeOf(graph.rootOrdinal);
  if (total === 0) return '';
  const boxes: Box[] = [{ ordinal: graph.rootOrdinal, depth: 0, start: 0 }];
  for (let at = 0; at < boxes.length; at++) {
    const { depth, ordinal, start } = boxes[at];
    if (depth + 1 === MAX_DEPTH) continue;
    let next = start;
    for (const child of largeChildren(analysis, ordinal, total * LEAST_SHARE)) {
      boxes.push({ ordinal: child, depth: depth + 1, start: next });
      next += analysis.retainedSizeOf(child) / total;
    }
  }
  const height = (Math.max(...boxes.map(({ depth }) => depth)) + 1) * ROW_HEIGHT;
  const drawn = boxes.map(({ depth, ordinal, start }) => {
    const node = graph.node(ordinal);
    const name = node.name || (ordinal === graph.rootOrdinal ? '(root)' : node.className);
    const size = analysis.retainedSizeOf(ordinal);
    const width = (size / total) * WIDTH;
    const x = (start * WIDTH).toFixed(1);
    const y = depth * ROW_HEIGHT;
    const title = `${name} @${node.id}: ${format.size(size)}, ${((size / total) * 100).toFixed(1)} %`;
    const letters = Math.floor(width / LETTER_WIDTH);
    const label =
      width < LABELLED_WIDTH
        ? ''
        : `<text x="${(start * WIDTH + 4).toFixed(1)}" y="${y + 14}">${escapeMarkup(name.slice(0, letters))}</text>`;
    const kind = marked.has(node.id) ? 'box found' : 'box';
    return `<g><title>${escapeMarkup(title)}</title><rect class="${kind}" x="${x}" y="${y}" width="${width.toFixed(1)}" height="${ROW_HEIGHT - 1}"></rect>${label}</g>`;
  });
  return `<svg role="img" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${drawn.join('\n')}</svg>`;
}

/** Immediately dominated nodes of at least so many bytes, the largest first. */
function largeChildren({ columns }: HeapAnalysis, ordinal: number, least: number): number[] {
  const { dominatedNodes, firstDominatedByNode, retainedSizeByNode } = columns;
  const children: number[] = [];
  for (let i = firstDominatedByNode[ordinal]; i < firstDominatedByNode[ordinal + 1]; i++) {
    const child = dominatedNodes[i];
    if (retainedSizeByNode[child] >= least) children.push(child);
  }
  return children.sort((a, b) => retainedSizeByNode[b] - retainedSizeByNode[a] || a - b);
}

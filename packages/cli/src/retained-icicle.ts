import { NODE_TYPE } from '@heapstream/core';
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

/** Share of an object from which the one that it holds is much the same: the way from one to the other is left out. */
const SAME_SHARE = 0.9;

/** What an object keeps its parts in says less than the object. */
const PART_TYPES = new Set<string>([NODE_TYPE.array, NODE_TYPE.hidden]);

interface Box {
  readonly ordinal: number;
  /** Whose name the box has: the object, or the one that it is a part of. */
  readonly shown: number;
  readonly depth: number;
  /** Objects between it and the one above that are left out. */
  readonly skipped: number;
  /** Where it begins, as a share of the heap. */
  readonly start: number;
}

/**
 * The dominator tree as boxes: as wide as the share of the heap that the object retains, below the object that holds it.
 * `marked` are the ids of objects to point out. Of chains of objects that retain much the same, the last has a box. A
 * pass over the dominated nodes of each object of a chain or box.
 */
export function retainedIcicle(
  analysis: HeapAnalysis,
  marked: ReadonlySet<number>,
  format: NumberFormat,
): string {
  const { graph } = analysis;
  const total = analysis.retainedSizeOf(graph.rootOrdinal);
  if (total === 0) return '';
  const boxes: Box[] = [
    { ordinal: graph.rootOrdinal, shown: graph.rootOrdinal, depth: 0, skipped: 0, start: 0 },
  ];
  for (let at = 0; at < boxes.length; at++) {
    const { depth, ordinal, start } = boxes[at];
    if (depth + 1 === MAX_DEPTH) continue;
    let next = start;
    for (const child of largeChildren(analysis, ordinal, total * LEAST_SHARE)) {
      const end = endOfChain(analysis, child, total * LEAST_SHARE, marked);
      boxes.push({ ...end, depth: depth + 1, start: next });
      next += analysis.retainedSizeOf(child) / total;
    }
  }
  const height = (Math.max(...boxes.map(({ depth }) => depth)) + 1) * ROW_HEIGHT;
  const drawn = boxes.map(({ depth, ordinal, shown, skipped, start }) => {
    const node = graph.node(shown);
    const name = node.name || (ordinal === graph.rootOrdinal ? '(root)' : node.className);
    const size = analysis.retainedSizeOf(ordinal);
    const width = (size / total) * WIDTH;
    const x = (start * WIDTH).toFixed(1);
    const y = depth * ROW_HEIGHT;
    const leftOut = skipped === 0 ? '' : ` (left out above: ${format.count(skipped)})`;
    const title = `${name} @${node.id}: ${format.size(size)}, ${((size / total) * 100).toFixed(1)} %${leftOut}`;
    const letters = Math.floor(width / LETTER_WIDTH);
    const label =
      width < LABELLED_WIDTH
        ? ''
        : `<text class="inside" x="${(start * WIDTH + 4).toFixed(1)}" y="${y + 14}">${escapeMarkup(name.slice(0, letters))}</text>`;
    const kind = marked.has(node.id) ? 'box found' : 'box';
    return `<g><title>${escapeMarkup(title)}</title><rect class="${kind}" x="${x}" y="${y}" width="${width.toFixed(1)}" height="${ROW_HEIGHT - 1}"></rect>${label}</g>`;
  });
  return `<svg role="img" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${drawn.join('\n')}</svg>`;
}

/** Where a chain ends: at an object to point out, or at one that holds several things, or nothing large. */
function endOfChain(
  analysis: HeapAnalysis,
  first: number,
  least: number,
  marked: ReadonlySet<number>,
): Pick<Box, 'ordinal' | 'shown' | 'skipped'> {
  let ordinal = first;
  let shown = first;
  for (let skipped = 0; ; skipped++) {
    const { id, type } = analysis.graph.node(ordinal);
    if (!PART_TYPES.has(type)) shown = ordinal;
    const isMarked = marked.has(id);
    const [largest] = isMarked ? [] : largeChildren(analysis, ordinal, least);
    const isEnd =
      largest === undefined ||
      analysis.retainedSizeOf(largest) < analysis.retainedSizeOf(ordinal) * SAME_SHARE;
    if (isEnd) return { ordinal, shown, skipped };
    ordinal = largest;
  }
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

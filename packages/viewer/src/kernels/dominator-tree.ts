import { scatteredRowsOf } from '@heapstream/core';
import type { HeapAnalysis } from '@heapstream/dominators';
import type { DominatorTreeNode } from '../api/index.js';
import { cutText, readName } from '../lists/short-text.js';
import { adoptAnalysis, type SharedAnalysis } from './shared-analysis.js';

export interface TreeExtent {
  /** Levels below the root of the tree. */
  readonly depth: number;
  /** Share of the root's retained size that an object must retain. */
  readonly minShare: number;
  /** Objects at most, the root among them. */
  readonly limit: number;
}

export interface DominatorTreeInput {
  readonly analysis: SharedAnalysis;
  /** Ordinal of the object that the tree begins with. */
  readonly root: number;
  readonly extent: TreeExtent;
}

/** A node that is shown. */
interface Branch {
  readonly ordinal: number;
  readonly depth: number;
  readonly retainedSize: number;
  readonly children: Branch[];
}

const NAME_LENGTH = 80;

/**
 * The upper part of the dominator tree below an object: the largest objects first, until there are enough. Reads what
 * each shown object immediately dominates.
 */
export function growDominatorTree({ analysis: shared, extent, root }: DominatorTreeInput): DominatorTreeNode {
  const analysis = adoptAnalysis(shared);
  const { depth: maxDepth, limit, minShare } = extent;
  const retainedSize = analysis.retainedSizeOf(root);
  const top: Branch = { ordinal: root, depth: 0, retainedSize, children: [] };
  const waiting = new WaitingBranches(minShare * retainedSize);
  for (let branch: Branch | undefined = top, room = limit - 1; branch !== undefined; room--) {
    if (branch.depth < maxDepth) waiting.addBelow(analysis, branch, room);
    if (room === 0) break;
    branch = waiting.takeLargest();
  }
  return describe(analysis, top);
}

/** Branches that may be shown next, the smallest first; of equal ones the later in the file. */
class WaitingBranches {
  readonly #minSize: number;
  readonly #branches: { readonly branch: Branch; readonly parent: Branch }[] = [];

  constructor(minSize: number) {
    this.#minSize = minSize;
  }

  /** What the node immediately dominates, as far as it may come to be shown: `room` are left. */
  addBelow(analysis: HeapAnalysis, parent: Branch, room: number): void {
    const waiting = this.#branches;
    const nodes = analysis.childrenOf(parent.ordinal);
    const sizes = scatteredRowsOf(analysis.columns, 'retainedSizeByNode', nodes);
    for (const ordinal of nodes) {
      const retainedSize = sizes[ordinal];
      if (retainedSize < this.#minSize) continue;
      const isFull = waiting.length >= room;
      if (isFull && !(waiting.length > 0 && retainedSize > waiting[0].branch.retainedSize)) continue;
      if (isFull) waiting.shift();
      const branch: Branch = { ordinal, depth: parent.depth + 1, retainedSize, children: [] };
      waiting.splice(this.#placeOf(branch), 0, { branch, parent });
    }
  }

  /** Puts it below its parent. */
  takeLargest(): Branch | undefined {
    const largest = this.#branches.pop();
    largest?.parent.children.push(largest.branch);
    return largest?.branch;
  }

  #placeOf({ ordinal, retainedSize }: Branch): number {
    let low = 0;
    let high = this.#branches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { branch } = this.#branches[middle];
      const isBefore =
        branch.retainedSize < retainedSize ||
        (branch.retainedSize === retainedSize && branch.ordinal > ordinal);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function describe(analysis: HeapAnalysis, branch: Branch): DominatorTreeNode {
  const { children, ordinal, retainedSize } = branch;
  const node = analysis.graph.node(ordinal);
  const shallowSize = analysis.shallowSizeOf(ordinal);
  const shown = children.reduce((sum, child) => sum + child.retainedSize, 0);
  return {
    ordinal,
    id: node.id,
    name: readName(analysis.graph, ordinal, NAME_LENGTH).text,
    className: cutText(node.className, NAME_LENGTH).text,
    type: node.type,
    shallowSize,
    retainedSize,
    children: children.map((child) => describe(analysis, child)),
    rest: {
      count: analysis.childrenOf(ordinal).length - children.length,
      retainedSize: retainedSize - shallowSize - shown,
    },
  };
}

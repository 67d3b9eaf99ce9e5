import { scatteredRowsOf } from '@heapstream/core';
import { type HeapAnalysis, largestNodes } from '@heapstream/dominators';
import type { DominatorTreeNode } from '../api/index.js';
import { cutText, readName } from './short-text.js';

export interface TreeExtent {
  /** Levels below the root of the tree. */
  readonly depth: number;
  /** Share of the root's retained size that an object must retain. */
  readonly minShare: number;
  /** Objects at most, the root among them. */
  readonly limit: number;
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
export function growDominatorTree(
  analysis: HeapAnalysis,
  root: number,
  extent: TreeExtent,
): DominatorTreeNode {
  const top: Branch = { ordinal: root, depth: 0, retainedSize: analysis.retainedSizeOf(root), children: [] };
  const minSize = extent.minShare * top.retainedSize;
  // the largest of those that may come next is last
  const waiting: { readonly branch: Branch; readonly parent: Branch | null }[] = [
    { branch: top, parent: null },
  ];
  let room = extent.limit;
  while (waiting.length > 0 && room > 0) {
    const { branch, parent } = waiting.pop()!;
    parent?.children.push(branch);
    room--;
    if (branch.depth === extent.depth) continue;
    for (const ordinal of childrenOf(analysis, branch.ordinal, minSize, room)) {
      const child: Branch = {
        ordinal,
        depth: branch.depth + 1,
        retainedSize: analysis.retainedSizeOf(ordinal),
        children: [],
      };
      waiting.push({ branch: child, parent: branch });
    }
    waiting.sort(
      (a, b) => a.branch.retainedSize - b.branch.retainedSize || b.branch.ordinal - a.branch.ordinal,
    );
    if (waiting.length > room) waiting.splice(0, waiting.length - room);
  }
  return describe(analysis, top);
}

/** The largest ones of what the node immediately dominates. */
function childrenOf(analysis: HeapAnalysis, ordinal: number, minSize: number, limit: number): Uint32Array {
  const nodes = analysis.childrenOf(ordinal);
  const retainedSizeByNode = scatteredRowsOf(analysis.columns, 'retainedSizeByNode', nodes);
  const { ordinals } = largestNodes(nodes, retainedSizeByNode, { limit });
  return ordinals.filter((child) => retainedSizeByNode[child] >= minSize);
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

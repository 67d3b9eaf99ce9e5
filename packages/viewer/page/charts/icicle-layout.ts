import { hierarchy, partition } from 'd3-hierarchy';
import type { DominatorTreeNode } from '../../src/api/index.js';

/** A box of the drawing: an object over those that it dominates, or the many small ones beside them. */
export interface Box {
  /** `null`: objects that are too small to be drawn, and the size they have together. */
  readonly node: DominatorTreeNode | null;
  readonly count: number;
  readonly retainedSize: number;
  readonly depth: number;
  /** Shares of the width, from 0 to 1. */
  readonly left: number;
  readonly width: number;
  /** Positions in the list of boxes; -1 where there is none. */
  readonly parent: number;
  readonly firstChild: number;
  readonly before: number;
  readonly after: number;
}

interface Part {
  readonly node: DominatorTreeNode | null;
  readonly count: number;
  readonly retainedSize: number;
  readonly children: readonly Part[];
}

/** Places an object and what it dominates: as wide as the share that it retains, below what keeps it alive. */
export function layOutIcicle(tree: DominatorTreeNode): Box[] {
  const root = hierarchy(partOf(tree), ({ children }) => [...children]);
  // own sizes are gaps: a box is wider than what stands below it
  const sized = root.each((part) => {
    (part as { value?: number }).value = part.data.retainedSize;
  });
  const placed = partition<Part>()(sized).descendants();
  const positions = new Map(placed.map((part, position) => [part, position]));
  return placed.map((part) => {
    const siblings = part.parent?.children ?? [part];
    const among = siblings.indexOf(part);
    const positionOf = (other: (typeof placed)[number] | null | undefined): number =>
      other == null ? -1 : positions.get(other)!;
    return {
      node: part.data.node,
      count: part.data.count,
      retainedSize: part.data.retainedSize,
      depth: part.depth,
      left: part.x0,
      width: part.x1 - part.x0,
      parent: positionOf(part.parent),
      firstChild: positionOf(part.children?.[0]),
      before: positionOf(siblings[among - 1]),
      after: positionOf(siblings[among + 1]),
    };
  });
}

function partOf(node: DominatorTreeNode): Part {
  const { children, rest, retainedSize } = node;
  const parts = children.map(partOf);
  if (rest.retainedSize > 0 && children.length > 0) {
    parts.push({ node: null, count: rest.count, retainedSize: rest.retainedSize, children: [] });
  }
  return { node, count: 1, retainedSize, children: parts };
}

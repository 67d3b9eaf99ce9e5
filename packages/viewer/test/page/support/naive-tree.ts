import type { RowSource } from '../../../page/table/row-tree.js';

export interface TreeNode {
  readonly name: string;
  readonly children: readonly TreeNode[];
}

interface VisibleLine {
  readonly node: TreeNode;
  readonly level: number;
  readonly position: number;
}

/** All lines of a tree of which some nodes are open. */
export function visibleLines(root: TreeNode, open: ReadonlySet<TreeNode>, level = 1): VisibleLine[] {
  return root.children.flatMap((node, position) => [
    { node, level, position },
    ...(open.has(node) ? visibleLines(node, open, level + 1) : []),
  ]);
}

/** Serves the tree page by page; `onLoad` is told of every page. */
export function nestedSource(
  root: TreeNode,
  onLoad = (_name: string, _offset: number): void => {},
): RowSource<TreeNode> {
  return {
    canExpand: ({ children }) => children.length > 0,
    keyOf: ({ name }) => name,
    async load(parent, offset, limit) {
      const { children, name } = parent ?? root;
      onLoad(name, offset);
      return { total: children.length, rows: children.slice(offset, offset + limit) };
    },
  };
}

/** A list of so many leaves. */
export function flatTree(count: number): TreeNode {
  return { name: '', children: Array.from({ length: count }, (_, i) => ({ name: String(i), children: [] })) };
}

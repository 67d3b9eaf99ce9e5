import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAGE_SIZE, RowTree } from '../../../page/table/row-tree.js';
import { nestedSource, type TreeNode, visibleLines } from '../support/naive-tree.js';

/** Trees of lists that need several pages, drawn by their sizes. */
const sizes = fc.array(fc.nat({ max: 3 * PAGE_SIZE }), { minLength: 1, maxLength: 5 });
const steps = fc.array(fc.record({ at: fc.nat({ max: 2_000 }), opens: fc.boolean() }), { maxLength: 12 });

test('the lines are those of the tree drawn out, whatever is opened and closed', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, steps, async (sizeByLevel, moves) => {
      const root = nestedTree(sizeByLevel);
      const tree = new RowTree(nestedSource(root));
      const open = new Set<TreeNode>();
      await loadAll(tree);
      for (const { at, opens } of moves) {
        const number = tree.lineCount === 0 ? 0 : at % tree.lineCount;
        const line = tree.lineAt(number);
        if (line?.row == null) continue;
        if (opens) {
          tree.expand(number);
          if (line.canExpand) open.add(line.row);
        } else {
          tree.collapse(number);
          close(line.row, open);
        }
        await loadAll(tree);
        const expected = visibleLines(root, open);
        const found = Array.from({ length: tree.lineCount }, (_, i) => tree.lineAt(i)!);
        expect(found.map(({ row, level, position }) => [row?.name, level, position])).toEqual(
          expected.map(({ node, level, position }) => [node.name, level, position]),
        );
        for (const [i, { level, path }] of found.entries()) {
          expect(tree.numberOf(path)).toBe(i);
          const parent = tree.parentOf(i);
          expect(parent === null ? 0 : found[parent].level).toBe(level - 1);
        }
      }
    }),
    { numRuns: 25 },
  );
});

/** Every third node of a level has the nodes of the next. */
function nestedTree(sizeByLevel: readonly number[], prefix = ''): TreeNode {
  const [size = 0, ...below] = sizeByLevel;
  const children = Array.from({ length: size }, (_, i) => {
    const name = `${prefix}/${i}`;
    return i % 3 === 0 && i < 7 ? nestedTree(below, name) : { name, children: [] };
  });
  return { name: prefix, children };
}

function close(node: TreeNode, open: Set<TreeNode>): void {
  open.delete(node);
  for (const child of node.children) close(child, open);
}

/** Looks at every line until none is missing. */
async function loadAll(tree: RowTree<TreeNode>): Promise<void> {
  for (let isMissing = true; isMissing; ) {
    isMissing = false;
    for (let i = 0; i < tree.lineCount; i++) if (tree.lineAt(i)?.row === null) isMissing = true;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

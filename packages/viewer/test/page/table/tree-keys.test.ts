import { expect, test } from 'vitest';
import { TableModel } from '../../../page/table/table-model.js';
import { pressKey } from '../../../page/table/tree-keys.js';
import { flatTree, nestedSource, type TreeNode } from '../support/naive-tree.js';

const ROOT: TreeNode = {
  name: '',
  children: [
    { name: 'a', children: flatTree(3).children },
    { name: 'b', children: [] },
  ],
};

async function openModel(): Promise<TableModel<TreeNode>> {
  const model = new TableModel<TreeNode>(() => nestedSource(ROOT));
  model.scroll.resize(2, 48, 0);
  model.tree.lineAt(0);
  await settled();
  return model;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const activeName = (model: TableModel<TreeNode>): string | undefined =>
  model.tree.lineAt(model.active)?.row?.name;

test('right opens, then goes down; left goes up, then closes', async () => {
  const model = await openModel();
  expect(pressKey(model, 'ArrowRight')).toBe('changed');
  model.tree.lineAt(1);
  await settled();
  expect(pressKey(model, 'ArrowRight')).toBe('moved');
  expect(activeName(model)).toBe('0');
  expect(pressKey(model, 'ArrowRight')).toBe('none');
  expect(pressKey(model, 'ArrowLeft')).toBe('moved');
  expect(activeName(model)).toBe('a');
  expect(pressKey(model, 'ArrowLeft')).toBe('changed');
  expect(model.tree.lineCount).toBe(2);
  expect(pressKey(model, 'ArrowLeft')).toBe('none');
});

test('up, down, pages and ends stop at the ends', async () => {
  const model = await openModel();
  expect(pressKey(model, 'ArrowUp')).toBe('none');
  expect(pressKey(model, 'ArrowDown')).toBe('moved');
  expect(pressKey(model, 'PageDown')).toBe('none');
  expect(pressKey(model, 'Home')).toBe('moved');
  expect(pressKey(model, 'End')).toBe('moved');
  expect(activeName(model)).toBe('b');
  expect(pressKey(model, 'Enter')).toBe('opened');
  expect(pressKey(model, 'x')).toBe('none');
});

test('the active row stays active when rows above it open', async () => {
  const model = await openModel();
  model.activate(1);
  model.tree.expand(0);
  model.tree.lineAt(1);
  await settled();
  expect(model.active).toBe(4);
  expect(activeName(model)).toBe('b');
});

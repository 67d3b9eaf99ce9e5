import { expect, test, vi } from 'vitest';
import { PAGE_SIZE, RowTree } from '../../../page/table/row-tree.js';
import { flatTree, nestedSource } from '../support/naive-tree.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('pages are asked for when a line of them is looked at, each once', async () => {
  const onLoad = vi.fn();
  const tree = new RowTree(nestedSource(flatTree(1_000), onLoad));
  expect(tree.total).toBeNull();
  expect(tree.lineAt(0)).toMatchObject({ row: null, path: '', error: null });
  await settled();
  expect(tree.total).toBe(1_000);
  expect(tree.lineAt(999)?.row).toBeNull();
  tree.lineAt(998);
  await settled();
  expect(tree.lineAt(999)?.row?.name).toBe('999');
  expect(onLoad.mock.calls.map(([, offset]) => offset)).toEqual([0, 900]);
});

test('pages that nobody looks at are dropped, and asked for again', async () => {
  const onLoad = vi.fn();
  const tree = new RowTree(nestedSource(flatTree(400 * PAGE_SIZE), onLoad));
  tree.lineAt(0);
  await settled();
  for (let page = 0; page < 400; page++) {
    tree.lineAt(page * PAGE_SIZE);
    await settled();
  }
  expect(tree.lineAt(399 * PAGE_SIZE)?.row?.name).toBe(String(399 * PAGE_SIZE));
  expect(tree.lineAt(0)?.row).toBeNull();
  await settled();
  expect(tree.lineAt(0)?.row?.name).toBe('0');
  expect(onLoad.mock.calls.filter(([, offset]) => offset === 0)).toHaveLength(2);
});

test('a page that failed says why, until it is asked for again', async () => {
  let isBroken = true;
  const source = nestedSource(flatTree(3));
  const tree = new RowTree({
    ...source,
    load: (...request) => (isBroken ? Promise.reject(new Error('no answer')) : source.load(...request)),
  });
  tree.lineAt(0);
  await settled();
  expect(tree.lineAt(0)?.error?.message).toBe('no answer');
  isBroken = false;
  tree.retry();
  tree.lineAt(0);
  await settled();
  expect(tree.lineAt(0)).toMatchObject({ error: null, row: { name: '0' } });
});

test('closing a row stops what is under way below it', async () => {
  const signals: AbortSignal[] = [];
  const leaf = { name: 'leaf', children: [] };
  const tree = new RowTree({
    ...nestedSource({ name: '', children: [{ name: 'branch', children: [leaf] }] }),
    load: (parent, _offset, _limit, signal) => {
      signals.push(signal);
      if (parent !== null) return new Promise(() => {});
      return Promise.resolve({ total: 1, rows: [{ name: 'branch', children: [leaf] }] });
    },
  });
  tree.lineAt(0);
  await settled();
  tree.expand(0);
  tree.lineAt(1);
  expect(tree.lineCount).toBe(2);
  tree.collapse(0);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  expect(tree.lineCount).toBe(1);
});

test('a row is revealed by its positions, over pages that were not there', async () => {
  const deep = { name: 'deep', children: flatTree(500).children };
  const root = { name: '', children: [...flatTree(300).children, deep] };
  const tree = new RowTree(nestedSource(root));
  expect(await tree.reveal([300, 450])).toBe(751);
  expect(tree.lineAt(751)?.row?.name).toBe('450');
  expect(tree.parentOf(751)).toBe(300);
  expect(await tree.reveal([300, 500])).toBeNull();
  expect(await tree.reveal([0, 0])).toBeNull();
});

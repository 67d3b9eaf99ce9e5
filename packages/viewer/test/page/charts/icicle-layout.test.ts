import { expect, test } from 'vitest';
import { layOutIcicle } from '../../../page/charts/icicle-layout.js';
import type { DominatorTreeNode } from '../../../src/api/index.js';

function node(
  ordinal: number,
  retainedSize: number,
  children: DominatorTreeNode[] = [],
  rest = { count: 0, retainedSize: 0 },
): DominatorTreeNode {
  const name = `object ${ordinal}`;
  return {
    ordinal,
    id: ordinal,
    name,
    className: name,
    type: 'object',
    shallowSize:
      retainedSize - children.reduce((sum, child) => sum + child.retainedSize, 0) - rest.retainedSize,
    retainedSize,
    children,
    rest,
  };
}

test('a box is as wide as the share that its object retains, below what holds it', () => {
  const tree = node(0, 1_024, [node(1, 512, [node(3, 256)]), node(2, 128)], { count: 40, retainedSize: 256 });
  const boxes = layOutIcicle(tree);
  const places = boxes.map((box) => [box.node?.ordinal ?? 'rest', box.depth, box.left, box.width]);
  expect(places).toEqual([
    [0, 0, 0, 1],
    [1, 1, 0, 0.5],
    [2, 1, 0.5, 0.125],
    ['rest', 1, 0.625, 0.25],
    [3, 2, 0, 0.25],
  ]);
  expect(boxes[3].count).toBe(40);
});

test('neighbours of a box are known', () => {
  const boxes = layOutIcicle(node(0, 1_000, [node(1, 500, [node(3, 250)]), node(2, 100)]));
  const [root, first, second, leaf] = boxes;
  expect(root).toMatchObject({ parent: -1, firstChild: 1, before: -1, after: -1 });
  expect(first).toMatchObject({ parent: 0, firstChild: 3, before: -1, after: 2 });
  expect(second).toMatchObject({ parent: 0, firstChild: -1, before: 1, after: -1 });
  expect(leaf).toMatchObject({ parent: 1, firstChild: -1, before: -1, after: -1 });
});

import { describe, expect, test } from 'vitest';
import { computeShallowSizes } from '../../src/sizes/shallow-sizes.js';
import { type DrawnEdge, type DrawnNode, drawColumns } from '../support/draw-graph.js';

const root: DrawnNode = { type: 'synthetic', key: 'root', size: 1, edges: [['shortcut', 'a', 'a']] };
const to = (...targets: string[]): DrawnEdge[] => targets.map((target) => ['internal', 'part', target]);

function sizesOf(nodes: readonly DrawnNode[]): Record<string, number> {
  const sizes = computeShallowSizes(drawColumns(nodes));
  return Object.fromEntries(nodes.map((node, ordinal) => [node.key, sizes[ordinal]]));
}

describe('computeShallowSizes', () => {
  test('moves hidden parts to the object that alone reaches them, through other parts too', () => {
    expect(
      sizesOf([
        root,
        { key: 'a', size: 10, edges: to('store', 'map') },
        { key: 'store', type: 'array', size: 100, edges: to('deep') },
        { key: 'map', type: 'hidden', size: 200 },
        { key: 'deep', type: 'hidden', size: 400 },
      ]),
    ).toEqual({ root: 1, a: 710, store: 0, map: 0, deep: 0 });
  });

  test('leaves a part that two reach where it is, and what hangs on it', () => {
    expect(
      sizesOf([
        root,
        { key: 'a', size: 10, edges: to('shared', 'b') },
        { key: 'b', size: 20, edges: to('shared') },
        { key: 'shared', type: 'array', size: 100, edges: to('deep') },
        { key: 'deep', type: 'hidden', size: 400 },
      ]),
    ).toEqual({ root: 1, a: 10, b: 20, shared: 100, deep: 400 });
  });

  test('takes a part back from its first owner when a second one shows up later', () => {
    expect(
      sizesOf([
        root,
        { key: 'a', size: 10, edges: to('outer') },
        { key: 'outer', type: 'hidden', size: 100, edges: to('inner') },
        { key: 'inner', type: 'hidden', size: 200, edges: to('innermost') },
        { key: 'innermost', type: 'hidden', size: 400 },
        { key: 'b', size: 20, edges: to('inner') },
      ]),
    ).toEqual({ root: 1, a: 110, outer: 0, inner: 200, innermost: 400, b: 20 });
  });

  test('does not cross weak edges', () => {
    expect(
      sizesOf([
        root,
        { key: 'a', size: 10, edges: [['weak', 'part', 'map']] },
        { key: 'map', type: 'hidden', size: 200 },
      ]),
    ).toEqual({ root: 1, a: 10, map: 200 });
  });

  test('moves the data of external strings, but no other native node', () => {
    expect(
      sizesOf([
        root,
        { key: 'a', type: 'string', size: 10, edges: to('data', 'buffer', 'detached') },
        { key: 'data', type: 'native', name: 'system / ExternalStringData', size: 100 },
        { key: 'buffer', type: 'native', name: 'system / JSArrayBufferData', size: 200 },
        { key: 'detached', type: 'native', name: 'system / ExternalStringData', size: 400, detachedness: 2 },
      ]),
    ).toEqual({ root: 1, a: 110, data: 0, buffer: 200, detached: 400 });
  });

  test('leaves what the root or a synthetic node owns', () => {
    expect(
      sizesOf([
        { ...root, edges: [...root.edges!, ...to('rooted', 'synthetic')] },
        { key: 'a', size: 10 },
        { key: 'rooted', type: 'hidden', size: 100 },
        { key: 'synthetic', type: 'synthetic', edges: to('map') },
        { key: 'map', type: 'hidden', size: 200 },
      ]),
    ).toEqual({ root: 1, a: 10, rooted: 100, synthetic: 0, map: 200 });
  });

  test('leaves what a root of another type owns', () => {
    const sizes = computeShallowSizes(
      drawColumns([
        { key: 'root', size: 1, edges: to('map', 'a') },
        { key: 'a', size: 10 },
        { key: 'map', type: 'hidden', size: 200 },
      ]),
    );
    expect([...sizes]).toEqual([1, 10, 200]);
  });

  test('hands the self sizes on as they are where internals are exposed', () => {
    const columns = drawColumns([
      { type: 'synthetic', key: 'root', edges: [['element', 1, 'roots']] },
      { type: 'synthetic', key: 'roots', edges: to('a') },
      { key: 'a', size: 10, edges: to('map') },
      { key: 'map', type: 'hidden', size: 200 },
    ]);
    expect(computeShallowSizes(columns)).toBe(columns.selfSizeByNode);
  });

  test('widens the column where a sum does not fit 32 bits, and writes to shared memory', () => {
    const columns = drawColumns([
      root,
      { key: 'a', size: 10, edges: to('one', 'two') },
      { key: 'one', type: 'array', size: 2 ** 32 - 1 },
      { key: 'two', type: 'array', size: 5 },
    ]);
    const sizes = computeShallowSizes(columns);
    expect([...sizes]).toEqual([1, 2 ** 32 + 14, 0, 0]);
    expect(sizes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...columns.selfSizeByNode]).toEqual([1, 10, 2 ** 32 - 1, 5]);
  });

  test('keeps doubles where the self sizes are doubles', () => {
    const columns = drawColumns([
      root,
      { key: 'a', size: 10, edges: to('one') },
      { key: 'one', type: 'array', size: 2 ** 40 },
    ]);
    expect([...computeShallowSizes(columns)]).toEqual([1, 2 ** 40 + 10, 0]);
  });

  test('follows a chain of 200,000 hidden nodes', () => {
    const length = 200_000;
    const chain = Array.from({ length }, (_, i): DrawnNode => {
      return {
        key: `${i}`,
        type: 'hidden',
        size: 1,
        edges: [['internal', 'next', i + 1 < length ? i + 3 : 2]],
      };
    });
    const sizes = computeShallowSizes(
      drawColumns([root, { key: 'a', edges: [['internal', 'part', 2]] }, ...chain]),
    );
    expect(sizes[1]).toBe(length);
  });
});

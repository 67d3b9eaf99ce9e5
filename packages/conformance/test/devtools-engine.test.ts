import { describe, expect, test } from 'vitest';
import {
  diffInEngine,
  EngineError,
  openInEngine,
  runEngine,
  runEngineOnParsed,
} from '../src/devtools-engine.js';
import { UNREACHED } from '../src/snapshot-answers.js';
import { type DrawnNode, drawnSnapshot, drawnText } from './support/drawn-snapshot.js';

/** root → Holder → { a, b }, Holder ⇢ an object that only a weak edge reaches */
const HEAP: readonly DrawnNode[] = [
  { type: 'synthetic', name: '', edges: [{ type: 'property', name: 'holder', to: 1 }] },
  {
    type: 'object',
    name: 'Holder',
    selfSize: 16,
    location: { scriptId: 3, line: 4, column: 5 },
    edges: [
      { type: 'property', name: 'held', to: 2 },
      { type: 'weak', name: 'seen', to: 4 },
    ],
  },
  {
    type: 'object',
    name: 'Object',
    selfSize: 24,
    edges: [
      { type: 'property', name: 'a', to: 3 },
      { type: 'property', name: 'b', to: 3 },
    ],
  },
  { type: 'native', name: '<div id="x">', selfSize: 100, detachedness: 2 },
  { type: 'object', name: 'Loose', selfSize: 8 },
];

describe('runEngine', () => {
  test('answers for every node', async () => {
    const { nodes, rootOrdinal } = await runEngine(drawnText(HEAP));

    expect(rootOrdinal).toBe(0);
    expect(nodes.nameByNode).toEqual(['', 'Holder', '{a, b}', 'Detached <div id="x">', 'Loose']);
    expect(nodes.rawNameByNode).toEqual(['', 'Holder', 'Object', 'Detached <div id="x">', 'Loose']);
    expect(nodes.classNameByNode).toEqual(['(synthetic)', 'Holder', 'Object', 'Detached <div>', 'Loose']);
    expect(nodes.classKeyByNode[1]).toBe('3,4,5,Holder');
    expect(nodes.classKeyByNode[2]).toBe(',Object');
    expect([...nodes.idByNode]).toEqual([1, 3, 5, 7, 9]);
    expect([...nodes.shallowSizeByNode]).toEqual([0, 16, 24, 100, 8]);
    expect([...nodes.retainedSizeByNode]).toEqual([148, 140, 124, 100, 8]);
    expect([...nodes.distanceByNode]).toEqual([100_000_000, 1, 2, 3, UNREACHED]);
    expect([...nodes.dominatorByNode]).toEqual([0, 0, 1, 2, 0]);
    expect([...nodes.detachednessByNode]).toEqual([0, 0, 0, 2, 0]);
  });

  test('answers for the class table and the statistics', async () => {
    const { classes, statistics } = await runEngine(drawnText(HEAP, { extraNativeBytes: 1000 }));

    expect(classes.get('3,4,5,Holder')).toEqual({
      key: '3,4,5,Holder',
      name: 'Holder',
      count: 1,
      shallowSize: 16,
      retainedSize: 140,
      distance: 1,
    });
    expect(classes.get(',Loose')?.distance).toBe(UNREACHED);
    expect(statistics).toMatchObject({ total: 1148, nativeTotal: 1100, v8Total: 48 });
  });

  test('takes bytes, with a byte order mark too', async () => {
    const bytes = new TextEncoder().encode(`\uFEFF${drawnText(HEAP)}`);
    expect((await runEngine(bytes)).nodes.nodeCount).toBe(HEAP.length);
  });

  test('gives the same answers past the loader', async () => {
    expect(await runEngineOnParsed(drawnSnapshot(HEAP))).toEqual(await runEngine(drawnText(HEAP)));
  });

  test('rejects with the words of the engine where its loader fails', async () => {
    const rejection = expect(runEngine('{}')).rejects;
    await rejection.toBeInstanceOf(EngineError);
    await rejection.toThrow(
      'DevTools engine failed loading: Token "snapshot" not found (unexpected end of input)',
    );
  });

  test('rejects where its second half fails', async () => {
    const json = drawnSnapshot(HEAP, { rootOrdinal: 2 });
    await expect(runEngineOnParsed(json)).rejects.toThrow('Root node is expected to be either first or last');
  });
});

test('diffInEngine finds what is new and what is gone', async () => {
  const [first, second] = [HEAP, HEAP.map((node) => (node.name === 'Loose' ? { ...node, id: 91 } : node))];
  const diff = diffInEngine(await openInEngine(drawnText(first)), await openInEngine(drawnText(second)));

  expect([...diff.keys()]).toEqual([',Loose']);
  expect(diff.get(',Loose')).toMatchObject({
    addedIds: [91],
    deletedIds: [9],
    addedSize: 8,
    removedSize: 8,
    countDelta: 0,
  });
});

import { describe, expect, test } from 'vitest';
import { readHistogram } from '../../src/histogram/histogram.js';
import { utf8 } from '../support/feed-parser.js';
import { chunksOf, openText, rejectionOf } from '../support/open-bytes.js';
import {
  encodeChunks,
  exampleHeap,
  linearChain,
  RawText,
  SnapshotBuilder,
} from '../support/snapshot-builder.js';

function histogramOf(text: string) {
  return readHistogram(chunksOf([utf8(text)]));
}

test('counts and sizes by type and name, largest first', async () => {
  const heap = new SnapshotBuilder();
  for (const [type, name, selfSize] of [
    ['object', 'Session', 100],
    ['object', 'Session', 150],
    ['string', 'Session', 40],
    ['closure', 'b', 40],
    ['closure', 'a', 20],
    ['closure', 'a', 20],
  ] as const) {
    heap.child(heap.root, 'x', { type, name, selfSize });
  }
  expect(await histogramOf(heap.toJson())).toEqual({
    nodeCount: 7,
    edgeCount: 6,
    totalSelfSize: 370,
    rows: [
      { type: 'object', name: 'Session', count: 2, selfSize: 250 },
      { type: 'closure', name: 'a', count: 2, selfSize: 40 },
      { type: 'string', name: 'Session', count: 1, selfSize: 40 },
      { type: 'closure', name: 'b', count: 1, selfSize: 40 },
      { type: 'synthetic', name: '', count: 1, selfSize: 0 },
    ],
    warnings: [],
  });
});

test('sizes beyond 32 bits add up', async () => {
  const heap = new SnapshotBuilder();
  for (let i = 0; i < 3; i++) heap.child(heap.root, i, { name: 'Big', selfSize: 2 ** 40 + 1 });
  const { rows, totalSelfSize } = await histogramOf(heap.toJson());
  expect([rows[0].selfSize, totalSelfSize]).toEqual([3 * 2 ** 40 + 3, 3 * 2 ** 40 + 3]);
});

test('warnings are those of the text', async () => {
  const text = exampleHeap().toJson({ sections: { x: 1 }, escapes: 'minimal' });
  expect((await histogramOf(`${text}x`)).warnings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['UNKNOWN_SECTION', 'TRAILING_BYTES']),
  );
});

test('counts of the header that the file does not have are warned of', async () => {
  const text = exampleHeap().toJson({ counts: { nodeCount: 3, edgeCount: 4, traceFunctionCount: 0 } });
  const { edgeCount, nodeCount, warnings } = await histogramOf(text);
  expect(warnings).toEqual([
    { code: 'HEADER_COUNT', message: `snapshot.node_count says 3; the file has ${nodeCount}` },
    { code: 'HEADER_COUNT', message: `snapshot.edge_count says 4; the file has ${edgeCount}` },
  ]);
});

describe.each([
  [['snapshot', 'nodes', 'edges', 'strings']],
  [['strings', 'edges', 'nodes', 'snapshot']],
  [['nodes', 'snapshot', 'strings', 'edges']],
])('in the order %j', (sectionOrder) => {
  const withSections = (sections: Record<string, string>) => {
    const raw = Object.fromEntries(Object.entries(sections).map(([key, text]) => [key, new RawText([text])]));
    return new SnapshotBuilder().toJson({ sectionOrder, sections: raw, detachedness: false });
  };

  test.each([
    ['a row that is not whole', { nodes: '[9,0,1,0]' }, 'BAD_ROWS', 'nodes'],
    ['a type that is not listed', { nodes: '[99,0,1,0,0]' }, 'BAD_REFERENCE', 'nodes'],
    ['a name beyond 32 bits', { nodes: '[9,4294967296,1,0,0]' }, 'BAD_REFERENCE', 'nodes'],
    ['a name that does not exist', { nodes: '[9,77,1,0,0]' }, 'BAD_REFERENCE', 'nodes'],
    ['edges that no node has', { edges: '[2,0,0]' }, 'BAD_ROWS', 'edges'],
    ['missing edges', { nodes: '[9,0,1,0,1]' }, 'BAD_ROWS', 'edges'],
    ['an edge that is not whole', { nodes: '[9,0,1,0,1]', edges: '[2,0]' }, 'BAD_ROWS', 'edges'],
    ['no node', { nodes: '[]' }, 'BAD_ROWS', 'nodes'],
    ['no number', { edges: '[x]' }, 'BAD_NUMBER', 'edges'],
  ])('%s is refused as openSnapshot does', async (_, sections, code, section) => {
    const text = withSections(sections);
    expect(await rejectionOf(histogramOf(text))).toMatchObject({ code, section });
    expect(await rejectionOf(openText(text))).toMatchObject({ code, section });
  });
});

test('memory is that of the names, not that of nodes and edges', async () => {
  const nodes = 400_000;
  const { rows } = await readHistogram(chunksOf(encodeChunks(linearChain(nodes), 1 << 20)));
  expect(rows.map(({ name, count }) => [name, count])).toEqual([
    ['Link', nodes - 1],
    ['', 1],
  ]);
});

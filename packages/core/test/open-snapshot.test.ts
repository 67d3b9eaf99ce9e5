import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SnapshotFormatError, SnapshotLimitError } from '../src/errors.js';
import { readHistogram } from '../src/histogram/histogram.js';
import { openSnapshot } from '../src/open-snapshot.js';
import { inPieces, utf8 } from './support/feed-parser.js';
import { fixturePath } from './support/fixtures.js';
import { readNaively } from './support/naive-reader.js';
import { chunksOf, openBytes, openText, rejectionOf } from './support/open-bytes.js';
import { plainGraph } from './support/plain-graph.js';
import {
  deepTraceTree,
  encodeChunks,
  exampleHeap,
  joinText,
  megabytesOfSpaces,
  NumberRows,
  nestedArrays,
  RawText,
  SnapshotBuilder,
  StringList,
  star,
  stringsAcrossChunks,
  unknownNumbers,
} from './support/snapshot-builder.js';

/** Every section, wide values, escapes and raw UTF-8, in about two thousand bytes. */
function smallSnapshot(): Uint8Array {
  const heap = exampleHeap(1);
  heap.child(heap.root, 'é"😀', { name: 'Ω\ud800', id: 2 ** 40, selfSize: 2 ** 33, detachedness: 2 });
  heap.traceNode({ function: heap.traceFunction({ name: 'f' }) });
  heap.traceNode({ function: 0 });
  heap.sample(1, 2);
  return heap.toBytes({ layout: 'row-lines', escapes: 'minimal' });
}

describe('every prefix', () => {
  test('of a snapshot is a SnapshotFormatError', async () => {
    const bytes = smallSnapshot();
    expect(bytes.lastIndexOf(0x7d)).toBe(bytes.length - 1);
    for (let end = 0; end < bytes.length; end++) {
      const error = await rejectionOf(openBytes(bytes.subarray(0, end)));
      if (!(error instanceof SnapshotFormatError)) throw new Error(`cut at ${end}: ${error}`);
      expect(error.byteOffset).toBeLessThanOrEqual(end);
      if (end > 20) expect(error.code).toBe('TRUNCATED');
    }
    expect((await openBytes(bytes)).warnings).toEqual([]);
  });

  test('of a snapshot is one for the histogram too', async () => {
    const bytes = smallSnapshot();
    for (let end = 0; end < bytes.length; end++) {
      await expect(readHistogram(chunksOf([bytes.subarray(0, end)]))).rejects.toThrow(SnapshotFormatError);
    }
  });

  const zstd = readFileSync(fixturePath('invalid', 'zstd-truncated.heapsnapshot.zst'));
  test.each([
    ['gzip', gzipSync(smallSnapshot())],
    ['brotli', brotliCompressSync(smallSnapshot())],
    // cut already: no prefix of it is whole
    ['zstd', zstd],
  ])('of a %s file is a SnapshotFormatError', async (_, packed) => {
    for (let end = 0; end < packed.length; end++) {
      const error = await rejectionOf(openBytes(packed.subarray(0, end)));
      if (!(error instanceof SnapshotFormatError)) throw new Error(`cut at ${end}: ${error}`);
    }
  });
});

describe('large and hostile, but legal', () => {
  test('an array nested as deep as the limit, and one level deeper', async () => {
    const open = (depth: number) => openSnapshot(chunksOf(encodeChunks(nestedArrays(depth), 65_536)));
    expect((await open(100_000)).warnings.map(({ code }) => code)).toEqual(['UNKNOWN_SECTION']);
    const error = await rejectionOf(open(100_001));
    expect(error).toBeInstanceOf(SnapshotLimitError);
    expect(error).toMatchObject({ limit: 'maxDepth', allowed: 100_000 });
  });

  test('brackets that never close', async () => {
    const text = joinText(nestedArrays(10));
    const open = text.slice(0, text.indexOf('[[')) + '['.repeat(5_000_000);
    expect(await rejectionOf(openText(open))).toMatchObject({ limit: 'maxDepth' });
  });

  test('a trace tree of 49,999 frames, and of 100,000 where the limit allows', async () => {
    const open = (depth: number, maxDepth?: number) =>
      openSnapshot(
        chunksOf(encodeChunks(deepTraceTree(depth), 65_536)),
        maxDepth ? { limits: { maxDepth } } : {},
      );
    expect((await open(49_999)).columns.traceTree.count).toBe(49_999);
    const { count, parent } = (await open(100_000, 300_000)).columns.traceTree;
    expect([count, parent[99_999]]).toEqual([100_000, 99_998]);
    expect(await rejectionOf(open(100_000))).toMatchObject({ limit: 'maxDepth' });
  });

  test.each(['before', 'between-numbers', 'between-sections', 'behind'] as const)(
    'four megabytes of spaces %s',
    async (where) => {
      const chunks = encodeChunks(megabytesOfSpaces(4 << 20, where), 65_536);
      const graph = await openSnapshot(chunksOf(chunks));
      expect(plainGraph(graph)).toEqual(plainGraph(await openText(exampleHeap().toJson())));
      expect(graph.warnings).toEqual([]);
    },
  );

  test('an unknown section of numbers', async () => {
    const graph = await openSnapshot(chunksOf(encodeChunks(unknownNumbers(200_000), 65_536)));
    expect(graph.nodeCount).toBe(exampleHeap().nodeCount);
  });

  test.each(['minimal', 'v8', 'lower-hex', 'everything'] as const)(
    'strings on every boundary, escapes: %s',
    async (escapes) => {
      const text = joinText(stringsAcrossChunks(60, escapes));
      const expected = readNaively(text).strings;
      for (const size of [1021, 4096, 65_536]) {
        const graph = await openSnapshot(chunksOf(inPieces(utf8(text), size)));
        expect([...graph.strings]).toEqual(expected);
      }
    },
  );

  test.each(['compact', 'section-lines', 'row-lines', 'pretty', 'pretty-crlf'] as const)(
    'thousands of rows, some of them wide, in the layout %s',
    async (layout) => {
      const heap = exampleHeap(300);
      for (let i = 0; i < 400; i++) {
        const id = i % 7 === 0 ? 2 ** 32 + i : 100_000_000 + i;
        const node = heap.child(heap.root, i % 11 === 0 ? 2 ** 33 + i : i, {
          name: `Node ${i}`,
          id,
          selfSize: i * 10 ** (i % 10),
        });
        heap.edge(node, { name: `edge ${i}`, to: (node * 7) % heap.nodeCount });
      }
      const text = heap.toJson({ layout });
      const expected = readNaively(text);
      for (const size of [65_536, 300]) {
        expect(plainGraph(await openSnapshot(chunksOf(inPieces(utf8(text), size))))).toEqual(expected);
      }
    },
  );

  test('one node with a hundred thousand edges', async () => {
    const graph = await openSnapshot(chunksOf(encodeChunks(star(100_000, 10), 65_536)));
    expect(graph.node(1).edgeCount).toBe(100_000);
    expect([...graph.columns.targetByEdge.subarray(-3)]).toEqual([9, 10, 11]);
  });

  test('a header of megabytes', async () => {
    const text = (megabytes: number) =>
      exampleHeap().toJson({ escapes: 'minimal', header: { x: 'x'.repeat(megabytes << 20) } });
    expect(await rejectionOf(openText(text(16)))).toMatchObject({
      limit: 'maxHeaderBytes',
      message: '<stream>: snapshot, byte 12: exceeds the limit maxHeaderBytes = 16777216',
    });
    expect((await openText(text(1))).nodeCount).toBe(exampleHeap().nodeCount);
    expect(await rejectionOf(openText(text(1), { limits: { maxHeaderBytes: 1 << 20 } }))).toMatchObject({
      limit: 'maxHeaderBytes',
      allowed: 1 << 20,
    });
  });

  test('a header that claims the largest counts costs nothing', async () => {
    const counts = {
      nodeCount: Number.MAX_SAFE_INTEGER,
      edgeCount: Number.MAX_SAFE_INTEGER,
      traceFunctionCount: 1e15,
    };
    for (const sectionOrder of [['snapshot'], ['nodes', 'edges', 'snapshot']]) {
      const before = process.memoryUsage().arrayBuffers;
      const graph = await openText(exampleHeap().toJson({ counts, sectionOrder }));
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 << 20);
      // columns of 65,536 rows, and what their memory grows by
      expect(graph.columns.idByNode.buffer.byteLength).toBeLessThan(48 << 20);
      expect(graph.warnings.map(({ code }) => code)).toEqual([
        'HEADER_COUNT',
        'HEADER_COUNT',
        'HEADER_COUNT',
      ]);
    }
  });
});

describe('the header', () => {
  test.each([
    [6, '6'],
    [3, '3'],
    [2 ** 40, '1099511627776'],
  ])('does not name a root at %d', async (rootIndex, actual) => {
    const text = new SnapshotBuilder().toJson({ header: { root_index: rootIndex } });
    expect(await rejectionOf(openText(text))).toMatchObject({
      code: 'BAD_REFERENCE',
      section: 'snapshot',
      expected: 'root_index as a node offset below 6',
      actual,
    });
  });

  test('may name the last node as the root', async () => {
    const heap = new SnapshotBuilder();
    const last = heap.child(heap.root, 'x', { name: 'Last', id: 99 });
    const graph = await openText(heap.rootIndex(last).toJson());
    expect([graph.rootOrdinal, graph.root.id]).toEqual([1, 99]);
  });

  test.each([
    ['node_count', '"7"', 'the string "7"'],
    ['edge_count', '-1', '-1'],
    ['trace_function_count', '1.5', '1.5'],
    ['extra_native_bytes', 'null', 'null'],
    ['root_index', '[]', 'an array'],
    ['extra_native_bytes', '{}', 'an object'],
    ['extra_native_bytes', 'true', 'true'],
  ])('with %s: %s warns', async (key, value, told) => {
    const text = exampleHeap().toJson({ counts: 'missing', header: { [key]: JSON.parse(value) } });
    const graph = await openText(text);
    expect(graph.warnings).toContainEqual({
      code: 'HEADER_VALUE',
      message: `snapshot.${key} is ${told}, not a whole number of 0 or more, and was not used`,
    });
    expect([graph.rootOrdinal, graph.extraNativeBytes]).toEqual([0, 0]);
    // once is enough
    expect(graph.warnings.filter(({ message }) => message.startsWith(`snapshot.${key} `))).toHaveLength(1);
  });

  test('adds extra_native_bytes to the graph', async () => {
    const graph = await openText(exampleHeap().toJson({ header: { extra_native_bytes: 2 ** 40 } }));
    expect(graph.extraNativeBytes).toBe(2 ** 40);
  });
});

test.each([
  [['snapshot', 'nodes', 'edges']],
  [['snapshot', 'edges', 'nodes']],
  [['edges', 'nodes', 'snapshot']],
  [['nodes', 'snapshot', 'edges']],
  [['strings', 'edges', 'snapshot', 'nodes']],
])('references are checked whatever the order: %j', async (sectionOrder) => {
  const bad = (sections: Record<string, RawText>) =>
    rejectionOf(openText(new SnapshotBuilder().toJson({ sectionOrder, sections, detachedness: false })));
  const text = (value: string) => new RawText([value]);
  const nodes = text('[9,0,1,0,1]');
  expect(await bad({ nodes, edges: text('[2,0,5]') })).toMatchObject({
    code: 'BAD_REFERENCE',
    section: 'edges',
  });
  expect(await bad({ nodes, edges: text('[2,0,3]') })).toMatchObject({
    code: 'BAD_REFERENCE',
    section: 'edges',
  });
  expect(await bad({ nodes, edges: text('[2,99,0]') })).toMatchObject({
    code: 'BAD_REFERENCE',
    section: 'edges',
  });
  expect(await bad({ nodes, edges: text('[99,0,0]') })).toMatchObject({
    code: 'BAD_REFERENCE',
    section: 'edges',
  });
  expect(await bad({ nodes, edges: text('[2,0,0,2]') })).toMatchObject({
    code: 'BAD_ROWS',
    section: 'edges',
  });
  expect(await bad({ nodes, edges: text('[]') })).toMatchObject({ code: 'BAD_ROWS', section: 'edges' });
  expect(await bad({ nodes: text('[9,99,1,0,0]') })).toMatchObject({
    code: 'BAD_REFERENCE',
    section: 'nodes',
  });
  expect(await bad({ nodes: text('[99,0,1,0,0]') })).toMatchObject({
    code: 'BAD_REFERENCE',
    section: 'nodes',
  });
  expect(await bad({ nodes: text('[9,0,1,0]') })).toMatchObject({ code: 'BAD_ROWS', section: 'nodes' });
  expect(await bad({ nodes: text('[]') })).toMatchObject({ code: 'BAD_ROWS', section: 'nodes' });
  // the builder writes two strings and the root: the first ordinals behind them
  expect(await bad({ nodes, edges: text('[2,2,0]') })).toMatchObject({
    code: 'BAD_REFERENCE',
    section: 'edges',
  });
  expect(await bad({ nodes: text('[9,2,1,0,0]') })).toMatchObject({
    code: 'BAD_REFERENCE',
    section: 'nodes',
  });
  expect(
    (
      await openText(
        new SnapshotBuilder().toJson({
          sectionOrder,
          sections: { nodes: text('[9,1,1,0,1]'), edges: text('[2,1,0]') },
          detachedness: false,
        }),
      )
    ).edgeCount,
  ).toBe(1);
  // the name of an element is a number, not a string
  expect(
    (
      await openText(
        new SnapshotBuilder().toJson({
          sectionOrder,
          sections: { nodes, edges: text('[1,99,0]') },
          detachedness: false,
        }),
      )
    ).edgeCount,
  ).toBe(1);
});

describe('behind a long run of rows', () => {
  const COUNT = 600;
  const NODE_FIELDS = 5;
  /** The row that is unlike the others, and the number of strings: each row before it has the next name. */
  const ODD = 500;
  const strings = new StringList(Array.from({ length: ODD }, (_, i) => `string ${i}`));
  const types = { property: 2, element: 1, hidden: 4 };

  /** The root with an edge to each node; one node and one edge with other values. */
  function text(
    oddNode: { type?: number; name?: number } = {},
    oddEdge: { type?: number; name?: number; to?: number } = {},
  ) {
    const nodes: number[] = [9, 0, 1, 0, COUNT - 1];
    const edges: number[] = [];
    for (let i = 1; i < COUNT; i++) {
      const node = i === ODD ? oddNode : {};
      const edge = i === ODD ? oddEdge : {};
      nodes.push(node.type ?? 3, node.name ?? i % ODD, 2 * i + 1, 16, 0);
      edges.push(edge.type ?? types.property, edge.name ?? i % ODD, edge.to ?? i * NODE_FIELDS);
    }
    const sections = { nodes: new NumberRows([nodes]), edges: new NumberRows([edges]), strings };
    return new SnapshotBuilder().toJson({ sections, detachedness: false, layout: 'compact' });
  }

  test('everything is in order', async () => {
    const graph = await openText(text());
    expect([graph.nodeCount, graph.edgeCount]).toEqual([COUNT, COUNT - 1]);
    expect(graph.node(ODD - 1).rawName).toBe(`string ${ODD - 1}`);
  });

  test.each([types.element, types.hidden])('an edge of type %i has any number', async (type) => {
    for (const name of [ODD, 999_999_999]) {
      const graph = await openText(text({}, { type, name }));
      expect([...graph.root.edges()][ODD - 1].name).toBe(name);
    }
  });

  test.each([
    ['a node', 'of a type that is not listed', text({ type: 15 }), 'nodes'],
    ['a node', 'of the first name that is not there', text({ name: ODD }), 'nodes'],
    ['a node', 'of a name far away', text({ name: 999_999_999 }), 'nodes'],
    ['an edge', 'of a type that is not listed', text({}, { type: 7 }), 'edges'],
    ['an edge', 'of the first name that is not there', text({}, { name: ODD }), 'edges'],
    ['an edge', 'of a name far away', text({}, { name: 999_999_999 }), 'edges'],
    ['an edge', 'to the first node that is not there', text({}, { to: COUNT * NODE_FIELDS }), 'edges'],
    ['an edge', 'to a node far away', text({}, { to: 999_999_995 }), 'edges'],
    ['an edge', 'into a node', text({}, { to: 7 }), 'edges'],
  ])('%s %s is refused', async (_, __, document, section) => {
    expect(await rejectionOf(openText(document))).toMatchObject({ code: 'BAD_REFERENCE', section });
    // the kernel’s part of the work, and none of it
    const inBytes = openSnapshot(chunksOf(inPieces(utf8(document), 50)));
    expect(await rejectionOf(inBytes)).toMatchObject({ code: 'BAD_REFERENCE', section });
  });
});

import { describe, expect, test } from 'vitest';
import { EdgeRows } from '../src/parse/edge-rows.js';
import { NumberArrayParser } from '../src/parse/number-array-parser.js';
import { errorOf, testContext, utf8 } from './support/feed-parser.js';
import { openText, rejectionOf } from './support/open-bytes.js';
import { NODE_FIELDS, testMeta } from './support/test-meta.js';

/** More rows than the kernel leaves to the careful path. */
const ROWS = 3000;
const TWO_32 = 2 ** 32;

interface Text {
  nodes: number[];
  edges: number[];
}

function snapshotText({ nodes, edges }: Text): string {
  const meta = {
    node_fields: NODE_FIELDS,
    node_types: NODE_FIELDS.map((field) => (field === 'type' ? ['object', 'synthetic'] : 'number')),
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [['property', 'element'], 'string_or_number', 'node'],
  };
  return JSON.stringify({ snapshot: { meta }, nodes, edges, strings: ['', 'Name'] });
}

/** A root with an edge to itself from every row; `row` gives the other nodes. */
function manyNodes(row: (i: number) => number[], edges: (i: number) => number[] = () => [0, 1, 0]): Text {
  return {
    nodes: [1, 0, 1, 0, ROWS, ...Array.from({ length: ROWS }, (_, i) => row(i)).flat()],
    edges: Array.from({ length: ROWS }, (_, i) => edges(i)).flat(),
  };
}

describe('values around 2³² and beyond, in long runs', () => {
  test.each([
    ['2³² − 1', TWO_32 - 1],
    ['2³²', TWO_32],
    ['10 digits', 9_999_999_999],
    ['15 digits', 999_999_999_999_999],
    ['2⁵³ − 1', Number.MAX_SAFE_INTEGER],
  ])('ids, sizes and indices of %s are exact', async (_, value) => {
    for (const every of [1, 2, 700]) {
      const valueAt = (i: number): number => (i % every === 0 ? value - (i % 3) : i);
      const graph = await openText(
        snapshotText(
          manyNodes(
            (i) => [0, 1, valueAt(i), valueAt(i + 1), 0],
            (i) => [1, valueAt(i), 5],
          ),
        ),
      );
      const rows = [...Array(ROWS).keys()];
      expect(Array.from(graph.columns.idByNode.subarray(1))).toEqual(rows.map(valueAt));
      expect(Array.from(graph.columns.selfSizeByNode.subarray(1))).toEqual(rows.map((i) => valueAt(i + 1)));
      expect(Array.from(graph.columns.nameByEdge)).toEqual(rows.map(valueAt));
      expect(graph.ordinalOfId(valueAt(0))).toBe(1);
    }
  });

  test.each([999_999_999, 4_294_967_294, TWO_32 - 1, TWO_32, Number.MAX_SAFE_INTEGER])(
    'a string ordinal of %d is refused wherever it stands',
    async (name) => {
      for (const at of [0, 1, ROWS / 2, ROWS - 1]) {
        const inNodes = snapshotText(manyNodes((i) => [0, i === at ? name : 1, 3, 0, 0]));
        expect(await rejectionOf(openText(inNodes))).toMatchObject({
          code: 'BAD_REFERENCE',
          section: 'nodes',
          actual: expect.stringContaining(String(name)),
        });
        const inEdges = snapshotText(
          manyNodes(
            () => [0, 1, 3, 0, 0],
            (i) => [0, i === at ? name : 1, 0],
          ),
        );
        expect(await rejectionOf(openText(inEdges))).toMatchObject({
          code: 'BAD_REFERENCE',
          section: 'edges',
          actual: expect.stringContaining(String(name)),
        });
      }
    },
  );

  test.each([5 * ROWS + 5, TWO_32 - 1, 5 * TWO_32, 5 * (TWO_32 + 1)])(
    'a node offset of %d that no node has is refused wherever it stands',
    async (offset) => {
      for (const at of [0, ROWS / 2, ROWS - 1]) {
        const text = snapshotText(
          manyNodes(
            () => [0, 1, 3, 0, 0],
            (i) => [0, 1, i === at ? offset : 0],
          ),
        );
        expect(await rejectionOf(openText(text))).toMatchObject({ code: 'BAD_REFERENCE', section: 'edges' });
      }
    },
  );
});

describe('limits that no option moves', () => {
  test('more edges than 2³² − 2 in all are a limit, named with its place', async () => {
    const text = snapshotText({ nodes: [1, 0, 1, 0, 2 ** 31, 0, 1, 3, 0, 2 ** 31], edges: [] });
    const error = await rejectionOf(openText(text));
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'maxEdges', allowed: TWO_32 - 2 });
    expect(error.message).toBe(
      `<stream>: nodes, byte ${text.lastIndexOf(String(2 ** 31))}: exceeds the limit maxEdges = 4294967294`,
    );
  });
});

describe('nodes × fields beyond 2³²', () => {
  const NODES = 2 ** 31 - 1;
  const offsetsOf = (target: (i: number) => number): string =>
    `[${Array.from({ length: ROWS }, (_, i) => `0,1,${target(i) * NODE_FIELDS.length}`).join(',')}]`;
  function parse(text: string, chunkOffset = 0): EdgeRows {
    const edges = new EdgeRows(testMeta(), NODES, ROWS);
    const parser = new NumberArrayParser('edges', edges, testContext(), { signed: true });
    parser.write(utf8(text), 0, chunkOffset);
    expect(parser.done).toBe(true);
    return edges;
  }

  test.each([1, 2, 700])('an offset is the node it says: every %d. one is of 10 or 11 digits', (every) => {
    const target = (i: number): number => (i % every === 0 ? NODES - 1 - i : i);
    expect(Array.from(parse(offsetsOf(target)).targetByEdge.subarray(0, ROWS))).toEqual(
      Array.from({ length: ROWS }, (_, i) => target(i)),
    );
  });

  test('an offset between two nodes, or behind the last, is refused at its byte, which may lie beyond 2³², too', () => {
    const good = offsetsOf((i) => NODES - 1 - i);
    const last = String((NODES - 1 - (ROWS - 1)) * NODE_FIELDS.length);
    for (const bad of [String(Number(last) + 1), String(NODES * NODE_FIELDS.length)]) {
      const error = errorOf(() => parse(good.replace(`${last}]`, `${bad}]`), 2 ** 40));
      expect(error).toMatchObject({
        code: 'BAD_REFERENCE',
        byteOffset: 2 ** 40 + good.lastIndexOf(last),
        actual: bad,
      });
    }
  });
});

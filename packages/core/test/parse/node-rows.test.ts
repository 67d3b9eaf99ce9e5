import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NodeRows } from '../../src/parse/node-rows.js';
import { arbitraryWideInteger } from '../support/arbitrary-values.js';
import { arbitraryBatchSizes, problemOf, pushBatches } from '../support/push-batches.js';
import { NODE_FIELDS, testMeta } from '../support/test-meta.js';

interface Row {
  type: number;
  name: number;
  id: number;
  self_size: number;
  edge_count: number;
  trace_node_id: number;
  detachedness: number;
  x_unknown: number;
}

const ROW: Row = {
  type: 1,
  name: 2,
  id: 3,
  self_size: 4,
  edge_count: 0,
  trace_node_id: 0,
  detachedness: 0,
  x_unknown: 7,
};

function rowsOf(
  fields: readonly string[],
  rows: readonly Partial<Row>[],
  sizes: readonly number[],
): NodeRows {
  const nodes = new NodeRows(testMeta({ nodeFields: fields }), 0);
  const numbers = rows.flatMap((row) => fields.map((field) => ({ ...ROW, ...row })[field as keyof Row]));
  pushBatches(nodes, numbers, sizes);
  return nodes;
}

function arbitraryFields(): fc.Arbitrary<string[]> {
  return fc.subarray(['trace_node_id', 'detachedness', 'x_unknown']).chain((more) => {
    const fields = [...NODE_FIELDS, ...more];
    return fc.shuffledSubarray(fields, { minLength: fields.length });
  });
}

function arbitraryRow(): fc.Arbitrary<Row> {
  return fc.record({
    type: fc.nat(2),
    name: arbitraryWideInteger(2 ** 32 - 1),
    id: arbitraryWideInteger(),
    self_size: arbitraryWideInteger(),
    edge_count: fc.nat(1000),
    trace_node_id: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, arbitraryWideInteger()),
    detachedness: fc.nat(2),
    x_unknown: arbitraryWideInteger(),
  });
}

test('every row becomes an entry of every column, wherever the batches end', () => {
  fc.assert(
    fc.property(
      arbitraryFields(),
      fc.array(arbitraryRow(), { maxLength: 20 }),
      arbitraryBatchSizes(),
      (fields, rows, sizes) => {
        const nodes = rowsOf(fields, rows, sizes);
        const column = (values: ArrayLike<number>) => Array.from(values).slice(0, rows.length);
        const expected = (field: keyof Row) => rows.map((row) => row[field]);
        expect(nodes.count).toBe(rows.length);
        expect(column(nodes.typeByNode)).toEqual(expected('type'));
        expect(column(nodes.nameByNode)).toEqual(expected('name'));
        expect(column(nodes.idByNode)).toEqual(expected('id'));
        expect(column(nodes.selfSizeByNode)).toEqual(expected('self_size'));
        const sums = [0];
        for (const row of rows) sums.push(sums.at(-1)! + row.edge_count);
        expect(Array.from(nodes.firstEdgeByNode).slice(0, rows.length + 1)).toEqual(sums);
        expect(nodes.edgeTotal).toBe(sums.at(-1));
        expect(nodes.traceNodeIdByNode && column(nodes.traceNodeIdByNode)).toEqual(
          fields.includes('trace_node_id') ? expected('trace_node_id') : null,
        );
        expect(nodes.detachednessByNode && column(nodes.detachednessByNode)).toEqual(
          fields.includes('detachedness') ? expected('detachedness') : null,
        );
        expect(nodes.hasDetachedness).toBe(
          fields.includes('detachedness') && rows.some((row) => row.detachedness > 0),
        );
        const names = expected('name');
        expect(nodes.maxName).toBe(Math.max(-1, ...names));
        expect(nodes.maxNameNode).toBe(Math.max(0, names.indexOf(nodes.maxName)));
      },
    ),
    { numRuns: 400 },
  );
});

describe('a column is 32 bits wide until a value needs more', () => {
  test.each([[[1]], [[3]], [[1000]]])('in batches of %j', (sizes) => {
    const fields = [...NODE_FIELDS, 'trace_node_id'];
    const narrow = { id: 2 ** 32 - 1, self_size: 2 ** 32 - 1, trace_node_id: 2 ** 32 - 1 };
    for (const [wide, expected] of [
      [{}, [Uint32Array, Uint32Array, Uint32Array]],
      [{ id: 2 ** 32 }, [Float64Array, Uint32Array, Uint32Array]],
      [{ self_size: 2 ** 32 }, [Uint32Array, Float64Array, Uint32Array]],
      [{ trace_node_id: 2 ** 32 }, [Uint32Array, Uint32Array, Float64Array]],
    ] as const) {
      const nodes = rowsOf(fields, [narrow, { ...narrow, ...wide }, narrow], sizes);
      const columns = [nodes.idByNode, nodes.selfSizeByNode, nodes.traceNodeIdByNode];
      expected.forEach((type, i) => {
        expect(columns[i]).toBeInstanceOf(type);
      });
      expect(nodes.idByNode[0]).toBe(2 ** 32 - 1);
      expect(nodes.selfSizeByNode[2]).toBe(2 ** 32 - 1);
    }
  });
});

test('grows far beyond the first rows', () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => ({
    id: i,
    name: i % 100,
    edge_count: 2,
    self_size: 3 * i,
  }));
  const nodes = rowsOf([...NODE_FIELDS, 'detachedness'], rows, [8192]);
  expect(nodes.count).toBe(30_000);
  expect(nodes.idByNode[29_999]).toBe(29_999);
  expect(nodes.selfSizeByNode[20_000]).toBe(60_000);
  expect(nodes.firstEdgeByNode[30_000]).toBe(60_000);
});

test('allocates by what was read, not by what the header claims', () => {
  for (const claimed of [2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
    const nodes = new NodeRows(testMeta({ nodeFields: [...NODE_FIELDS, 'detachedness'] }), claimed);
    nodes.push(Float64Array.of(1, 2, 3, 4, 0, 0), 6);
    expect(nodes.idByNode.length).toBeLessThanOrEqual(16 * 4096);
    const batch = new Float64Array(8190);
    for (let i = 0; i < 60; i++) nodes.push(batch, batch.length);
    expect(nodes.idByNode.length).toBeLessThanOrEqual(16 * 16 * 4096);
    expect(nodes.typeByNode.length).toBe(nodes.idByNode.length);
  }
});

test('a claim that is right is allocated at once', () => {
  const nodes = new NodeRows(testMeta(), 50_000);
  nodes.push(Float64Array.of(1, 2, 3, 4, 0), 5);
  expect(nodes.nameByNode.length).toBe(50_000);
});

describe('refuses', () => {
  const fields = [...NODE_FIELDS, 'detachedness'];
  const good = { edge_count: 1 };
  test.each([
    ['a type that is not listed', { type: 3 }, 0, 'BAD_REFERENCE', 'a node type below 3', '3'],
    ['a name beyond 32 bits', { name: 2 ** 32 }, 1, 'BAD_REFERENCE', 'a string ordinal', '4294967296'],
    [
      'more edges than 32 bits count',
      { edge_count: 2 ** 32 },
      4,
      'BAD_ROWS',
      'an edge_count that keeps the sum at 4294967294 or less',
      '4294967296',
    ],
    ['a detachedness of 3', { detachedness: 3 }, 5, 'BAD_REFERENCE', 'a detachedness of 0, 1 or 2', '3'],
  ])('%s, wherever the batches end', (_, bad, field, code, expected, actual) => {
    const index = 2 * fields.length + field;
    for (const size of [1, 2, 5, 6, 7, 13, 1000]) {
      const problem = problemOf(() => rowsOf(fields, [good, good, bad, good], [size]));
      expect(problem).toMatchObject({ code, expected, actual, index: index % size });
    }
  });

  test('a sum of edge counts beyond 32 bits', () => {
    for (const size of [1, 6, 1000]) {
      const problem = problemOf(() =>
        rowsOf(fields, [{ edge_count: 2 ** 31 }, { edge_count: 2 ** 31 }], [size]),
      );
      expect(problem.limit).toEqual({ name: 'maxEdges', allowed: 2 ** 32 - 2 });
    }
  });

  test('more rows than the limit, but not as many', () => {
    for (const size of [1, 2, 5, 7, 1000]) {
      const read = (rows: number): NodeRows => {
        const nodes = new NodeRows(testMeta(), 1e6, { maxRows: 6000 });
        pushBatches(nodes, Array.from({ length: rows }, () => [1, 2, 3, 4, 1]).flat(), [size]);
        return nodes;
      };
      expect(read(6000).firstEdgeByNode[6000]).toBe(6000);
      expect(problemOf(() => read(6001))).toMatchObject({
        expected: 'at most 6000 nodes',
        limit: { name: 'maxNodes', allowed: 6000 },
      });
    }
  });

  test('a last row that is not whole', () => {
    for (const size of [1, 2, 5, 1000]) {
      const nodes = new NodeRows(testMeta(), 0);
      const problem = problemOf(() => pushBatches(nodes, [1, 2, 3, 4, 0, 1, 2], [size]));
      expect(problem).toMatchObject({
        code: 'BAD_ROWS',
        expected: 'whole rows of 5 numbers',
        actual: '1 rows and 2 numbers',
        index: -1,
      });
    }
  });
});

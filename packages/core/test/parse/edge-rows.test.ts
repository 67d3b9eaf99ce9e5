import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EdgeRows } from '../../src/parse/edge-rows.js';
import { arbitraryWideInteger } from '../support/arbitrary-values.js';
import { arbitraryBatchSizes, problemOf, pushBatches } from '../support/push-batches.js';
import { EDGE_FIELDS, EDGE_TYPES, NODE_FIELDS, testMeta } from '../support/test-meta.js';

const NODE_COUNT = 50;
const typeOf = (name: string) => EDGE_TYPES.indexOf(name);

interface Row {
  type: number;
  name_or_index: number;
  to_node: number;
  x_unknown: number;
}

const ROW: Row = { type: typeOf('property'), name_or_index: 2, to_node: 5, x_unknown: -7 };

function rowsOf(
  fields: readonly string[],
  rows: readonly Partial<Row>[],
  sizes: readonly number[],
  nodeCount = NODE_COUNT,
): EdgeRows {
  const edges = new EdgeRows(testMeta({ edgeFields: fields }), nodeCount, 0);
  const numbers = rows.flatMap((row) => fields.map((field) => ({ ...ROW, ...row })[field as keyof Row]));
  pushBatches(edges, numbers, sizes);
  return edges;
}

function arbitraryFields(): fc.Arbitrary<string[]> {
  return fc.subarray(['x_unknown']).chain((more) => {
    const fields = [...EDGE_FIELDS, ...more];
    return fc.shuffledSubarray(fields, { minLength: fields.length });
  });
}

function arbitraryRow(): fc.Arbitrary<Row> {
  const element = typeOf('element');
  return fc
    .record({
      type: fc.nat(EDGE_TYPES.length - 1),
      name_or_index: arbitraryWideInteger(),
      wrapped: fc.integer({ min: -(2 ** 31), max: -2 }),
      isWrapped: fc.boolean(),
      to_node: fc.nat(NODE_COUNT - 1).map((ordinal) => ordinal * NODE_FIELDS.length),
      x_unknown: fc.integer(),
    })
    .map(({ wrapped, isWrapped, ...row }) =>
      row.type === element && isWrapped ? { ...row, name_or_index: wrapped } : row,
    );
}

test('every row becomes an entry of every column, wherever the batches end', () => {
  fc.assert(
    fc.property(
      arbitraryFields(),
      fc.array(arbitraryRow(), { maxLength: 25 }),
      arbitraryBatchSizes(),
      fc.constantFrom(NODE_COUNT, Number.POSITIVE_INFINITY),
      (fields, rows, sizes, nodeCount) => {
        const edges = rowsOf(fields, rows, sizes, nodeCount);
        const column = (values: ArrayLike<number>) => Array.from(values).slice(0, rows.length);
        const targets = rows.map((row) => row.to_node / NODE_FIELDS.length);
        // V8 prints the index of an element as int32
        const names = rows.map(({ name_or_index: name }) => (name < 0 ? name + 2 ** 32 : name));
        expect(edges.count).toBe(rows.length);
        expect(column(edges.typeByEdge)).toEqual(rows.map((row) => row.type));
        expect(column(edges.nameByEdge)).toEqual(names);
        expect(column(edges.targetByEdge)).toEqual(targets);
        expect(edges.maxTarget).toBe(Math.max(-1, ...targets));
        expect(edges.maxTargetEdge).toBe(Math.max(0, targets.indexOf(edges.maxTarget)));
        const isNumbered = (row: Row) => row.type === typeOf('element') || row.type === typeOf('hidden');
        const stringNames = rows.map((row, i) => (isNumbered(row) ? -1 : names[i]));
        expect(edges.maxName).toBe(Math.max(-1, ...stringNames));
        if (edges.maxName >= 0) expect(edges.maxNameEdge).toBe(stringNames.indexOf(edges.maxName));
      },
    ),
    { numRuns: 400 },
  );
});

test('names widen at 2^32', () => {
  for (const sizes of [[1], [2], [1000]]) {
    const row = { type: typeOf('element'), name_or_index: 2 ** 32 - 1 };
    expect(rowsOf(EDGE_FIELDS, [row, row], sizes).nameByEdge).toBeInstanceOf(Uint32Array);
    const wide = rowsOf(EDGE_FIELDS, [row, { ...row, name_or_index: 2 ** 32 }, row], sizes).nameByEdge;
    expect(wide).toBeInstanceOf(Float64Array);
    expect([...wide.subarray(0, 3)]).toEqual([2 ** 32 - 1, 2 ** 32, 2 ** 32 - 1]);
  }
});

test('grows far beyond the first rows', () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => ({
    name_or_index: i,
    to_node: (i % NODE_COUNT) * 5,
  }));
  const edges = rowsOf(EDGE_FIELDS, rows, [8192]);
  expect(edges.count).toBe(30_000);
  expect(edges.nameByEdge[29_999]).toBe(29_999);
  expect(edges.targetByEdge[29_999]).toBe(29_999 % NODE_COUNT);
});

test('allocates by what was read, not by what the header claims', () => {
  for (const claimed of [2 ** 32, Number.MAX_SAFE_INTEGER]) {
    const edges = new EdgeRows(testMeta(), NODE_COUNT, claimed);
    edges.push(Float64Array.of(2, 0, 0), 3);
    expect(edges.targetByEdge.length).toBeLessThanOrEqual(16 * 4096);
  }
});

describe('refuses', () => {
  const below0 = 'an integer of 0 or more';
  test.each([
    ['a type that is not listed', { type: 7 }, 0, 'BAD_REFERENCE', 'an edge type below 7', '7'],
    ['a type below 0', { type: -1 }, 0, 'BAD_NUMBER', below0, '-1'],
    ['an offset inside a row', { to_node: 6 }, 2, 'BAD_REFERENCE', 'a node offset: a multiple of 5', '6'],
    ['an offset behind the nodes', { to_node: 250 }, 2, 'BAD_REFERENCE', 'a node offset below 250', '250'],
    [
      'an offset of 2^40',
      { to_node: 5 * 2 ** 40 },
      2,
      'BAD_REFERENCE',
      'a node offset below 250',
      `${5 * 2 ** 40}`,
    ],
    ['an offset below 0', { to_node: -5 }, 2, 'BAD_NUMBER', below0, '-5'],
    ['an index of -1', { type: 1, name_or_index: -1 }, 1, 'BAD_NUMBER', below0, '-1'],
    [
      'an index below -2^31',
      { type: 1, name_or_index: -(2 ** 31) - 1 },
      1,
      'BAD_NUMBER',
      below0,
      '-2147483649',
    ],
  ])('%s, wherever the batches end', (_, bad, field, code, expected, actual) => {
    const index = 2 * EDGE_FIELDS.length + field;
    for (const size of [1, 2, 3, 4, 7, 1000]) {
      const problem = problemOf(() => rowsOf(EDGE_FIELDS, [{}, {}, bad, {}], [size]));
      expect(problem).toMatchObject({ code, expected, actual, index: index % size });
    }
  });

  test.each(['property', 'hidden', 'weak'])(
    'an index below 0 on a %s edge, wherever the batches end',
    (type) => {
      for (const fields of [EDGE_FIELDS, ['name_or_index', 'to_node', 'type']]) {
        for (const size of [1, 2, 3, 4, 1000]) {
          const bad = { type: typeOf(type), name_or_index: -2 };
          expect(problemOf(() => rowsOf(fields, [{}, bad, {}], [size]))).toMatchObject({
            code: 'BAD_NUMBER',
            expected: 'an index below 0 on element edges only',
          });
        }
      }
    },
  );

  test('one cut row does not speak for the next', () => {
    const wrapped = { type: typeOf('element'), name_or_index: -2 };
    expect(() => rowsOf(EDGE_FIELDS, [wrapped, {}, wrapped, {}], [1])).not.toThrow();
  });

  test('a node that is not there, where the nodes are not known yet, only by 32 bits', () => {
    for (const size of [1, 1000]) {
      const edges = rowsOf(EDGE_FIELDS, [{ to_node: 5 * 1e6 }], [size], Number.POSITIVE_INFINITY);
      expect(edges.maxTarget).toBe(1e6);
      const far = { to_node: 5 * 2 ** 32 };
      const problem = problemOf(() => rowsOf(EDGE_FIELDS, [far], [size], Number.POSITIVE_INFINITY));
      expect(problem.code).toBe('BAD_REFERENCE');
    }
  });

  test('more rows than the limit, but not as many', () => {
    for (const size of [1, 3, 5, 1000]) {
      const read = (rows: number): EdgeRows => {
        const edges = new EdgeRows(testMeta(), NODE_COUNT, 1e6, { maxRows: 6000 });
        const row = [typeOf('property'), 2, 5];
        pushBatches(edges, Array.from({ length: rows }, () => row).flat(), [size]);
        return edges;
      };
      expect(read(6000).count).toBe(6000);
      expect(problemOf(() => read(6001))).toMatchObject({
        expected: 'at most 6000 edges',
        limit: { name: 'maxEdges', allowed: 6000 },
      });
    }
  });

  test('a last row that is not whole', () => {
    const edges = new EdgeRows(testMeta(), NODE_COUNT, 0);
    expect(problemOf(() => pushBatches(edges, [2, 0, 0, 2], [1000]))).toMatchObject({
      code: 'BAD_ROWS',
      expected: 'whole rows of 3 numbers',
      actual: '1 rows and 1 numbers',
      index: -1,
    });
  });
});

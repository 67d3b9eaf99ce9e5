import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonValueParser } from '../../src/parse/json-value-parser.js';
import { TraceTreeBuilder, TraceTreeProblem } from '../../src/parse/trace-tree-builder.js';
import { arbitraryChunking } from '../support/arbitrary-chunking.js';
import { feed, testContext, utf8 } from '../support/feed-parser.js';

const USUAL = ['id', 'function_info_index', 'count', 'size', 'children'];

function build(chunks: Iterable<Uint8Array>, fields: readonly string[] = USUAL) {
  const builder = new TraceTreeBuilder(fields);
  feed(new JsonValueParser('trace_tree', testContext(), { onToken: (token) => builder.take(token) }), chunks);
  const { count, id, functionInfo, allocationCount, allocationSize, parent } = builder.columns;
  expect([id, functionInfo, allocationCount, allocationSize, parent].map((column) => column.length)).toEqual(
    new Array(5).fill(count),
  );
  return {
    id: [...id],
    functionInfo: [...functionInfo],
    count: [...allocationCount],
    size: [...allocationSize],
    parent: [...parent],
  };
}

test('no tree is no row', () => {
  expect(build([utf8('[]')])).toEqual({ id: [], functionInfo: [], count: [], size: [], parent: [] });
});

test('rows come in document order, each with its parent', () => {
  //   1 ─┬─ 2 ─── 3
  //      └─ 4
  const text = '[1,10,0,0,[2,11,5,50,[3,12,6,60,[]],4,13,7,70,[]]]';
  expect(build([utf8(text)])).toEqual({
    id: [1, 2, 3, 4],
    functionInfo: [10, 11, 12, 13],
    count: [0, 5, 6, 7],
    size: [0, 50, 60, 70],
    parent: [0, 0, 1, 0],
  });
});

test('the columns follow the fields of the header', () => {
  const fields = ['size', 'id', 'children', 'x_unknown', 'count', 'function_info_index'];
  expect(build([utf8('[50,1,[60,2,[],9,6,11],9,5,10]')], fields)).toEqual({
    id: [1, 2],
    functionInfo: [10, 11],
    count: [5, 6],
    size: [50, 60],
    parent: [0, 0],
  });
});

test.each([[[]], [['id', 'size']], [['children', 'id']]])(
  'fields of no use (%j) are the usual ones',
  (fields) => {
    expect(build([utf8('[1,10,5,50,[]]')], fields)).toMatchObject({ id: [1], size: [50] });
  },
);

test('a wide value widens its column', () => {
  const builder = new TraceTreeBuilder(USUAL);
  const text = utf8(`[1,0,0,${2 ** 40},[]]`);
  feed(new JsonValueParser('x', testContext(), { onToken: (token) => builder.take(token) }), [text]);
  expect(builder.columns.allocationSize).toEqual(Float64Array.of(2 ** 40));
  expect(builder.columns.id).toBeInstanceOf(Uint32Array);
});

interface Tree {
  row: number[];
  children: Tree[];
}

test('any tree, however it is cut', () => {
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      row: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      children: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        fc.constant<Tree[]>([]),
        fc.array(tie('tree') as fc.Arbitrary<Tree>, { maxLength: 4 }),
      ),
    }),
  }));
  const textOf = ({ row, children }: Tree): string => `${row},[${children.map(textOf)}]`;
  const flatten = (node: Tree, parent: number, rows: number[][]): number[][] => {
    const ordinal = rows.push([...node.row, parent]) - 1;
    for (const child of node.children) flatten(child, ordinal, rows);
    return rows;
  };
  fc.assert(
    fc.property(tree, arbitraryChunking(), (root, chunk) => {
      const built = build(chunk(utf8(`[${textOf(root)}]`)));
      const rows = flatten(root, 0, []);
      expect(
        built.id.map((_, i) =>
          [built.id, built.functionInfo, built.count, built.size, built.parent].map((c) => c[i]),
        ),
      ).toEqual(rows);
    }),
  );
});

test('depth costs no stack', () => {
  const depth = 49_000;
  const built = build([utf8(`[${'1,0,1,8,['.repeat(depth)}${']'.repeat(depth)}]`)]);
  expect(built.parent.length).toBe(depth);
  expect(built.parent.at(-1)).toBe(depth - 2);
});

describe('refuses', () => {
  test.each([
    [
      '[1,2,3]',
      'whole rows of id, function_info_index, count, size, children',
      'a row that ends before size',
    ],
    [
      '[1,2,3,4]',
      'whole rows of id, function_info_index, count, size, children',
      'a row that ends before children',
    ],
    [
      '[1,2,3,4,[1]]',
      'whole rows of id, function_info_index, count, size, children',
      'a row that ends before function_info_index',
    ],
    ['[1,2,3,4,5]', 'an array of children', '5'],
    ['[1,[],3,4,[]]', 'a number for function_info_index', 'an array'],
    ['[[1,2,3,4,[]]]', 'a number for id', 'an array'],
    ['[1,2,3,-4,[]]', 'an array of integers of 0 or more', '-4'],
    ['[1,2,3,4.5,[]]', 'an array of integers of 0 or more', '4.5'],
    ['[1,2,3,9007199254740993,[]]', 'an array of integers of 0 or more', '9007199254740993'],
    ['[1,2,3,null,[]]', 'numbers and arrays only', 'nullValue'],
    ['["1",2,3,4,[]]', 'numbers and arrays only', 'stringValue'],
    ['[{"id":1}]', 'numbers and arrays only', 'startObject'],
  ])('%s', (text, expected, actual) => {
    expect.assertions(2);
    try {
      build([utf8(text)]);
    } catch (problem) {
      expect(problem).toBeInstanceOf(TraceTreeProblem);
      expect(problem).toMatchObject({ expected, actual });
    }
  });
});

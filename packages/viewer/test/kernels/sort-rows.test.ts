import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstRows } from '../../src/kernels/first-rows.js';
import { NO_NAME } from '../../src/kernels/name-table.js';
import { type SortRowsInput, sortRows } from '../../src/kernels/sort-rows.js';

test('the first rows are those of a stable sort', () => {
  const keys = fc.array(
    fc.oneof(fc.nat(6), fc.double({ min: 0, noNaN: true, maxExcluded: true, max: 1e9 })),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(keys, fc.constantFrom('asc', 'desc'), fc.nat(40), (values, order, wanted) => {
      const sign = order === 'asc' ? 1 : -1;
      const sorted = [...values.keys()].sort((a, b) => sign * (values[a] - values[b]) || a - b);
      const first = firstRows(values.length, (i) => values[i], order, wanted);
      expect(first === null || [...first]).toEqual(first === null || sorted.slice(0, wanted));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['rising', (i: number) => i],
  ['falling', (i: number) => 300_000 - i],
  ['nearly all equal', (i: number) => (i % 1000 === 7 ? i : 5)],
  ['scattered', (i: number) => Math.imul(i, 0x9e3779b1) >>> 0],
])('of a long list whose keys are %s, too', (_, keyOf) => {
  for (const order of ['asc', 'desc'] as const) {
    const sign = order === 'asc' ? 1 : -1;
    const sorted = Array.from({ length: 300_000 }, (_row, i) => i).sort(
      (a, b) => sign * (keyOf(a) - keyOf(b)) || a - b,
    );
    expect([...firstRows(300_000, keyOf, order, 2000)!]).toEqual(sorted.slice(0, 2000));
  }
});

test('a misleading sample is noticed', () => {
  // nobody looks at the keys between, which are the first ones
  const looked = new Set<number>();
  firstRows(100_000, (i) => (looked.size < 32_768 ? looked.add(i).size : 0), 'asc', 10);
  const keyOf = (i: number): number => (looked.has(i) ? 1_000_000 : i);
  expect(firstRows(100_000, keyOf, 'asc', 10)).toBeNull();
});

/** Long enough that the first page is not sorted, with values that differ and values that do not. */
const COUNT = 100_000;
const mixed = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 0;
const nodes = Uint32Array.from({ length: COUNT }, (_, i) => mixed(i) % 5000);
const edges = Uint32Array.from({ length: COUNT }, (_, i) => i);
/** Every seventh comes last. */
const entries = nodes.map((node, i) => (i % 7 === 0 ? (node | 0x80000000) >>> 0 : node));
const valueByNode = Float64Array.from({ length: 5000 }, (_, i) => (mixed(i) % 300) * 2 ** 20);
const rankByName = Uint32Array.from({ length: 700 }, (_, i) => mixed(i) % 600);
const nameByNode = Uint32Array.from({ length: 5000 }, (_, i) => (i % 11 === 0 ? NO_NAME : mixed(i) % 700));
const columns = {
  nameByEdge: Uint32Array.from({ length: COUNT }, (_, i) => mixed(i) % 700),
  typeByEdge: Uint8Array.from({ length: COUNT }, (_, i) => mixed(i) % 4),
};

const CASES: readonly {
  readonly name: string;
  readonly input: Omit<SortRowsInput, 'order' | 'offset' | 'end'>;
  readonly keyOf: (position: number) => number;
}[] = [
  {
    name: 'values',
    input: { nodes, keys: { kind: 'values', valueByNode } },
    keyOf: (i) => valueByNode[nodes[i]],
  },
  {
    name: 'names, those that are not kept last',
    input: { nodes, keys: { kind: 'names', nameByNode, rankByName } },
    keyOf: (i) => (nameByNode[nodes[i]] === NO_NAME ? 2 ** 32 : rankByName[nameByNode[nodes[i]]]),
  },
  {
    name: 'names of edges, numbers first',
    input: { nodes, edges, keys: { kind: 'edgeNames', columns, numberedTypes: [1, 3], rankByName } },
    keyOf: (i) => {
      const name = columns.nameByEdge[i];
      return columns.typeByEdge[i] % 2 === 1 ? name : 2 ** 40 + rankByName[name];
    },
  },
  {
    name: 'types of edges',
    input: { nodes, edges, keys: { kind: 'edgeTypes', typeByEdge: columns.typeByEdge } },
    keyOf: (i) => columns.typeByEdge[i],
  },
];

describe.each(CASES)('long lists by $name', ({ input, keyOf }) => {
  test.each(['asc', 'desc'] as const)('%s: first pages, and pages further down', (order) => {
    const sign = order === 'asc' ? 1 : -1;
    const keys = Array.from(edges, (i) => keyOf(i));
    const sorted = [...keys.keys()].sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
    for (const [offset, end] of [
      [0, 500],
      [40_000, 40_500],
      [COUNT - 100, COUNT],
    ]) {
      expect([...sortRows({ ...input, order, offset, end })]).toEqual(sorted.slice(offset, end));
    }
  });
});

test.each(['asc', 'desc'] as const)('%s: entries that come last do so on every page', (order) => {
  const sign = order === 'asc' ? 1 : -1;
  const rank = (i: number): number => (i % 7 === 0 ? 1 : 0);
  const sorted = [...nodes.keys()].sort(
    (a, b) => rank(a) - rank(b) || sign * (valueByNode[nodes[a]] - valueByNode[nodes[b]]) || a - b,
  );
  const lastFrom = sorted.findIndex((i) => rank(i) === 1);
  for (const [offset, end] of [
    [0, 500],
    [20_000, 20_300],
    [lastFrom - 50, lastFrom + 50],
    [COUNT - 100, COUNT],
  ]) {
    const keys = { kind: 'values', valueByNode } as const;
    const part = sortRows({ nodes: entries, hasEntries: true, keys, order, offset, end });
    expect([...part]).toEqual(sorted.slice(offset, end));
  }
});

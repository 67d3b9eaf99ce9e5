import { EdgeView, type NodeView } from '@heapstream/core';
import {
  analyzeSync,
  type HeapAnalysis,
  listChildren,
  listRetainers,
  UNREACHED,
} from '@heapstream/dominators';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryHeap, tangledHeap } from '../../../dominators/test/support/arbitrary-heap.js';
import { graphOf } from '../../../dominators/test/support/drawn-heap.js';
import type { EdgeRow, ObjectColumn, ObjectRow, SortOrder } from '../../src/api/index.js';
import { compareCodePoints } from '../../src/kernels/compare-code-points.js';
import { askRoutes } from '../support/ask-routes.js';
import { namedGraph } from '../support/named-graph.js';

const RUNS = { numRuns: 150 };
const analysis = fc
  .oneof(arbitraryHeap.map(graphOf), tangledHeap.map(graphOf), namedGraph)
  .map((graph) => analyzeSync(graph));
const sorting = fc.record({
  sort: fc.constantFrom<ObjectColumn>('name', 'id', 'shallowSize', 'retainedSize', 'distance', 'file'),
  order: fc.constantFrom<SortOrder>('asc', 'desc'),
});
const paging = fc.record({ offset: fc.nat(8), limit: fc.integer({ min: 1, max: 8 }) });

/** What a row is sorted by, read from the analysis itself. */
function sortValueOf(heap: HeapAnalysis, ordinal: number, column: ObjectColumn): number | string {
  switch (column) {
    case 'name':
      return heap.graph.node(ordinal).name;
    case 'id':
      return heap.graph.node(ordinal).id;
    case 'shallowSize':
      return heap.shallowSizeOf(ordinal);
    case 'retainedSize':
      return heap.retainedSizeOf(ordinal);
    case 'distance':
      return heap.distanceOf(ordinal) ?? UNREACHED;
    case 'file':
      return 0;
  }
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' ? a - (b as number) : compareCodePoints(a, b as string);
}

/** Positions in a stable order; the file's own may be reversed. */
function sortNaively(
  heap: HeapAnalysis,
  nodes: readonly number[],
  sort: ObjectColumn,
  order: SortOrder,
): number[] {
  const positions = [...nodes.keys()];
  if (sort === 'file') return order === 'asc' ? positions : positions.reverse();
  const sign = order === 'asc' ? 1 : -1;
  const values = nodes.map((node) => sortValueOf(heap, node, sort));
  return positions.sort((a, b) => sign * compare(values[a], values[b]) || a - b);
}

function expectRow(heap: HeapAnalysis, row: ObjectRow): void {
  const node = heap.graph.node(row.ordinal);
  expect(row).toMatchObject({
    id: node.id,
    name: node.name.slice(0, 300),
    isNameCut: node.name.length > 300,
    className: node.className,
    type: node.type,
    shallowSize: node.shallowSize,
    retainedSize: heap.retainedSizeOf(row.ordinal),
    distance: heap.distanceOf(row.ordinal),
    detachedness: node.detachedness,
    edgeCount: node.edgeCount,
    retainerCount: [...heap.retainersOf(row.ordinal)].length,
    dominatedCount: heap.dominatedBy(row.ordinal).length,
  });
}

test('the objects of every class come in every order, part by part', async () => {
  await fc.assert(
    fc.asyncProperty(analysis, sorting, paging, async (heap, { order, sort }, { limit, offset }) => {
      const ask = askRoutes(heap);
      for (const { count, key, ordinals } of heap.classes()) {
        const classOrdinal = heap.graph.classes.classes.findIndex((identity) => identity.key === key);
        const answer = await ask('objects', { snapshot: 0, class: classOrdinal, sort, order, limit, offset });
        const nodes = [...ordinals()];
        const expected = sortNaively(heap, nodes, sort, order).map((position) => nodes[position]);
        expect(answer).toMatchObject({ total: count, offset });
        expect(answer.rows.map(({ ordinal }) => ordinal)).toEqual(expected.slice(offset, offset + limit));
        for (const row of answer.rows) expectRow(heap, row);
      }
    }),
    RUNS,
  );
});

test('an object is found where its list shows it, in every order, and nowhere in others', async () => {
  await fc.assert(
    fc.asyncProperty(analysis, sorting, fc.constantFrom(undefined, 'a'), async (heap, sorted, filter) => {
      const ask = askRoutes(heap);
      const everything = { snapshot: 0, ...sorted, ...(filter && { filter }), limit: 1000 };
      for (const [object, list] of [
        ...heap.graph.classes.classes.map((_, of) => [undefined, { class: of }] as const),
        ...[...heap.graph.nodes()].map(({ ordinal }) => [ordinal, {}] as const),
      ]) {
        const { rows } =
          object === undefined
            ? await ask('objects', { ...everything, class: list.class! })
            : await ask('dominated', { ...everything, object });
        for (const { ordinal: find } of heap.graph.nodes()) {
          const place = { ...everything, find, limit: 1 };
          const { position } =
            object === undefined
              ? await ask('objects', { ...place, class: list.class! })
              : await ask('dominated', { ...place, object });
          const expected = rows.findIndex(({ ordinal }) => ordinal === find);
          expect(position).toBe(expected < 0 ? null : expected);
        }
      }
    }),
    { numRuns: 60 },
  );
});

const filters = fc.record(
  {
    filter: fc.constantFrom('a', 'O', '{', 'ä'),
    type: fc.constantFrom('object', 'string', 'native'),
    minSize: fc.nat(200),
  },
  { requiredKeys: [] },
);

test('filters leave what meets all of them, of a class, of what is dominated, and of everything', async () => {
  await fc.assert(
    fc.asyncProperty(analysis, filters, async (heap, wanted) => {
      const ask = askRoutes(heap);
      const isWanted = (node: NodeView): boolean =>
        (wanted.filter === undefined || node.name.toLowerCase().includes(wanted.filter.toLowerCase())) &&
        (wanted.type === undefined || node.type === wanted.type) &&
        heap.retainedSizeOf(node.ordinal) >= (wanted.minSize ?? 0);
      const found = (nodes: Iterable<number>): number[] =>
        [...nodes].filter((ordinal) => isWanted(heap.graph.node(ordinal)));
      const inFileOrder = { snapshot: 0, sort: 'file', limit: 1000 } as const;
      const ordinalsOf = ({ rows }: { rows: readonly ObjectRow[] }): number[] =>
        rows.map(({ ordinal }) => ordinal);

      const sized = [...heap.graph.nodes()]
        .filter(({ shallowSize }) => shallowSize > 0)
        .map((node) => node.ordinal);
      if (wanted.filter !== undefined) {
        const { filter: query, ...others } = wanted;
        const searched = await ask('search', { ...inFileOrder, ...others, query });
        expect(ordinalsOf(searched)).toEqual(found(sized));
        const [{ key, ordinals }] = [...heap.classes(), { key: '', ordinals: () => new Uint32Array() }];
        const classOrdinal = heap.graph.classes.classes.findIndex((identity) => identity.key === key);
        if (classOrdinal >= 0) {
          const ofClass = await ask('search', { ...inFileOrder, ...others, query, class: classOrdinal });
          expect(ordinalsOf(ofClass)).toEqual(found(ordinals()));
          const members = await ask('objects', { ...inFileOrder, ...wanted, class: classOrdinal });
          expect(ordinalsOf(members)).toEqual(found(ordinals()));
        }
      }
      const { rootOrdinal } = heap.graph;
      const dominated = await ask('dominated', { ...inFileOrder, ...wanted, object: rootOrdinal });
      expect(ordinalsOf(dominated)).toEqual(found(heap.childrenOf(rootOrdinal)));
      const strings = await ask('largest-strings', { ...inFileOrder, ...wanted });
      const isString = (ordinal: number): boolean => heap.graph.node(ordinal).type.includes('string');
      expect(ordinalsOf(strings)).toEqual(found(sized.filter(isString)));
    }),
    RUNS,
  );
});

const edgesOf = (rows: readonly EdgeRow[]): number[] => rows.map(({ edge }) => edge);

test('children and retainers are those of the analysis, in every order', async () => {
  await fc.assert(
    fc.asyncProperty(analysis, sorting, paging, async (heap, { order, sort }, { limit, offset }) => {
      const ask = askRoutes(heap);
      for (const { ordinal } of heap.graph.nodes()) {
        const request = { snapshot: 0, object: ordinal, sort, order, offset, limit };
        const children = listChildren(heap, ordinal).links;
        const sorted = sortNaively(
          heap,
          children.map(({ node }) => node.ordinal),
          sort,
          order,
        );
        const { rows, total } = await ask('children', request);
        expect(total).toBe(children.length);
        expect(edgesOf(rows)).toEqual(
          sorted.slice(offset, offset + limit).map((position) => children[position].edge.ordinal),
        );
        for (const row of rows) {
          expectRow(heap, row);
          const edge = new EdgeView(heap.graph, row.edge);
          expect(row).toMatchObject({ edgeName: edge.name, edgeType: edge.type, ordinal: edge.target });
        }
      }
    }),
    RUNS,
  );
});

/** Whether the analysis followed the edge: by the top bit of its entry among the retainers of its target. */
function isEssential(heap: HeapAnalysis, target: number, edge: number): boolean {
  const edges = [...heap.retainersOf(target)].map((retainer) => retainer.edge.ordinal);
  return heap.retainerEntriesOf(target)[edges.indexOf(edge)] < 0x80000000;
}

test('retainers that keep the object alive come first, each with its own edge', async () => {
  await fc.assert(
    fc.asyncProperty(analysis, sorting, paging, async (heap, { order, sort }, { limit, offset }) => {
      const ask = askRoutes(heap);
      for (const { ordinal } of heap.graph.nodes()) {
        const all = [...heap.retainersOf(ordinal)].map(({ edge, node }) => ({
          edge: edge.ordinal,
          node: node.ordinal,
        }));
        const request = { snapshot: 0, object: ordinal, sort, order, offset, limit };
        const { rows, total } = await ask('retainers', request);
        expect(total).toBe(all.length);
        expect(listRetainers(heap, ordinal).total).toBe(all.length);
        for (const row of rows) expect(row.isEssential).toBe(isEssential(heap, ordinal, row.edge));
        if (sort === 'file') continue;
        const sorted = sortNaively(
          heap,
          all.map(({ node }) => node),
          sort,
          order,
        ).map((position) => all[position]);
        const expected = [
          ...sorted.filter(({ edge }) => isEssential(heap, ordinal, edge)),
          ...sorted.filter(({ edge }) => !isEssential(heap, ordinal, edge)),
        ];
        expect(edgesOf(rows)).toEqual(expected.slice(offset, offset + limit).map(({ edge }) => edge));
      }
    }),
    RUNS,
  );
});

test('children sort by the name and the type of their edge, and are found by either name', async () => {
  await fc.assert(
    fc.asyncProperty(analysis, fc.constantFrom<SortOrder>('asc', 'desc'), async (heap, order) => {
      const ask = askRoutes(heap);
      for (const { ordinal } of heap.graph.nodes()) {
        const edges = [...heap.graph.node(ordinal).edges()];
        const sign = order === 'asc' ? 1 : -1;
        const rank = ({ name }: EdgeView): [number, string] =>
          typeof name === 'number' ? [name, ''] : [2 ** 52, name];
        const byName = edges.toSorted((a, b) => {
          const [numberA, textA] = rank(a);
          const [numberB, textB] = rank(b);
          return sign * (numberA - numberB || compareCodePoints(textA, textB)) || a.ordinal - b.ordinal;
        });
        const request = { snapshot: 0, object: ordinal, order, limit: 1000 };
        const sorted = await ask('children', { ...request, sort: 'edgeName' });
        expect(edgesOf(sorted.rows)).toEqual(byName.map((edge) => edge.ordinal));
        const typed = await ask('children', { ...request, sort: 'edgeType' });
        const types = typed.rows.map(({ edgeType }) => sign * heap.graph.meta.edgeTypes.indexOf(edgeType));
        expect(types).toEqual(types.toSorted((a, b) => a - b));
        const found = await ask('children', { ...request, filter: 'A', sort: 'file', order: 'asc' });
        const isMatch = (text: string | number): boolean => String(text).toLowerCase().includes('a');
        expect(edgesOf(found.rows)).toEqual(
          edges
            .filter(({ name, targetNode }) => isMatch(name) || isMatch(targetNode.name))
            .map((edge) => edge.ordinal),
        );
      }
    }),
    RUNS,
  );
});

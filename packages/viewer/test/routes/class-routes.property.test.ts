import { formatLocation } from '@heapstream/core';
import { analyzeSync, type ClassRow, RETAINED_BY, selectRetainedBy } from '@heapstream/dominators';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryHeap } from '../../../dominators/test/support/arbitrary-heap.js';
import { graphOf } from '../../../dominators/test/support/drawn-heap.js';
import type { ClassColumn, SortOrder } from '../../src/api/index.js';
import { askRoutes } from '../support/ask-routes.js';

const RUNS = { numRuns: 200 };
const analysis = arbitraryHeap.map((heap) => analyzeSync(graphOf(heap)));
const FIGURES = ['count', 'distance', 'shallowSize', 'retainedSize'] as const;

const figuresOf = ({ count, distance, name, retainedSize, shallowSize }: ClassRow) => {
  return { name, count, distance, shallowSize, retainedSize };
};
const byName = (a: { name: string }, b: { name: string }): number =>
  a.name < b.name ? -1 : Number(a.name > b.name);

test('the Summary is the class table, by any column', async () => {
  await fc.assert(
    fc.asyncProperty(
      analysis,
      fc.constantFrom<ClassColumn>('name', ...FIGURES),
      fc.constantFrom<SortOrder>('asc', 'desc'),
      fc.nat(5),
      async (heap, sort, order, offset) => {
        const answer = await askRoutes(heap)('classes', { snapshot: 0, sort, order, offset, limit: 5 });
        const sign = order === 'asc' ? 1 : -1;
        const { classes } = heap.graph.classes;
        const ordinalOf = ({ key }: ClassRow): number =>
          classes.findIndex((identity) => identity.key === key);
        const sorted = heap
          .classes()
          .sort((a, b) => ordinalOf(a) - ordinalOf(b))
          .map(figuresOf)
          .sort((a, b) => {
            if (sort === 'name') return sign * byName(a, b);
            const first = a[sort] ?? Number.POSITIVE_INFINITY;
            const second = b[sort] ?? Number.POSITIVE_INFINITY;
            return first === second ? byName(a, b) : sign * (first - second);
          });
        expect(answer.total).toBe(sorted.length);
        expect(answer.totalSize).toBe(heap.totalSize);
        expect(answer.count).toBe(sorted.reduce((sum, { count }) => sum + count, 0));
        expect(answer.shallowSize).toBe(sorted.reduce((sum, { shallowSize }) => sum + shallowSize, 0));
        expect(answer.rows).toMatchObject(sorted.slice(offset, offset + 5));
        for (const { name, ordinal } of answer.rows)
          expect(heap.graph.classes.classes[ordinal].name).toBe(name);
      },
    ),
    RUNS,
  );
});

test('filters by text, type, size and count leave what meets them', async () => {
  await fc.assert(
    fc.asyncProperty(
      analysis,
      fc.constantFrom('f', 'OO', '(', ':1:'),
      fc.constantFrom('object', 'native', 'code'),
      fc.nat(200),
      fc.nat(3),
      async (heap, filter, type, minSize, minCount) => {
        const ask = askRoutes(heap);
        const keysOf = async (request: object): Promise<string[]> => {
          const { rows } = await ask('classes', { snapshot: 0, limit: 1000, ...request });
          return rows.map(({ ordinal }) => heap.graph.classes.classes[ordinal].key).sort();
        };
        const keep = (isWanted: (row: ClassRow) => boolean): string[] =>
          heap
            .classes()
            .filter(isWanted)
            .map(({ key }) => key)
            .sort();
        const textOf = ({ location, name }: ClassRow): string =>
          `${name}\n${location === null ? '' : formatLocation(location)}`.toLowerCase();
        expect(await keysOf({ filter })).toEqual(keep((row) => textOf(row).includes(filter.toLowerCase())));
        expect(await keysOf({ minSize })).toEqual(keep(({ retainedSize }) => retainedSize >= minSize));
        expect(await keysOf({ minCount })).toEqual(keep(({ count }) => count >= minCount));
        expect(await keysOf({ type })).toEqual(
          keep((row) => [...row.ordinals()].some((node) => heap.graph.node(node).type === type)),
        );
      },
    ),
    RUNS,
  );
});

test('narrowed to what something holds, the figures are those of the selection, and so are the objects', async () => {
  await fc.assert(
    fc.asyncProperty(analysis, fc.constantFrom(...RETAINED_BY), async (heap, retainedBy) => {
      const ask = askRoutes(heap);
      const selected = selectRetainedBy(heap, retainedBy).classes();
      const { rows } = await ask('classes', { snapshot: 0, retainedBy, limit: 1000 });
      expect(rows).toHaveLength(selected.length);
      for (const { ordinal, ...figures } of rows) {
        const { key } = heap.graph.classes.classes[ordinal];
        const expected = selected.find((row) => row.key === key)!;
        expect(figures).toMatchObject(figuresOf(expected));
        const objects = await ask('objects', {
          snapshot: 0,
          class: ordinal,
          retainedBy,
          sort: 'file',
          limit: 1000,
        });
        expect(objects.rows.map((row) => row.ordinal)).toEqual([...expected.ordinals()]);
      }
    }),
    RUNS,
  );
});

test('narrowed to ids, the objects are those of these ids', async () => {
  await fc.assert(
    fc.asyncProperty(analysis, fc.nat(20), fc.nat(20), async (heap, fromId, length) => {
      const ask = askRoutes(heap);
      const toId = fromId + length;
      const { rows } = await ask('classes', { snapshot: 0, fromId, toId, limit: 1000 });
      const found: number[] = [];
      for (const { ordinal } of rows) {
        const objects = await ask('objects', { snapshot: 0, class: ordinal, fromId, toId, limit: 1000 });
        found.push(...objects.rows.map((row) => row.ordinal));
      }
      const expected = [...heap.graph.nodes()].filter(
        ({ id, shallowSize }) => id >= fromId && id <= toId && shallowSize > 0,
      );
      expect(found.sort((a, b) => a - b)).toEqual(expected.map(({ ordinal }) => ordinal));
    }),
    RUNS,
  );
});

import { openSnapshot } from '@heapstream/core';
import {
  analyzeSync,
  dominatorChain,
  findAllocationSites,
  findDuplicateStrings,
  findRetainingPaths,
  type HeapAnalysis,
  largestStrings,
  liveBytesOverTime,
} from '@heapstream/dominators';
import { findSuspects } from '@heapstream/leaks';
import { beforeAll, describe, expect, test } from 'vitest';
import { SHOP_IDS, shopSnapshot } from '../../../cli/test/support/shop-snapshot.js';
import type { DominatorTreeNode, ObjectRow } from '../../src/api/index.js';
import { type Ask, askRoutes } from '../support/ask-routes.js';

const SHOP = { snapshot: 0 };

let shop: HeapAnalysis;
let ask: Ask;

beforeAll(async () => {
  const bytes = Buffer.from(shopSnapshot());
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  shop = analyzeSync(await openSnapshot(chunks()));
  ask = askRoutes(shop);
});

const ordinalsOf = (rows: readonly ObjectRow[]): number[] => rows.map(({ ordinal }) => ordinal);

describe('an object', () => {
  test('is told by its ordinal or its id, with what it is and who dominates it', async () => {
    const first = shop.graph.ordinalOfId(SHOP_IDS.first)!;
    const details = await ask('object', { ...SHOP, object: `@${SHOP_IDS.first}` });
    expect(await ask('object', { ...SHOP, object: first })).toEqual(details);
    expect(details).toMatchObject({
      ordinal: first,
      id: SHOP_IDS.first,
      name: 'Session',
      className: 'Session',
      selfSize: 1000,
      location: { scriptId: 1, line: 2, column: 4 },
      text: null,
      retainedShare: shop.retainedSizeOf(first) / shop.totalSize,
      allocationStack: [{ functionName: 'login', line: 3 }, { functionName: '(root)' }],
    });
    expect(details.dominator?.ordinal).toBe(shop.dominatorOf(first));
    expect((await ask('object', { ...SHOP, object: shop.graph.rootOrdinal })).dominator).toBeNull();
  });

  test('that is a string has its text, and a part of it', async () => {
    const { rows } = await ask('largest-strings', SHOP);
    const request = { ...SHOP, object: rows[0].ordinal };
    expect((await ask('object', request)).text).toBe('some, "quoted"\ntext');
    expect(await ask('text', { ...request, offset: 5, limit: 3 })).toEqual({
      text: ' "q',
      offset: 5,
      length: 19,
    });
    await expect(ask('text', { ...SHOP, object: 0 })).rejects.toThrow('object: is no string');
  });

  test('that is not there is an error that names the parameter', async () => {
    await expect(ask('object', { ...SHOP, object: '@999' })).rejects.toMatchObject({
      status: 400,
      code: 'BAD_PARAMETER',
      parameter: 'object',
      message: 'object: no object has the id @999',
    });
    await expect(ask('object', { ...SHOP, object: shop.graph.nodeCount })).rejects.toThrow(
      /^object: expected/,
    );
  });
});

describe('why an object is alive', () => {
  test('the paths are those of the analysis, with a sentence about them', async () => {
    const user = await ask('search', { ...SHOP, query: 'User' });
    const { ordinal } = user.rows[0];
    const answer = await ask('paths', { ...SHOP, object: ordinal, count: 3 });
    const expected = findRetainingPaths(shop, ordinal, { count: 3 });
    expect(answer.paths.map(({ start, steps }) => [start.ordinal, ...ordinalsOf(steps)])).toEqual(
      expected.paths.map(({ steps }) => steps.map(({ node }) => node.ordinal)),
    );
    expect(answer.paths[0].steps.map(({ edge }) => edge)).toEqual(
      expected.paths[0].steps.slice(1).map(({ edge }) => edge!.ordinal),
    );
    expect(answer).toMatchObject({ reason: null, isComplete: true });
    expect(answer.explanation).toBe(
      `Session @${SHOP_IDS.first} holds it in its property user. Letting go of Map @${SHOP_IDS.cache} would free it.`,
    );
    expect(answer.dominator?.id).toBe(SHOP_IDS.table);
  });

  test('garbage is called so', async () => {
    const answer = await ask('paths', { ...SHOP, object: `@${SHOP_IDS.garbage}` });
    expect(answer).toMatchObject({ paths: [], reason: 'nothing' });
    expect(answer.explanation).toBe('Nothing points to it: it is garbage that was not collected yet.');
  });

  test('its dominators stand from the root down', async () => {
    const first = shop.graph.ordinalOfId(SHOP_IDS.first)!;
    const { leftOut, rows } = await ask('dominator-chain', { ...SHOP, object: first });
    expect(ordinalsOf(rows)).toEqual([...dominatorChain(shop, first)]);
    expect(leftOut).toBe(0);
  });
});

describe('the dominator tree', () => {
  const flatten = (node: DominatorTreeNode): DominatorTreeNode[] => [node, ...node.children.flatMap(flatten)];

  test('has every object where nothing is left out, and its sizes add up', async () => {
    const { totalSize, tree } = await ask('dominator-tree', {
      ...SHOP,
      object: shop.graph.rootOrdinal,
      depth: 12,
      minShare: 0,
    });
    const nodes = flatten(tree);
    expect(totalSize).toBe(shop.totalSize);
    expect(nodes.map(({ ordinal }) => ordinal).sort((a, b) => a - b)).toEqual(
      [...shop.graph.nodes()].map(({ ordinal }) => ordinal),
    );
    for (const node of nodes) {
      const sizes = node.children.map(({ retainedSize }) => retainedSize);
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      expect(node.shallowSize + sizes.reduce((a, b) => a + b, 0) + node.rest.retainedSize).toBe(
        node.retainedSize,
      );
      expect(node.rest).toEqual({ count: 0, retainedSize: 0 });
    }
  });

  test('shows the largest ones within its limits, and sums up the rest', async () => {
    const root = { ...SHOP, object: shop.graph.rootOrdinal };
    const { tree } = await ask('dominator-tree', { ...root, minShare: 0, limit: 4, depth: 12 });
    const shown = flatten(tree);
    expect(shown).toHaveLength(4);
    const smallest = Math.min(...shown.map(({ retainedSize }) => retainedSize));
    const isShown = new Set(shown.map(({ ordinal }) => ordinal));
    for (const { ordinal } of shop.graph.nodes()) {
      const isBelow = isShown.has(shop.dominatorOf(ordinal)) && !isShown.has(ordinal);
      if (isBelow) expect(shop.retainedSizeOf(ordinal)).toBeLessThanOrEqual(smallest);
    }
    for (const { children, ordinal, rest, retainedSize, shallowSize } of shown) {
      expect(rest.count).toBe(shop.childrenOf(ordinal).length - children.length);
      const sizes = children.reduce((sum, child) => sum + child.retainedSize, 0);
      expect(rest.retainedSize).toBe(retainedSize - shallowSize - sizes);
    }
    const flat = await ask('dominator-tree', { ...root, depth: 1, minShare: 0.5 });
    const half = shop.retainedSizeOf(root.object) / 2;
    expect(
      flat.tree.children.every((child) => child.retainedSize >= half && child.children.length === 0),
    ).toBe(true);
  });
});

describe('strings', () => {
  test('duplicates are those of the analysis, with their objects', async () => {
    const expected = findDuplicateStrings(shop);
    const answer = await ask('duplicate-strings', SHOP);
    expect(answer).toMatchObject({
      total: expected.length,
      count: 2,
      wastedSize: 40,
      rows: [
        {
          group: 0,
          text: 'some, "quoted"\ntext',
          isTextCut: false,
          count: 2,
          shallowSize: 80,
          fullLength: null,
        },
      ],
    });
    const objects = await ask('duplicate-string-objects', { ...SHOP, group: 0, sort: 'file' });
    expect(ordinalsOf(objects.rows)).toEqual([...expected[0].ordinals()]);
    expect((await ask('duplicate-strings', { ...SHOP, filter: 'QUOTED' })).total).toBe(1);
    expect((await ask('duplicate-strings', { ...SHOP, filter: 'nothing' })).total).toBe(0);
    for (const sort of ['text', 'count', 'shallowSize', 'retainedSize', 'wastedSize'] as const) {
      expect((await ask('duplicate-strings', { ...SHOP, sort })).total).toBe(1);
    }
    await expect(ask('duplicate-string-objects', { ...SHOP, group: 1 })).rejects.toThrow('group: expected');
  });

  test('the largest are those of the analysis', async () => {
    const { rows } = await ask('largest-strings', SHOP);
    expect(ordinalsOf(rows)).toEqual([...largestStrings(shop).ordinals]);
  });
});

describe('allocations', () => {
  test('intervals have the ids by which a Summary is narrowed', async () => {
    const { intervals } = await ask('allocation-timeline', SHOP);
    const expected = liveBytesOverTime(shop);
    expect(intervals.map(({ toId }) => toId)).toEqual(expected.map(({ lastAssignedId }) => lastAssignedId));
    expect(intervals.map(({ fromId }) => fromId)).toEqual([0, 4]);
    expect(intervals.map(({ liveSize }) => liveSize)).toEqual(expected.map(({ liveSize }) => liveSize));
    const { fromId, liveSize, toId } = intervals[1];
    expect((await ask('classes', { ...SHOP, fromId, toId })).shallowSize).toBe(liveSize);
  });

  test('functions have what they allocated, and the objects that are left', async () => {
    const { rows } = await ask('allocation-sites', SHOP);
    const [expected] = findAllocationSites(shop);
    const { functionOrdinal, ...figures } = expected;
    expect(rows).toEqual([{ ...figures, site: functionOrdinal }]);
    const objects = await ask('allocation-objects', { ...SHOP, site: functionOrdinal, sort: 'id' });
    expect(objects.rows.map(({ id }) => id)).toEqual([SHOP_IDS.first]);
    expect(objects.total).toBe(expected.liveCount);
    expect((await ask('allocation-sites', { ...SHOP, filter: 'SHOP.JS' })).total).toBe(1);
    expect((await ask('allocation-sites', { ...SHOP, filter: 'none' })).total).toBe(0);
  });

  test('the tree leads from callers to callees', async () => {
    const roots = await ask('allocation-tree', SHOP);
    expect(roots.rows).toMatchObject([
      {
        functionName: '(root)',
        childCount: 1,
        allocationCount: 4,
        allocationSize: 4000,
        liveCount: 1,
        liveSize: 1000,
      },
    ]);
    const callees = await ask('allocation-tree', { ...SHOP, node: roots.rows[0].node });
    expect(callees.rows).toMatchObject([
      { functionName: 'login', childCount: 0, liveCount: 1, liveSize: 1000 },
    ]);
  });
});

test('statistics are those of the analysis, in parts that add up', async () => {
  const answer = await ask('statistics', SHOP);
  const { native, total, v8heap } = shop.statistics;
  expect(answer).toMatchObject({ total, native, v8heap });
  expect(answer.parts.reduce((sum, { size }) => sum + size, 0)).toBe(total);
  const sized = [...shop.graph.nodes()].filter(({ shallowSize }) => shallowSize > 0);
  for (const { count, shallowSize, type } of answer.types) {
    const ofType = sized.filter((node) => node.type === type);
    expect(count).toBe(ofType.length);
    expect(shallowSize).toBe(ofType.reduce((sum, node) => sum + node.shallowSize, 0));
  }
  expect(answer.types.reduce((sum, { count }) => sum + count, 0)).toBe(sized.length);
});

test('of one snapshot the findings are suspects, with the objects to go to', async () => {
  const answer = await ask('leaks', {});
  const expected = findSuspects(shop);
  expect(answer).toMatchObject({ kind: 'suspects', snapshots: [0], snapshot: 0 });
  expect(answer.findings.map(({ fingerprint }) => fingerprint)).toEqual(
    expected.map(({ fingerprint }) => fingerprint),
  );
  expect(expected.length).toBeGreaterThan(0);
  for (const { id, object, path } of answer.findings) {
    expect(object?.id).toBe(id);
    expect(path.every((step) => shop.graph.node(step.ordinal!).id === step.id)).toBe(true);
  }
});

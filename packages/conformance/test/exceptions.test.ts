import { describe, expect, test } from 'vitest';
import { computeClassRows } from '../src/class-rows.js';
import { compareAnswers } from '../src/compare.js';
import { type EngineAnswers, runEngine } from '../src/devtools-engine.js';
import { EXCEPTION_RULES } from '../src/exceptions.js';
import { describeDifferences } from '../src/report.js';
import type { NodeAnswers, SnapshotAnswers, SnapshotStatistics } from '../src/snapshot-answers.js';
import { drawnText } from './support/drawn-snapshot.js';
import { LARGE_NUMBERS, ONE_NAME, ROOT_LAST } from './support/engine-faults.js';

const TWO_32 = 2 ** 32;

/** Right answers where the engine's are not: its own with some put right, and the class table that follows from them. */
function corrected(
  engine: EngineAnswers,
  nodes: Partial<NodeAnswers>,
  statistics: Partial<SnapshotStatistics> = {},
): SnapshotAnswers {
  const rightNodes = { ...engine.nodes, ...nodes };
  return {
    rootOrdinal: engine.rootOrdinal,
    nodes: rightNodes,
    classes: computeClassRows(rightNodes, engine.rootOrdinal),
    statistics: { ...engine.statistics, ...statistics },
  };
}

describe('numbers-modulo-2^32', () => {
  const right = {
    idByNode: [1, 3, 5, TWO_32 + 7],
    shallowSizeByNode: [0, TWO_32 + 8, 2 * TWO_32, 16],
    retainedSizeByNode: [3 * TWO_32 + 24, 3 * TWO_32 + 8, 2 * TWO_32, 16],
  };
  const rightStatistics = { total: 3 * TWO_32 + 24, v8Total: 3 * TWO_32 + 24 };

  test('explains ids, sizes and what is made of them, value by value', async () => {
    const engine = await runEngine(drawnText(LARGE_NUMBERS));
    const comparison = compareAnswers(corrected(engine, right, rightStatistics), engine);

    expect(describeDifferences(comparison)).toBe('no differences');
    expect([...comparison.excluded.keys()]).toEqual(['numbers-modulo-2^32']);
    expect(Object.fromEntries(comparison.excluded.get('numbers-modulo-2^32')!)).toEqual({
      'node.idByNode': 1,
      'node.shallowSizeByNode': 2,
      'node.retainedSizeByNode': 3,
      'class.shallowSize': 1,
      'class.retainedSize': 1,
      'class.row': 1,
      'statistics.total': 1,
      'statistics.v8Total': 1,
    });
  });

  test('does not explain a size that is wrong in another way', async () => {
    const engine = await runEngine(drawnText(LARGE_NUMBERS));
    const wrong = { ...right, shallowSizeByNode: [0, TWO_32 + 9, 2 * TWO_32, 17] };
    const { different } = compareAnswers(corrected(engine, wrong, rightStatistics), engine);

    expect(different.get('node.shallowSizeByNode')).toBe(2);
  });

  test('does not explain a multiple of 2^32 that the sizes below a node do not make', async () => {
    const engine = await runEngine(drawnText(LARGE_NUMBERS));
    const wrong = { ...right, retainedSizeByNode: [4 * TWO_32 + 24, 3 * TWO_32 + 8, 2 * TWO_32, 16] };
    const { different } = compareAnswers(corrected(engine, wrong, rightStatistics), engine);

    expect(different.get('node.retainedSizeByNode')).toBe(1);
  });

  test('does not explain a multiple of 2^32 where no size is that large', async () => {
    const engine = await runEngine(drawnText(LARGE_NUMBERS));
    const wrong = corrected(engine, { retainedSizeByNode: right.retainedSizeByNode });
    expect(compareAnswers(wrong, engine).different.get('node.retainedSizeByNode')).toBe(3);
  });
});

describe('rows-of-one-name', () => {
  test('explains a row of which the engine lost a part, when ours is the whole', async () => {
    const engine = await runEngine(drawnText(ONE_NAME));
    expect(engine.classes.get(',Function')).toMatchObject({ count: 1, shallowSize: 200 });

    const ours = corrected(engine, {});
    expect(ours.classes.get(',Function')).toMatchObject({ count: 3, shallowSize: 3210, retainedSize: 3210 });
    const comparison = compareAnswers(ours, engine);
    expect(describeDifferences(comparison)).toBe('no differences');
    expect(Object.fromEntries(comparison.excluded.get('rows-of-one-name')!)).toEqual({
      'class.count': 1,
      'class.shallowSize': 1,
      'class.retainedSize': 1,
    });
  });

  test('holds for a string table that repeats a text', async () => {
    const engine = await runEngine(
      drawnText(
        [
          {
            type: 'synthetic',
            name: '',
            edges: [
              { type: 'property', name: 'a', to: 1 },
              { type: 'property', name: 'b', to: 2 },
            ],
          },
          { type: 'object', name: 'Thing', selfSize: 8 },
          { type: 'object', name: 'Thing', selfSize: 16 },
        ],
        { repeatStrings: true },
      ),
    );
    expect([...engine.collidingClassKeys]).toEqual([',Thing']);
    expect(engine.classes.get(',Thing')!.count).toBe(1);
    expect(describeDifferences(compareAnswers(corrected(engine, {}), engine))).toBe('no differences');
  });

  test('does not explain a row that ours has only partly either', async () => {
    const engine = await runEngine(drawnText(ONE_NAME));
    const row = { ...engine.classes.get(',Function')!, count: 2, shallowSize: 3010 };
    const ours = { ...engine, classes: new Map(engine.classes).set(',Function', row) };
    expect(compareAnswers(ours, engine).different).toEqual(
      new Map([
        ['class.count', 1],
        ['class.shallowSize', 1],
      ]),
    );
  });
});

describe('interfaces-from-root-on', () => {
  const right = {
    classNameByNode: ['{a}', '{a}', '(synthetic)'],
    classKeyByNode: [',{a}', ',{a}', ',(synthetic)'],
  };

  test('explains plain objects without an interface where the root is the last node', async () => {
    const engine = await runEngine(drawnText(ROOT_LAST, { rootOrdinal: 2 }));
    expect(engine.nodes.classNameByNode).toEqual(['Object', 'Object', '(synthetic)']);

    const comparison = compareAnswers(corrected(engine, right), engine);
    expect(describeDifferences(comparison)).toBe('no differences');
    expect(Object.fromEntries(comparison.excluded.get('interfaces-from-root-on')!)).toEqual({
      'node.classNameByNode': 2,
      'node.classKeyByNode': 2,
      'class.row': 2,
    });
  });

  test('does not explain another class, or any class where the root is the first node', async () => {
    const last = await runEngine(drawnText(ROOT_LAST, { rootOrdinal: 2 }));
    const wrong = { ...right, classNameByNode: ['Other', '{a}', 'Root'] };
    expect(compareAnswers(corrected(last, wrong), last).different.get('node.classNameByNode')).toBe(2);

    const first = await runEngine(drawnText([ROOT_LAST[2], ROOT_LAST[1], ROOT_LAST[0]]));
    const other = corrected(first, { classNameByNode: ['(synthetic)', '{b}', 'Object'] });
    expect(compareAnswers(other, first).different.get('node.classNameByNode')).toBeGreaterThan(0);
  });
});

test('every rule has its cases here', () => {
  expect(EXCEPTION_RULES.map(({ name }) => name)).toEqual([
    'rows-of-one-name',
    'interfaces-from-root-on',
    'numbers-modulo-2^32',
  ]);
});

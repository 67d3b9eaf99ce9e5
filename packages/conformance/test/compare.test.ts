import { expect, test } from 'vitest';
import { compareAnswers } from '../src/compare.js';
import { runEngine } from '../src/devtools-engine.js';
import { ComparisonTotals, describeDifferences } from '../src/report.js';
import { type DrawnNode, drawnText } from './support/drawn-snapshot.js';

const HEAP: readonly DrawnNode[] = [
  { type: 'synthetic', name: '', edges: [{ type: 'property', name: 'a', to: 1 }] },
  { type: 'object', name: 'A', selfSize: 8, edges: [{ type: 'property', name: 'b', to: 2 }] },
  { type: 'object', name: 'B', selfSize: 16 },
];

test('counts the values of every field', async () => {
  const engine = await runEngine(drawnText(HEAP));
  const { equal, different, excluded } = compareAnswers(engine, engine);

  expect(different.size).toBe(0);
  expect(excluded.size).toBe(0);
  expect(equal.get('node.nameByNode')).toBe(3);
  expect(equal.get('class.retainedSize')).toBe(2);
  expect(equal.get('statistics.jsArrays')).toBe(1);
  expect(equal.size).toBe(10 + 5 + 8);
});

test('leaves out what one side does not answer', async () => {
  const engine = await runEngine(drawnText(HEAP));
  const { nodeCount, idByNode, nameByNode } = engine.nodes;
  const ours = { rootOrdinal: 0, nodes: { nodeCount, idByNode, nameByNode } };

  expect(compareAnswers(ours, engine).equal).toEqual(
    new Map([
      ['node.idByNode', 3],
      ['node.nameByNode', 3],
    ]),
  );
});

test('keeps the first differences and counts all', async () => {
  const engine = await runEngine(drawnText(HEAP));
  const classes = new Map(engine.classes);
  classes.delete(',B');
  classes.set(',A', { ...classes.get(',A')!, count: 7 });
  const ours = {
    ...engine,
    nodes: { ...engine.nodes, nameByNode: ['', 'X', 'Y'] },
    classes,
    statistics: { total: 1 },
  };
  const comparison = compareAnswers(ours, engine, { limit: 4 });

  expect(describeDifferences(comparison).split('\n')).toEqual([
    '5 values differ (node.nameByNode 2, class.count 1, class.row 1, statistics.total 1)',
    'node 1 @3 nameByNode: ours "X", DevTools "A"',
    'node 2 @5 nameByNode: ours "Y", DevTools "B"',
    'class ",A" count: ours 7, DevTools 1',
    'class ",B" row: ours undefined, DevTools ",B"',
    '… and 1 more',
  ]);
});

test('throws where the two read different graphs', async () => {
  const engine = await runEngine(drawnText(HEAP));
  const ours = { rootOrdinal: 0, nodes: { nodeCount: 2, idByNode: [1, 3] } };

  expect(() => compareAnswers(ours, engine)).toThrow(
    'The engines read different graphs: ours has 2 nodes and root 0, DevTools 3 nodes and root 0.',
  );
});

test('totals add up over files', async () => {
  const engine = await runEngine(drawnText(HEAP));
  const { nodeCount, idByNode } = engine.nodes;
  const totals = new ComparisonTotals();
  totals.add(compareAnswers({ rootOrdinal: 0, nodes: { nodeCount, idByNode } }, engine));
  totals.add(compareAnswers({ rootOrdinal: 0, nodes: { nodeCount, idByNode: [1, 3, 6] } }, engine));

  expect(String(totals)).toBe('5 values equal: node.idByNode 5\n1 values DIFFERENT: node.idByNode 1');
});

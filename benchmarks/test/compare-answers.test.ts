import { expect, it } from 'vitest';
import type { Answer } from '../src/engine.js';
import { checkRounds, compareAnswers } from '../src/measure/compare-answers.js';
import type { Series } from '../src/measure/run-rounds.js';

function series(...answers: Answer[]): Series {
  const measurements = answers.map((answer) => ({ answer, milliseconds: 1, peakRss: 1, cpuMilliseconds: 1 }));
  return { task: 'summary', engine: 'theirs', measurements };
}

function partsOf(ours: Answer, theirs: Answer) {
  const { parts } = compareAnswers(ours, series(theirs), theirs);
  return Object.fromEntries(parts.map(({ name, equal, compared }) => [name, `${equal}/${compared}`]));
}

it('compares what both tell, and nothing else', () => {
  expect(partsOf({ nodeCount: 3, edgeCount: 4 }, { nodeCount: 3, totalSize: 9 })).toEqual({ nodes: '1/1' });
  expect(partsOf({ nodeCount: 3 }, { nodeCount: 4 })).toEqual({ nodes: '0/1' });
});

it('takes a rounded figure for as precise as it is printed', () => {
  expect(partsOf({ totalSize: 1040 }, { totalSize: 1000, totalSizePrecision: 50 })).toEqual({
    'total size': '1/1',
  });
  expect(partsOf({ totalSize: 1060 }, { totalSize: 1000, totalSizePrecision: 50 })).toEqual({
    'total size': '0/1',
  });
});

const ours: Answer = {
  classes: [
    { name: 'A', location: '1,2,3', count: 5, retainedSize: 500 },
    { name: 'A', location: '9,9,9', count: 1, retainedSize: 10 },
    { name: 'B', count: 7, retainedSize: 70 },
  ],
};

it('tells classes of one name apart by their place, where the other does', () => {
  expect(partsOf(ours, ours)).toEqual({ 'objects by class': '3/3', 'retained sizes': '3/3' });
  const moved = { classes: [{ name: 'A', location: '1,2,4', count: 5 }] };
  // three of ours are missing there, one of theirs here
  expect(partsOf(ours, moved)).toEqual({ 'objects by class': '0/3', 'other classes': '0/1' });
});

it('adds up classes of one name where the other knows no places, but not what they retain', () => {
  const byName = {
    classes: [
      { name: 'A', count: 6, retainedSize: 505 },
      { name: 'B', count: 7, retainedSize: 71 },
    ],
  };
  expect(partsOf(ours, byName)).toEqual({ 'objects by class': '2/2', 'retained sizes': '0/1' });
});

it('holds what is new and what is gone against each other', () => {
  const diff = (count: number, deletedCount: number): Answer => ({
    classes: [{ name: 'A', count, deletedCount }],
  });
  expect(partsOf(diff(1, 2), diff(1, 2))).toEqual({ 'objects by class': '2/2' });
  expect(partsOf(diff(1, 2), diff(1, 3))).toEqual({ 'objects by class': '1/2' });
});

it('refuses an engine that differs from itself', () => {
  expect(() => checkRounds(series({ nodeCount: 1 }, { nodeCount: 1 }))).not.toThrow();
  expect(() => checkRounds(series({ nodeCount: 1 }, { nodeCount: 2 }))).toThrow(
    'theirs, summary: the answers of two rounds differ',
  );
});

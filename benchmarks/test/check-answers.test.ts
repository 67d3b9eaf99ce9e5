import { expect, it } from 'vitest';
import type { Answer } from '../src/engine.js';
import { checkAnswers } from '../src/measure/check-answers.js';

function series(engine: string, ...answers: Answer[]) {
  const measurements = answers.map((answer) => ({ answer, milliseconds: 1, peakRss: 1, cpuMilliseconds: 1 }));
  return { task: 'open', engine, measurements };
}

it('joins what the engines know', () => {
  const all = [
    series('a', { nodeCount: 3 }),
    series('b', { byteLength: 100 }),
    series('c', { nodeCount: 3 }),
  ];
  expect(checkAnswers(100, all)).toEqual({ byteLength: 100, nodeCount: 3 });
});

it('refuses engines that differ, and one that differs from itself', () => {
  expect(() => checkAnswers(100, [series('a', { edgeCount: 3 }), series('b', { edgeCount: 4 })])).toThrow(
    'edgeCount: a (open) says 3, b (open) says 4',
  );
  expect(() => checkAnswers(100, [series('a', { nodeCount: 3 }, { nodeCount: 5 })])).toThrow(
    'nodeCount: a (open) says 3, a (open) says 5',
  );
  expect(() => checkAnswers(100, [series('a', { byteLength: 99 })])).toThrow(
    'byteLength: the file system says 100, a (open) says 99',
  );
});

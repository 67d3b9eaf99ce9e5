import { expect, it } from 'vitest';
import type { ComparisonResults, SeriesResults } from '../src/report/comparison-results.js';
import { checkTargets } from '../src/targets.js';

function series(engine: string, seconds: number[], peakRss = 1): SeriesResults {
  return {
    engine,
    figures: seconds.map((value) => ({ milliseconds: value * 1000, peakRss, cpuMilliseconds: 1 })),
  };
}

function results(...summary: SeriesResults[]): ComparisonResults {
  const machine = {
    processor: 'P',
    cores: 2,
    memoryBytes: 1,
    platform: 'p',
    node: '20',
    loadBefore: 0,
    usedByOthers: 0,
  };
  const unit = {
    input: 'big',
    task: 'summary',
    date: '',
    rounds: 3,
    machine,
    series: summary,
    comparisons: [],
  };
  const input = { name: 'big', size: '1500mb', bytes: 100, nodeCount: 1, edgeCount: 1 };
  return { name: 'comparison', command: '', inputs: [input], units: [unit] };
}

function verdicts(measured: ComparisonResults) {
  return Object.fromEntries(
    checkTargets(measured).map(({ text, input, value, holds }) => [`${text}, ${input}`, [value, holds]]),
  );
}

it('holds medians against the bounds', () => {
  const measured = results(
    series('heapstream', [9, 1, 2], 110),
    series('DevTools', [20, 30, 19]),
    series('heap-snapshot', [7.9]),
  );
  expect(verdicts(measured)).toMatchObject({
    '`summary`: times as fast as DevTools, big': ['10.0 ×', true],
    '`summary`: times as fast as heap-snapshot, big': ['3.95 ×', false],
    '`summary`: peak memory per byte of file, big': ['1.10 bytes per byte', true],
    // no such task
    '`reopen` from the index, of the time of `summary`, big': [null, null],
  });
});

it('does not judge what an engine could not do', () => {
  const measured = results(series('heapstream', [1]), series('DevTools', []));
  expect(verdicts(measured)['`summary`: times as fast as DevTools, big']).toEqual([null, null]);
});

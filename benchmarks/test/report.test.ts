import { expect, it } from 'vitest';
import type { Engine, Task } from '../src/engine.js';
import type { Machine } from '../src/measure/machine.js';
import { checkBounds } from '../src/report/check-bounds.js';
import { compareEngines } from '../src/report/compare-engines.js';
import { toMarkdown } from '../src/report/markdown.js';
import type { InputResults } from '../src/report/results.js';

const task: Task = {
  name: 'open',
  description: 'opening',
  scope: 'call',
  memoryBounds: [{ engine: 'quick', fromBytes: 1e6, timesFileSize: 1.2 }],
};
const engine: Engine = { name: 'quick', description: 'reads', tasks: {} };
const machine: Machine = {
  processor: 'P',
  cores: 2,
  memoryBytes: 2 ** 33,
  platform: 'linux x64',
  node: '20.19.0',
  loadBefore: 0.1,
  usedByOthers: 0.3,
};

function input(bytes: number, ...peaks: number[]): InputResults {
  const measurements = peaks.map((peakRss, round) => ({
    answer: {},
    milliseconds: 1000 * (round + 1),
    peakRss,
    cpuMilliseconds: 1,
  }));
  return {
    file: 'a.heapsnapshot',
    bytes,
    answer: { nodeCount: 1234, edgeCount: 5 },
    series: [{ task: 'open', engine: 'quick', measurements }],
  };
}

it('holds the worst round against the bound, for files that are large enough', () => {
  expect(checkBounds([input(1e6, 1.1e6, 1.19e6)], [task]).map(({ holds }) => holds)).toEqual([true]);
  expect(checkBounds([input(1e6, 1.1e6, 1.2e6)], [task]).map(({ holds }) => holds)).toEqual([false]);
  expect(checkBounds([input(1e5, 9e9)], [task])).toEqual([]);
});

it('prints medians with their spread, and that the machine was busy', () => {
  const results = { name: 'open', date: '2026-01-02T03:04:05Z', command: 'c', rounds: 3, machine };
  const text = toMarkdown({ ...results, inputs: [input(4e6, 1e6, 2e6, 3e6)] }, [], [task], [engine]);
  expect(text).toContain('**a.heapsnapshot**: 4 MB, 1,234 nodes, 5 edges');
  expect(text).toContain('| open | quick | 2.00 (1.00–3.00) | 2 | 2 (1–3) | 0.50 |');
  expect(text).toContain('**the machine was not idle**: others used 30% of its processor time');
});

it('compares two engines round by round', () => {
  const one = input(4e6, 1, 1, 1);
  const [quick] = one.series;
  const slow = {
    ...quick,
    engine: 'slow',
    measurements: quick.measurements.map((each, round) => ({
      ...each,
      milliseconds: 3000 * (round + 1) ** 2,
    })),
  };
  const compared = { ...task, comparisons: [{ engine: 'quick', baseline: 'slow' }] };
  expect(compareEngines([{ ...one, series: [quick, slow] }], [compared])).toEqual([
    'a.heapsnapshot: open, quick, is 6.00 (3.00–9.00) times as fast as slow',
  ]);
  expect(compareEngines([one], [compared])).toEqual([]);
});

import { expect, it } from 'vitest';
import { parseSize } from '../src/generated-heap.js';
import { drawSvg, growthChart } from '../src/report/charts.js';
import { type SweepPoint, type SweepResults, sweepMarkdown } from '../src/report/write-sweep.js';

function point(bytes: number, seconds: number, peakRss: number): SweepPoint {
  const figures = [{ milliseconds: seconds * 1000, peakRss, cpuMilliseconds: 1 }];
  const counts = { nodeCount: 1234, edgeCount: 5, stringBytes: 6 };
  return { label: `${bytes / 1e6}mb`, engine: 'heapstream', bytes, ...counts, figures };
}

function results(...points: SweepPoint[]): SweepResults {
  const machine = {
    processor: 'P',
    cores: 2,
    memoryBytes: 2 ** 33,
    platform: 'linux x64',
    node: '20',
    loadBefore: 0,
    usedByOthers: 0,
  };
  const leftOut = { ...point(7e8, 1, 1), figures: [], leftOut: 'fails: Invalid string length' };
  return { name: 'sweep', command: 'c', date: '2026-01-02T03:04:05Z', machine, points, limits: [leftOut] };
}

it('fits exponents to the large heaps, where starting Node is no longer most of it', () => {
  const text = sweepMarkdown(results(point(1e7, 5, 1e8), point(1e8, 1, 1e9), point(1e10, 1000, 1e10)));
  expect(text).toContain('the time of **heapstream** grows as size^1.50, its memory as size^0.50.');
  expect(text).toContain(
    '| 100mb | heapstream | 1,234 | 5 | 1.00 (1.00–1.00) | 100 | 1,000 (1,000–1,000) | 10.00 |',
  );
  expect(text).toContain('| heapstream | 1,234 | 5 | fails: Invalid string length |');
});

it('holds 10 GB against 16 GiB', () => {
  expect(sweepMarkdown(results(point(1e10, 1, 16 * 2 ** 30)))).toContain('within 16 GiB: 16.0 GiB, holds');
  expect(sweepMarkdown(results(point(1e10, 1, 17 * 2 ** 30)))).toContain('17.0 GiB, **missed**');
});

it('draws growth on logarithmic axes', async () => {
  const points = [1e7, 1e9].map((bytes) => ({
    engine: 'ours',
    bytes,
    median: bytes / 1e8,
    min: 0.05,
    max: 20,
  }));
  const svg = await drawSvg(growthChart(points, 'time', 'seconds'));
  for (const label of ['10 MB', '1 GB', '0.1 s', '10 s', 'ours']) expect(svg).toContain(`>${label}</text>`);
});

it('reads sizes', () => {
  expect([parseSize('10mb'), parseSize('1.5GB'), parseSize('7kb')]).toEqual([1e7, 1.5e9, 7000]);
  expect(() => parseSize('10')).toThrow('10: expected a size such as 10mb or 1.5gb');
});

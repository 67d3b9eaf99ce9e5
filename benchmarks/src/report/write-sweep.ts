import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCHMARKS_FOLDER } from '../inputs.js';
import type { Machine } from '../measure/machine.js';
import type { Measurement } from '../measure/measurement.js';
import { fitPowerLaw } from '../measure/power-law.js';
import { spreadOf } from '../measure/spread.js';
import { drawSvg, type GrowthPoint, growthChart } from './charts.js';
import { machineText, spreadText } from './markdown.js';
import { placeBetweenMarks } from './write-results.js';

/** One run of `npm run bench:sweep`, as `results/sweep.json` keeps it. */
export interface SweepResults {
  readonly name: 'sweep';
  readonly command: string;
  readonly date: string;
  readonly machine: Machine;
  readonly points: readonly SweepPoint[];
  /** Heaps that some cannot open. */
  readonly limits: readonly SweepPoint[];
}

/** `summary` of one generated heap by one engine. */
export interface SweepPoint {
  readonly label: string;
  readonly engine: string;
  readonly bytes: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly stringBytes: number;
  readonly figures: readonly Omit<Measurement, 'answer'>[];
  readonly leftOut?: string;
}

type Figure = 'milliseconds' | 'peakRss';
/** Below, starting Node is most of the cost. */
const FIT_FROM_BYTES = 90e6;
const BOUND = { fromBytes: 9e9, peakRss: 16 * 2 ** 30 };
const CHARTS = [
  {
    file: 'sweep-time.svg',
    title: 'time of the whole command',
    figure: 'milliseconds',
    scale: 1e3,
    unit: 'seconds',
  },
  { file: 'sweep-memory.svg', title: 'peak memory', figure: 'peakRss', scale: 1, unit: 'bytes' },
] as const;
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Prints the tables; unless `isDry`, writes results/sweep.json, the charts, and the tables into the README. */
export async function writeSweep(results: SweepResults, { isDry }: { isDry: boolean }): Promise<void> {
  const markdown = sweepMarkdown(results);
  console.log(markdown);
  if (isDry) return;
  const folder = join(BENCHMARKS_FOLDER, 'results');
  mkdirSync(folder, { recursive: true });
  for (const { file, title, figure, scale, unit } of CHARTS) {
    const points = measured(results.points).map(
      ({ engine, bytes, figures }): GrowthPoint => ({
        engine: engineWithExponent(results.points, engine, figure),
        bytes,
        ...spreadOf(figures.map((one) => one[figure] / scale)),
      }),
    );
    if (points.length > 0) writeFileSync(join(folder, file), await drawSvg(growthChart(points, title, unit)));
  }
  writeFileSync(join(folder, 'sweep.json'), `${JSON.stringify(results, null, 2)}\n`);
  const readme = join(BENCHMARKS_FOLDER, 'README.md');
  writeFileSync(readme, placeBetweenMarks(readFileSync(readme, 'utf8'), 'sweep', markdown));
}

export function sweepMarkdown(results: SweepResults): string {
  const { command, date, machine, points, limits } = results;
  const engines = [...new Set(points.map(({ engine }) => engine))];
  const paragraphs = [
    `\`${command}\`, ${date.slice(0, 10)}; ${machineText(machine)}.`,
    ...engines.map((engine) => exponents(points, engine)),
    '![time against size](results/sweep-time.svg)\n![memory against size](results/sweep-memory.svg)',
    [
      '| size | engine | nodes | edges | seconds | MB/s | peak memory, MB | bytes per byte |',
      '|--:|---|--:|--:|--:|--:|--:|--:|',
      ...points.map(pointRow),
    ].join('\n'),
    boundText(points),
    ...(limits.length === 0
      ? []
      : [
          'A heap whose string table is longer than any JavaScript string:',
          [
            '| snapshot | engine | nodes | edges | seconds | MB/s | peak memory, MB | bytes per byte |',
            '|---|---|--:|--:|--:|--:|--:|--:|',
            ...limits.map((point) => pointRow(point)),
          ].join('\n'),
        ]),
  ];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

function exponents(points: readonly SweepPoint[], engine: string): string {
  const [time, memory] = [exponentOf(points, engine, 'milliseconds'), exponentOf(points, engine, 'peakRss')];
  if (time === undefined || memory === undefined) return '';
  return `From 100 MB on, the time of **${engine}** grows as size^${time}, its memory as size^${memory}.`;
}

function engineWithExponent(points: readonly SweepPoint[], engine: string, figure: Figure): string {
  const exponent = exponentOf(points, engine, figure);
  return exponent === undefined ? engine : `${engine}: size^${exponent}`;
}

function exponentOf(points: readonly SweepPoint[], engine: string, figure: Figure): string | undefined {
  const fitted = measured(points).filter((point) => point.engine === engine && point.bytes > FIT_FROM_BYTES);
  if (fitted.length < 2) return undefined;
  const costs = fitted.map(({ bytes, figures }) => ({
    size: bytes,
    cost: spreadOf(figures.map((one) => one[figure])).median,
  }));
  return fitPowerLaw(costs).exponent.toFixed(2);
}

function pointRow({ label, engine, bytes, nodeCount, edgeCount, figures, leftOut }: SweepPoint): string {
  const counts = [label, engine, whole.format(nodeCount), whole.format(edgeCount)];
  if (figures.length === 0) return `| ${[...counts, leftOut ?? '', '', '', ''].join(' | ')} |`;
  const seconds = spreadOf(figures.map(({ milliseconds }) => milliseconds / 1000));
  const peak = spreadOf(figures.map(({ peakRss }) => peakRss / 1e6));
  const cells = [
    ...counts,
    spreadText(seconds, (value) => value.toFixed(2)),
    whole.format(bytes / 1e6 / seconds.median),
    spreadText(peak, (value) => whole.format(value)),
    ((peak.median * 1e6) / bytes).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

function boundText(points: readonly SweepPoint[]): string {
  return measured(points)
    .filter(({ engine, bytes }) => engine === 'heapstream' && bytes >= BOUND.fromBytes)
    .map(({ label, figures }) => {
      const peak = Math.max(...figures.map(({ peakRss }) => peakRss));
      const verdict = peak <= BOUND.peakRss ? 'holds' : '**missed**';
      return `- ${label} within 16 GiB: ${(peak / 2 ** 30).toFixed(1)} GiB, ${verdict}.`;
    })
    .join('\n');
}

function measured(points: readonly SweepPoint[]): SweepPoint[] {
  return points.filter(({ figures }) => figures.length > 0);
}

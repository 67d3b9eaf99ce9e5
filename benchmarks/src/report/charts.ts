import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { spreadOf } from '../measure/spread.js';
import type { ComparisonResults } from './comparison-results.js';

const FONT = 'system-ui, sans-serif';
/** The first engine stands out, the others recede. */
const OURS = '#2563eb';
const OTHERS = '#94a3b8';
const CONFIG = {
  background: 'white',
  font: FONT,
  view: { stroke: null },
  axis: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    domainColor: '#cbd5e1',
    tickColor: '#cbd5e1',
  },
  legend: { labelFontSize: 11, labelLimit: 240 },
} as const;

/** Draws a chart without a browser. */
export async function drawSvg(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

/** Bars of one figure of one task, a panel an input; the medians, with the smallest and the largest as whiskers. */
export function comparisonChart(
  results: ComparisonResults,
  task: string,
  figure: 'milliseconds' | 'peakRss',
): TopLevelSpec | undefined {
  const [title, scale] = figure === 'milliseconds' ? ['seconds', 1e3] : ['peak memory, MB', 1e6];
  const values = results.inputs.flatMap((input) => {
    const unit = results.units.find((one) => one.input === input.name && one.task === task);
    return (unit?.series ?? [])
      .filter(({ figures }) => figures.length > 0)
      .map(({ engine, figures }) => {
        const { median, min, max } = spreadOf(figures.map((one) => one[figure] / scale));
        const label = median < 1 ? median.toFixed(2) : median < 100 ? median.toFixed(1) : median.toFixed(0);
        const panel = `${input.name} (${Math.round(input.bytes / 1e6).toLocaleString('en-US')} MB)`;
        return { panel, engine, median, min, max, label, isOurs: engine === 'heapstream' };
      });
  });
  if (values.length === 0) return undefined;
  const x = { field: 'median', type: 'quantitative', title, axis: { grid: false, tickCount: 5 } } as const;
  const y = { field: 'engine', type: 'nominal', sort: null, title: null } as const;
  const panels = [...new Set(values.map(({ panel }) => panel))];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: CONFIG,
    vconcat: panels.map((panel) => ({
      title: { text: panel, anchor: 'start', fontSize: 12 },
      width: 560,
      height: { step: 22 },
      data: { values: values.filter((value) => value.panel === panel) },
      layer: [
        {
          mark: { type: 'bar', cornerRadiusEnd: 2 },
          encoding: {
            x,
            y,
            color: { condition: { test: 'datum.isOurs', value: OURS }, value: OTHERS },
          },
        },
        {
          mark: { type: 'rule', color: '#334155' },
          encoding: { x: { field: 'min', type: 'quantitative', title }, x2: { field: 'max' }, y },
        },
        {
          mark: { type: 'text', align: 'left', dx: 8, fontSize: 11, color: '#334155' },
          encoding: {
            x: { field: 'max', type: 'quantitative', title },
            y,
            text: { field: 'label', type: 'nominal' },
          },
        },
      ],
    })),
  };
}

/** A line in a chart of growth. */
export interface GrowthPoint {
  readonly engine: string;
  readonly bytes: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What the labels of an axis of powers of ten say. */
const LABELS = {
  seconds: "datum.value + ' s'",
  bytes: "datum.value >= 1e9 ? datum.value / 1e9 + ' GB' : datum.value / 1e6 + ' MB'",
} as const;

/** Cost against size, both logarithmic: a straight line is a power, its slope the exponent. */
export function growthChart(
  points: readonly GrowthPoint[],
  title: string,
  unit: keyof typeof LABELS,
): TopLevelSpec {
  const [from, to] = [Math.min(...points.map(({ min }) => min)), Math.max(...points.map(({ max }) => max))];
  const x = {
    field: 'bytes',
    type: 'quantitative',
    scale: { type: 'log' },
    title: 'size of the snapshot',
    axis: powersOfTen(points[0].bytes, points[points.length - 1].bytes, 'bytes'),
  } as const;
  const domain = [10 ** Math.floor(Math.log10(from)), 10 ** Math.ceil(Math.log10(to))];
  const yScale = { scale: { type: 'log' as const, domain }, axis: powersOfTen(from, to, unit) };
  const y = { field: 'median', type: 'quantitative', title, ...yScale } as const;
  const color = {
    field: 'engine',
    type: 'nominal',
    sort: null,
    title: null,
    scale: { scheme: 'tableau10' },
  } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: CONFIG,
    width: 480,
    height: 280,
    data: { values: [...points] },
    layer: [
      { mark: { type: 'line', point: { size: 40 } }, encoding: { x, y, color } },
      {
        mark: 'rule',
        encoding: {
          x,
          y: { field: 'min', type: 'quantitative', title, ...yScale },
          y2: { field: 'max' },
          color,
        },
      },
    ],
  };
}

function powersOfTen(from: number, to: number, unit: keyof typeof LABELS) {
  const first = Math.floor(Math.log10(from));
  const last = Math.ceil(Math.log10(to));
  const values = Array.from({ length: last - first + 1 }, (_, at) => Number(`1e${first + at}`));
  return { values, labelExpr: LABELS[unit], grid: true, gridColor: '#e2e8f0' };
}

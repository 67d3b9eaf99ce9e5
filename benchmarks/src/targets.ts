import { spreadOf } from './measure/spread.js';
import type { ComparisonResults, UnitResults } from './report/comparison-results.js';

/** Something that the project promises about speed or memory. */
interface Target {
  readonly text: string;
  readonly size: string;
  /** What is held against the bound, for one input; `undefined` where it was not measured. */
  readonly valueOf: (input: InputUnits) => number | undefined;
  readonly bound: number;
  readonly atLeast: boolean;
  readonly unit: '×' | 's' | '%' | 'GB/s' | 'bytes per byte';
}

interface InputUnits {
  readonly bytes: number;
  readonly median: (task: string, engine: string, figure: 'milliseconds' | 'peakRss') => number | undefined;
}

export interface TargetResult {
  readonly text: string;
  readonly input: string;
  /** With its unit, `12.3 ×`; `null` where it was not measured. */
  readonly value: string | null;
  readonly bound: string;
  readonly holds: boolean | null;
}

const SELF = 'heapstream';

const TARGETS: readonly Target[] = [
  fasterThan('DevTools', '1500mb', 10),
  fasterThan('heap-snapshot', '1500mb', 4),
  {
    text: '`summary`: peak memory per byte of file',
    size: '1500mb',
    valueOf: ({ bytes, median }) => divide(median('summary', SELF, 'peakRss'), bytes),
    bound: 1.1,
    atLeast: false,
    unit: 'bytes per byte',
  },
  {
    text: '`parse`: bytes of file a second',
    size: '1500mb',
    valueOf: ({ bytes, median }) => divide(bytes / 1e6, median('parse', SELF, 'milliseconds')),
    bound: 1.2,
    atLeast: true,
    unit: 'GB/s',
  },
  {
    text: '`reopen` from the index, of the time of `summary`',
    size: '1500mb',
    valueOf: ({ median }) => {
      const share = divide(median('reopen', SELF, 'milliseconds'), median('summary', SELF, 'milliseconds'));
      return share === undefined ? undefined : share * 100;
    },
    bound: 3,
    atLeast: false,
    unit: '%',
  },
  {
    text: '`question` never asked before, from the index',
    size: '1500mb',
    valueOf: ({ median }) => divide(median('question', SELF, 'milliseconds'), 1000),
    bound: 0.3,
    atLeast: false,
    unit: 's',
  },
  fasterThan('DevTools', '100mb', 6),
  fasterThan('heap-snapshot', '100mb', 2),
  {
    text: '`summary`: the whole command',
    size: '5mb',
    valueOf: ({ median }) => divide(median('summary', SELF, 'milliseconds'), 1000),
    bound: 0.5,
    atLeast: false,
    unit: 's',
  },
];

/** Each target for each input of its size; none for sizes that the run left out. */
export function checkTargets(results: ComparisonResults): TargetResult[] {
  return TARGETS.flatMap((target) => {
    const inputs = results.inputs.filter(({ size }) => size === target.size);
    return inputs.map(({ name, bytes }) => {
      const units = results.units.filter(({ input }) => input === name);
      const value = target.valueOf({ bytes, median: (...wanted) => medianOf(units, ...wanted) });
      return resultOf(target, name, value);
    });
  });
}

function fasterThan(engine: string, size: string, bound: number): Target {
  return {
    text: `\`summary\`: times as fast as ${engine}`,
    size,
    valueOf: ({ median }) =>
      divide(median('summary', engine, 'milliseconds'), median('summary', SELF, 'milliseconds')),
    bound,
    atLeast: true,
    unit: '×',
  };
}

function resultOf(target: Target, input: string, value: number | undefined): TargetResult {
  const { text, bound, atLeast, unit } = target;
  return {
    text,
    input,
    bound: `${atLeast ? '≥' : '≤'} ${bound} ${unit}`,
    value: value === undefined ? null : `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`,
    holds: value === undefined ? null : atLeast ? value >= bound : value <= bound,
  };
}

function medianOf(
  units: readonly UnitResults[],
  task: string,
  engine: string,
  figure: 'milliseconds' | 'peakRss',
): number | undefined {
  const series = units.find((unit) => unit.task === task)?.series.find((one) => one.engine === engine);
  if (series === undefined || series.figures.length === 0) return undefined;
  return spreadOf(series.figures.map((one) => one[figure])).median;
}

function divide(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}

import type { Engine, Task } from '../engine.js';
import type { AnswerComparison, ComparedPart } from '../measure/compare-answers.js';
import { IDLE_SHARE, type Machine } from '../measure/machine.js';
import { type Spread, spreadOf } from '../measure/spread.js';
import type { TargetResult } from '../targets.js';
import type {
  ComparisonResults,
  InputDescription,
  SeriesResults,
  UnitResults,
} from './comparison-results.js';
import { machineText, spreadText } from './markdown.js';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** The tables of a run: what it promises, then an input each, then how far the answers agree. */
export function comparisonMarkdown(
  results: ComparisonResults,
  targets: readonly TargetResult[],
  charts: readonly { readonly title: string; readonly file: string }[],
  tasks: readonly Task[],
  engines: readonly Engine[],
): string {
  const paragraphs = [
    runText(results),
    ...(targets.length > 0 ? ['### Targets', targetTable(targets)] : []),
    ...charts.flatMap(({ title, file }) => [`### ${title}`, `![${title}](results/${file})`]),
    '### Times and memory',
    'Medians, with the smallest and the largest in parentheses. *× ours*: how many times as long, or as much memory, as heapstream takes.',
    ...results.inputs.map((input) => {
      const { name, bytes } = input;
      const units = results.units.filter((unit) => unit.input === name);
      return [
        `**${name}**: ${bytes < 1e7 ? (bytes / 1e6).toFixed(1) : whole.format(bytes / 1e6)} MB${countsText(input)}`,
        '',
        '| task | engine | seconds | × ours | MB/s | peak memory, MB | × ours | bytes per byte |',
        '|---|---|--:|--:|--:|--:|--:|--:|',
        ...units.flatMap((unit) => unitRows(unit, bytes, tasks)),
      ].join('\n');
    }),
    ...(results.units.some(({ comparisons }) => comparisons.length > 0)
      ? answerParagraphs(results.units)
      : []),
    knownDifferences(results.units, engines),
  ];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

function answerParagraphs(units: readonly UnitResults[]): string[] {
  return [
    '### Answers',
    'Of everything that an engine tells: how many values are the same as ours. The run fails where counts of nodes or edges or the total size differ, and where an engine differs otherwise and nobody can say why.',
    answerTable(units),
  ];
}

function runText({ units, command }: ComparisonResults): string {
  if (units.length === 0) return '';
  const dates = units.map(({ date }) => date.slice(0, 10)).sort();
  const others = units.map(({ machine }) => machine.usedByOthers).filter((share) => share !== null);
  const worst = others.length === units.length ? Math.max(...others) : null;
  const machine: Machine = { ...units[0].machine, usedByOthers: worst };
  const noisy = units.filter((unit) => (unit.machine.usedByOthers ?? 0) > IDLE_SHARE);
  const date = dates[0] === dates.at(-1) ? dates[0] : `${dates[0]} to ${dates.at(-1)}`;
  const rounds = [...new Set(units.map((unit) => unit.rounds))].sort((a, b) => a - b).join(' or ');
  return (
    `\`${command}\`, ${rounds} ${rounds === '1' ? 'round' : 'rounds'}, ${date}; ${machineText(machine)}.` +
    (noisy.length === 0
      ? ''
      : ` Others used more than ${IDLE_SHARE * 100}% of the machine during ${noisy.length} of ${units.length} tasks; ratios are of interleaved runs.`)
  );
}

function countsText({ nodeCount, edgeCount }: InputDescription): string {
  if (nodeCount === 0) return '';
  return `, ${whole.format(nodeCount)} nodes, ${whole.format(edgeCount)} edges`;
}

function targetTable(targets: readonly TargetResult[]): string {
  return [
    '| target | snapshot | bound | measured | |',
    '|---|---|--:|--:|---|',
    ...targets.map(({ text, input, bound, value, holds }) => {
      const verdict = holds === null ? '' : holds ? 'holds' : '**missed**';
      return `| ${text} | ${input} | ${bound} | ${value ?? 'not measured'} | ${verdict} |`;
    }),
  ].join('\n');
}

function unitRows({ task, series }: UnitResults, bytes: number, tasks: readonly Task[]): string[] {
  // the first engine is the one that the others are compared with, if it could do the task
  const ours = series[0]?.figures.length > 0 ? series[0] : undefined;
  const isTotal = tasks.find(({ name }) => name === task)?.isComparison;
  return series.map((one) => {
    if (one.figures.length === 0) return `| ${task} | ${one.engine} | ${one.leftOut ?? ''} | | | | | |`;
    const seconds = spread(one, 'milliseconds', 1000);
    const peak = spread(one, 'peakRss', 1e6);
    const isOurs = one === ours;
    const cells = [
      task,
      one.engine,
      spreadText(seconds, (value) => value.toFixed(value < 0.1 ? 3 : 2)),
      isOurs || ours === undefined ? '' : times(seconds, spread(ours, 'milliseconds', 1000)),
      isTotal ? '' : whole.format(bytes / 1e6 / seconds.median),
      spreadText(peak, (value) => whole.format(value)),
      isOurs || ours === undefined ? '' : times(peak, spread(ours, 'peakRss', 1e6)),
      isTotal ? '' : ((peak.median * 1e6) / bytes).toFixed(2),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

function spread({ figures }: SeriesResults, figure: 'milliseconds' | 'peakRss', scale: number): Spread {
  return spreadOf(figures.map((one) => one[figure] / scale));
}

function times(theirs: Spread, ours: Spread): string {
  const ratio = theirs.median / ours.median;
  return `${ratio.toFixed(ratio < 10 ? 1 : 0)} ×`;
}

const PARTS: readonly ComparedPart['name'][] = [
  'nodes',
  'edges',
  'total size',
  'objects by class',
  'retained sizes',
];

function answerTable(units: readonly UnitResults[]): string {
  const rows = units.flatMap(({ input, comparisons }) =>
    comparisons
      .filter(({ parts }) => parts.some(({ name }) => PARTS.includes(name)))
      .map((comparison) => answerRow(input, comparison)),
  );
  return [
    '| snapshot | task | engine | nodes | edges | total size | objects by class | retained size of the 20 largest classes |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function answerRow(input: string, { task, engine, parts }: AnswerComparison): string {
  const cells = PARTS.map((name) => {
    const part = parts.find((one) => one.name === name);
    if (part === undefined) return '';
    const more = name === 'objects by class' ? othersText(parts) : '';
    if (part.equal < part.compared)
      return `${whole.format(part.equal)} of ${whole.format(part.compared)}${more}`;
    return part.compared === 1 ? `same${more}` : `all ${whole.format(part.compared)}${more}`;
  });
  return `| ${[input, task, engine, ...cells].join(' | ')} |`;
}

function othersText(parts: readonly ComparedPart[]): string {
  const others = parts.find(({ name }) => name === 'other classes');
  return others === undefined ? '' : `, and ${whole.format(others.compared)} that we have not`;
}

/** A line an engine that differs anywhere, with an example. */
function knownDifferences(units: readonly UnitResults[], engines: readonly Engine[]): string {
  return engines
    .flatMap(({ name, knownDifferences: reason }) => {
      const differing = units
        .flatMap(({ input, comparisons }) => comparisons.map((comparison) => ({ input, ...comparison })))
        .filter(({ engine }) => engine === name)
        .flatMap(({ input, parts }) => parts.map((part) => ({ input, ...part })))
        .find(({ difference }) => difference !== undefined);
      if (differing === undefined) return [];
      const example = differing.difference!.replaceAll('|', '\\|').replaceAll('\n', ' ');
      return [`- **${name}** ${reason ?? 'differs'}. First of them (${differing.input}): ${example}.`];
    })
    .join('\n');
}

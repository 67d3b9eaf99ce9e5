import type { Engine, Task } from '../engine.js';
import { IDLE_SHARE, type Machine } from '../measure/machine.js';
import type { Series } from '../measure/run-rounds.js';
import { type Spread, spreadOf } from '../measure/spread.js';
import type { BoundCheck } from './check-bounds.js';
import { compareEngines } from './compare-engines.js';
import type { InputResults, Results } from './results.js';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** The tables of a run, one an input. */
export function toMarkdown(
  results: Results,
  checks: readonly BoundCheck[],
  tasks: readonly Task[],
  engines: readonly Engine[],
): string {
  const paragraphs = [
    `Medians of ${results.rounds} rounds, with the smallest and the largest. ${results.date.slice(0, 10)}; ${machineText(results.machine)}.`,
    [
      ...tasks.map(({ name, description }) => `- Task *${name}*: ${description}.`),
      ...engines.map(({ name, description }) => `- Engine *${name}*: ${description}.`),
    ].join('\n'),
    ...results.inputs.map(inputTable),
    ...listOf([...compareEngines(results.inputs, tasks), ...checks.map(({ text }) => text)]),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function listOf(sentences: readonly string[]): string[] {
  return sentences.length > 0 ? [sentences.map((text) => `- ${text}`).join('\n')] : [];
}

export function machineText(machine: Machine): string {
  const { processor, cores, memoryBytes, platform, node, loadBefore, usedByOthers } = machine;
  return (
    `Node ${node} on ${platform}, ${cores} cores (${processor}), ${Math.round(memoryBytes / 2 ** 30)} GiB; ` +
    `load average ${loadBefore.toFixed(2)} at the start, ${idleText(usedByOthers)}`
  );
}

function idleText(usedByOthers: number | null): string {
  if (usedByOthers === null) return 'whether the machine was idle is not known';
  if (usedByOthers <= IDLE_SHARE) return 'the machine was idle otherwise';
  const share = (usedByOthers * 100).toFixed(0);
  return `**the machine was not idle**: others used ${share}% of its processor time`;
}

function inputTable({ file, bytes, answer, series }: InputResults): string {
  const counts = `${whole.format(answer.nodeCount ?? 0)} nodes, ${whole.format(answer.edgeCount ?? 0)} edges`;
  return [
    `**${file}**: ${whole.format(bytes / 1e6)} MB, ${counts}`,
    '',
    '| task | engine | seconds | MB/s | peak RSS, MB | of the file’s size |',
    '|---|---|---:|---:|---:|---:|',
    ...series.map((one) => seriesRow(one, bytes)),
  ].join('\n');
}

function seriesRow({ task, engine, measurements, leftOut }: Series, bytes: number): string {
  if (leftOut !== undefined) return `| ${task} | ${engine} | – (${leftOut}) | – | – | – |`;
  const seconds = spreadOf(measurements.map(({ milliseconds }) => milliseconds / 1000));
  const peak = spreadOf(measurements.map(({ peakRss }) => peakRss));
  const cells = [
    task,
    engine,
    spreadText(seconds, (value) => value.toFixed(value < 0.1 ? 3 : 2)),
    whole.format(bytes / 1e6 / seconds.median),
    spreadText(peak, (value) => whole.format(value / 1e6)),
    (peak.median / bytes).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

export function spreadText({ median, min, max }: Spread, format: (value: number) => string): string {
  return `${format(median)} (${format(min)}–${format(max)})`;
}

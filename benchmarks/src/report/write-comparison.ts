import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import type { Engine, Task } from '../engine.js';
import { BENCHMARKS_FOLDER } from '../inputs.js';
import type { TargetResult } from '../targets.js';
import { comparisonChart, drawSvg } from './charts.js';
import { comparisonMarkdown } from './comparison-markdown.js';
import type { ComparisonResults } from './comparison-results.js';
import { placeBetweenMarks } from './write-results.js';

const CHARTS = [
  { title: 'Summary: time', file: 'summary-time.svg', task: 'summary', figure: 'milliseconds' },
  { title: 'Summary: memory', file: 'summary-memory.svg', task: 'summary', figure: 'peakRss' },
] as const;

/** Prints the tables; unless `isDry`, writes results/comparison.json, the charts, and the tables into the README. */
export async function writeComparison(
  results: ComparisonResults,
  targets: readonly TargetResult[],
  tasks: readonly Task[],
  engines: readonly Engine[],
  { isDry }: { isDry: boolean },
): Promise<void> {
  const specs = CHARTS.map((chart) => ({
    ...chart,
    spec: comparisonChart(results, chart.task, chart.figure),
  }));
  const drawn = specs.filter(
    (chart): chart is typeof chart & { spec: TopLevelSpec } => chart.spec !== undefined,
  );
  const markdown = comparisonMarkdown(results, targets, drawn, tasks, engines);
  console.log(markdown);
  if (isDry) return;
  const folder = join(BENCHMARKS_FOLDER, 'results');
  mkdirSync(folder, { recursive: true });
  for (const { file, spec } of drawn) writeFileSync(join(folder, file), await drawSvg(spec));
  writeFileSync(join(folder, 'comparison.json'), `${JSON.stringify({ ...results, targets }, null, 2)}\n`);
  const readme = join(BENCHMARKS_FOLDER, 'README.md');
  writeFileSync(readme, placeBetweenMarks(readFileSync(readme, 'utf8'), 'comparison', markdown));
}

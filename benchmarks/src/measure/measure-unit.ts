import { statSync } from 'node:fs';
import type { Engine, Task, TaskFiles } from '../engine.js';
import type { UnitResults } from '../report/comparison-results.js';
import { type AnswerComparison, checkRounds, compareAnswers } from './compare-answers.js';
import { watchMachine } from './machine.js';
import { runRounds, type Series } from './run-rounds.js';

/** Engines may differ in classes where they say how; these numbers have one right value. */
const UNDISPUTED: readonly string[] = ['nodes', 'edges', 'total size', 'bytes', 'rows'];

/** Measures one task on one input with all engines, and holds their answers against the first engine's. */
export async function measureUnit(
  input: string,
  files: TaskFiles,
  task: Task,
  engines: readonly Engine[],
  rounds: number,
  onRun: (label: string) => void,
): Promise<UnitResults> {
  const bytes = statSync(files.file).size;
  const endWatch = watchMachine();
  const date = new Date().toISOString();
  const series = await runRounds(files, bytes, task, engines, rounds, onRun);
  const machine = endWatch();
  const measured = series.filter(({ measurements }) => measurements.length > 0);
  measured.forEach(checkRounds);
  const comparisons = compareAll(measured, bytes);
  for (const comparison of comparisons) refuseUnexplained(comparison, engines);
  const { nodeCount, edgeCount } = measured[0]?.measurements[0].answer ?? {};
  return {
    input,
    task: task.name,
    date,
    rounds,
    machine,
    series: series.map(({ engine, leftOut, measurements }) => ({
      engine,
      figures: measurements.map(({ answer: _, ...figures }) => figures),
      ...(leftOut && { leftOut }),
    })),
    comparisons,
    ...(nodeCount && { nodeCount }),
    ...(edgeCount && { edgeCount }),
  };
}

function compareAll([first, ...others]: readonly Series[], byteLength: number): AnswerComparison[] {
  if (first === undefined) return [];
  const reference = { byteLength, ...first.measurements[0].answer };
  return others.map((series) => compareAnswers(reference, series, series.measurements[0].answer));
}

/** Times of wrong answers are worth nothing: throws where nobody says why an engine differs. */
function refuseUnexplained({ engine, task, parts }: AnswerComparison, engines: readonly Engine[]): void {
  const isExplained = engines.find(({ name }) => name === engine)?.knownDifferences !== undefined;
  const wrong = parts.find(
    ({ name, equal, compared }) => equal < compared && (UNDISPUTED.includes(name) || !isExplained),
  );
  if (wrong !== undefined) throw new Error(`${engine}, ${task}: other ${wrong.name}: ${wrong.difference}`);
}

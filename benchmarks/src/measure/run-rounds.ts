import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Engine, Task } from '../engine.js';
import type { Measurement } from './measurement.js';

const runFile = promisify(execFile);
const MEASURE_ONCE = fileURLToPath(new URL('../../dist/measure/measure-once.js', import.meta.url));

/** All measurements of one engine with one task on one file. */
export interface Series {
  readonly task: string;
  readonly engine: string;
  /** One a round; none where the engine cannot read the file. */
  readonly measurements: Measurement[];
  /** Why there are none. */
  readonly leftOut?: string;
}

/**
 * Measures every task with every engine that has it. The rounds are interleaved, so that whatever else the machine does
 * hits all alike, and each begins with another engine, so that none always follows the same one.
 */
export async function runRounds(
  file: string,
  fileBytes: number,
  tasks: readonly Task[],
  engines: readonly Engine[],
  rounds: number,
  onRun: (label: string) => void,
): Promise<Series[]> {
  const all: Series[] = tasks.flatMap((task) =>
    engines
      .filter((engine) => engine.tasks[task.name] !== undefined)
      .map(({ name, limit }) => ({
        task: task.name,
        engine: name,
        measurements: [],
        ...(limit && fileBytes > limit.bytes && { leftOut: limit.reason }),
      })),
  );
  const measured = all.filter(({ leftOut }) => leftOut === undefined);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < measured.length; turn++) {
      const series = measured[(round + turn) % measured.length];
      onRun(`round ${round + 1} of ${rounds}: ${series.task}, ${series.engine}`);
      series.measurements.push(await measureInProcess(series.engine, series.task, file));
    }
  }
  return all;
}

export async function measureInProcess(engine: string, task: string, file: string): Promise<Measurement> {
  const { stdout } = await runFile(process.execPath, [MEASURE_ONCE, engine, task, file]);
  return JSON.parse(stdout) as Measurement;
}

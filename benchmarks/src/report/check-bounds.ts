import type { Task } from '../engine.js';
import { spreadOf } from '../measure/spread.js';
import type { InputResults } from './results.js';

export interface BoundCheck {
  readonly holds: boolean;
  /** One sentence with the figures. */
  readonly text: string;
}

/** Holds the largest peak memory of any round against the bounds of the tasks. */
export function checkBounds(inputs: readonly InputResults[], tasks: readonly Task[]): BoundCheck[] {
  const checks: BoundCheck[] = [];
  for (const task of tasks) {
    for (const bound of task.memoryBounds ?? []) {
      for (const { file, bytes, series } of inputs) {
        const found = series.find((one) => one.task === task.name && one.engine === bound.engine);
        if (found === undefined || found.measurements.length === 0 || bytes < bound.fromBytes) continue;
        const ratio = spreadOf(found.measurements.map(({ peakRss }) => peakRss)).max / bytes;
        const holds = ratio < bound.timesFileSize;
        checks.push({
          holds,
          text:
            `${file}: peak memory of ${bound.engine}, ${task.name}, is ${ratio.toFixed(2)} × the file's size ` +
            `(bound: ${bound.timesFileSize}): ${holds ? 'holds' : 'BROKEN'}`,
        });
      }
    }
  }
  return checks;
}

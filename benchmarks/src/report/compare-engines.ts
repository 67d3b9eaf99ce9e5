import type { Task } from '../engine.js';
import { spreadOf } from '../measure/spread.js';
import type { InputResults } from './results.js';

/** One sentence for each comparison of the tasks and each input: the ratio of the two times of a round. */
export function compareEngines(inputs: readonly InputResults[], tasks: readonly Task[]): string[] {
  const sentences: string[] = [];
  for (const task of tasks) {
    for (const { baseline, engine } of task.comparisons ?? []) {
      for (const { file, series } of inputs) {
        const times = [engine, baseline].map(
          (name) => series.find((one) => one.task === task.name && one.engine === name)?.measurements ?? [],
        );
        const rounds = Math.min(times[0].length, times[1].length);
        if (rounds === 0) continue;
        const ratios = Array.from(
          { length: rounds },
          (_, round) => times[1][round].milliseconds / times[0][round].milliseconds,
        );
        const { max, median, min } = spreadOf(ratios);
        const range = `${min.toFixed(2)}–${max.toFixed(2)}`;
        sentences.push(
          `${file}: ${task.name}, ${engine}, is ${median.toFixed(2)} (${range}) times as fast as ${baseline}`,
        );
      }
    }
  }
  return sentences;
}

import type { Answer } from '../engine.js';
import type { Series } from './run-rounds.js';

/**
 * What all engines say about one file, joined; throws where two of them differ, or one differs between rounds. Times of
 * wrong answers are worth nothing.
 */
export function checkAnswers(fileBytes: number, allSeries: readonly Series[]): Answer {
  const known: Record<string, number> = { byteLength: fileBytes };
  const source: Record<string, string> = { byteLength: 'the file system' };
  for (const { task, engine, measurements } of allSeries) {
    const who = `${engine} (${task})`;
    for (const { answer } of measurements) {
      for (const [key, value] of Object.entries(answer)) {
        if (known[key] === undefined) {
          known[key] = value;
          source[key] = who;
        } else if (known[key] !== value) {
          throw new Error(`${key}: ${source[key]} says ${known[key]}, ${who} says ${value}`);
        }
      }
    }
  }
  return known;
}

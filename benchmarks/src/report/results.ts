import type { Answer } from '../engine.js';
import type { Machine } from '../measure/machine.js';
import type { Series } from '../measure/run-rounds.js';

/** One run of a benchmark, as `results/<name>.json` keeps it. */
export interface Results {
  readonly name: string;
  readonly date: string;
  readonly command: string;
  readonly rounds: number;
  readonly machine: Machine;
  readonly inputs: readonly InputResults[];
}

export interface InputResults {
  readonly file: string;
  readonly bytes: number;
  /** What all engines agree on. */
  readonly answer: Answer;
  readonly series: readonly Series[];
}

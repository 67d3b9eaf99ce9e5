import type { AnswerComparison } from '../measure/compare-answers.js';
import type { Machine } from '../measure/machine.js';
import type { Measurement } from '../measure/measurement.js';

/** One run of `npm run bench`, as `results/comparison.json` keeps it. */
export interface ComparisonResults {
  readonly name: 'comparison';
  readonly command: string;
  readonly inputs: readonly InputDescription[];
  readonly units: readonly UnitResults[];
}

export interface InputDescription {
  readonly name: string;
  readonly size: string;
  readonly bytes: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
}

/** One task on one input by all engines: what a run can resume behind. */
export interface UnitResults {
  readonly input: string;
  readonly task: string;
  readonly date: string;
  readonly rounds: number;
  readonly machine: Machine;
  readonly series: readonly SeriesResults[];
  /** Every engine held against the first. */
  readonly comparisons: readonly AnswerComparison[];
  /** Of the first engine. */
  readonly nodeCount?: number;
  readonly edgeCount?: number;
}

export interface SeriesResults {
  readonly engine: string;
  /** One a round. */
  readonly figures: readonly Omit<Measurement, 'answer'>[];
  /** Why there are none. */
  readonly leftOut?: string;
}

import type * as tasks from './analysis-tasks.js';

/** What an analysis tells while it works. */
export interface AnalysisProgress {
  readonly phase: 'analyze';
  /** The step that was finished last. */
  readonly step: AnalysisStep;
  /** Steps finished, and their number. */
  readonly done: number;
  readonly total: number;
}

export type AnalysisStep = keyof typeof tasks;

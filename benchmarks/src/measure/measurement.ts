import type { Answer } from '../engine.js';

/** One engine doing one task on one file once, in a process of its own. */
export interface Measurement {
  readonly answer: Answer;
  /** From the call to its result; loading the engine's code is not in it. */
  readonly milliseconds: number;
  /** Bytes: the most memory that the process had at any time, Node itself included. */
  readonly peakRss: number;
  /** Processor time of the whole process, all threads. */
  readonly cpuMilliseconds: number;
}

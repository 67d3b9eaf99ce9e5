import type { Answer } from '../engine.js';

/** One engine doing one task on one file once, in a process of its own. */
export interface Measurement {
  readonly answer: Answer;
  /** Of a call: from the call to its result. Of a process: from its start to its end. */
  readonly milliseconds: number;
  /** Bytes: the most memory that the process had at any time, all threads and Node itself included. */
  readonly peakRss: number;
  /** Processor time of the whole process, all threads. */
  readonly cpuMilliseconds: number;
}

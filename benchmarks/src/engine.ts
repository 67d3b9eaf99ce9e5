/** What a snapshot holds, as far as an engine can tell. Engines must agree on every key that two of them give. */
export interface Answer {
  readonly nodeCount?: number;
  readonly edgeCount?: number;
  /** Bytes: the self sizes of all nodes. */
  readonly totalSelfSize?: number;
  /** Bytes of the file. */
  readonly byteLength?: number;
}

/** The timed part: does the task, and returns a function that reads the answer off its result (not timed). */
export type Work = (file: string) => Promise<() => Answer>;

/** Something that reads snapshots. One file each in `engines/`, which costs nothing to import. */
export interface Engine {
  readonly name: string;
  /** One line for the report. */
  readonly description: string;
  /** Larger files are left out, for this reason. */
  readonly limit?: { readonly bytes: number; readonly reason: string };
  /** task name → loads what the task needs (not timed) and returns the work */
  readonly tasks: Readonly<Record<string, () => Promise<Work>>>;
}

/** Something that people want done. One file each in `tasks/`. */
export interface Task {
  readonly name: string;
  /** One line for the report. */
  readonly description: string;
  /** Bounds on peak memory that the run checks. */
  readonly memoryBounds?: readonly MemoryBound[];
  /** Pairs whose speeds the report compares, round by round. */
  readonly comparisons?: readonly Comparison[];
}

/** How many times as fast `engine` is as `baseline`. */
export interface Comparison {
  readonly engine: string;
  readonly baseline: string;
}

/** `engine` must stay below `timesFileSize` for files of `fromBytes` and more. */
export interface MemoryBound {
  readonly engine: string;
  readonly fromBytes: number;
  readonly timesFileSize: number;
}

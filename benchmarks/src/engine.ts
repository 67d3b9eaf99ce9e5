/** What a snapshot holds, as far as an engine can tell. */
export interface Answer {
  readonly nodeCount?: number;
  readonly edgeCount?: number;
  /** Bytes: the self sizes of all nodes. */
  readonly totalSelfSize?: number;
  /** Bytes: what the engine gives as the size of the heap. */
  readonly totalSize?: number;
  /** Bytes that {@link totalSize} may be off by, where the engine prints a rounded figure. */
  readonly totalSizePrecision?: number;
  /** Bytes of the file. */
  readonly byteLength?: number;
  /** Rows of a histogram by type and name. */
  readonly rowCount?: number;
  /** The rows of a class table, or of a comparison. */
  readonly classes?: readonly ClassAnswer[];
}

/** A row of a class table. Of a comparison: `count` is how many objects are new, `deletedCount` how many are gone. */
export interface ClassAnswer {
  readonly name: string;
  /** `script,line,column` of the constructor, counted from 0; left out by engines that group by name alone. */
  readonly location?: string;
  readonly count: number;
  readonly deletedCount?: number;
  /** Bytes. */
  readonly retainedSize?: number;
  /** Bytes that {@link retainedSize} may be off by, where the engine prints a rounded figure. */
  readonly precision?: number;
}

/** What a task works on. */
export interface TaskFiles {
  readonly file: string;
  /** A later snapshot of the same process, for comparisons. */
  readonly later?: string;
}

/** The timed part: does the task, and returns a function that reads the answer off its result (not timed). */
export type Work = (file: string, later?: string) => Promise<() => Answer>;

/** A program that does a task, started as its users start it. */
export interface EngineCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Reads the answer off what the program printed. */
  readonly readAnswer: (stdout: string) => Answer;
}

/** Something that reads snapshots. One file each in `engines/`, which costs nothing to import. */
export interface Engine {
  readonly name: string;
  /** One line for the report. */
  readonly description: string;
  /** Somebody else's: installed by the run, started on the Node that is installed beside it. */
  readonly isPeer?: boolean;
  /** Larger files are left out, for this reason. */
  readonly limit?: { readonly bytes: number; readonly reason: string };
  /** task name → loads what the task needs (not in the time of a call) and returns the work; in a process of its own */
  readonly tasks?: Readonly<Record<string, () => Promise<Work>>>;
  /** task name → the program that does it */
  readonly commands?: Readonly<Record<string, (files: TaskFiles) => EngineCommand>>;
  /** Why the engine cannot do a task that others can; `undefined` where it can. */
  readonly unavailable?: (task: string) => string | undefined;
  /** Untimed steps that must come first: an index file that is reopened, say. */
  readonly prepare?: Readonly<Record<string, (files: TaskFiles) => Promise<void>>>;
  /** How its answers are known to differ from ours, and why: printed wherever they do. */
  readonly knownDifferences?: string;
}

/** Something that people want done. One file each in `tasks/`. */
export interface Task {
  readonly name: string;
  /** One line for the report. */
  readonly description: string;
  /** What is timed: the `call` alone, or the whole `process` with its start and its output. */
  readonly scope: 'call' | 'process';
  /** Works on two snapshots of one process. */
  readonly isComparison?: boolean;
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

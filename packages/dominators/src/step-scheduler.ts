import { type HeapPool, OperationAbortedError } from '@heapstream/core';
import type { AnalysisProgress, AnalysisStep } from './analysis-progress.js';
import { ANALYSIS_TASKS } from './analysis-threads.js';

/** In the order in which they get a thread: `urgent` ones lead to the dominators, the others fill the gaps. */
const PRIORITIES = ['urgent', 'later', 'last'] as const;
export type StepPriority = (typeof PRIORITIES)[number];

/** Computes a step somewhere. */
type Compute = <T>(step: AnalysisStep, input: unknown) => Promise<T>;

interface WaitingStep {
  readonly start: (compute: Compute) => Promise<void>;
  readonly priority: StepPriority;
}

export interface SchedulerOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: AnalysisProgress) => void) | undefined;
  /** Threads of the pool that work; default: all. */
  readonly threads?: number;
  /** The steps, where the caller's thread is to do what the pool has no thread for, one at a time. */
  readonly here?: Readonly<Record<AnalysisStep, (input: never) => unknown>> | undefined;
}

/**
 * Runs the steps of one analysis in a pool: never more at a time than the pool has threads, so that an urgent step
 * overtakes those that wait. The first failure stops everything.
 */
export class StepScheduler {
  readonly #pool: HeapPool;
  readonly #failed = new AbortController();
  readonly #stop: AbortSignal;
  readonly #options: SchedulerOptions;
  readonly #threads: number;
  readonly #total: number;
  readonly #waiting: WaitingStep[] = [];
  readonly #promises: Promise<unknown>[] = [];
  #running = 0;
  #isBusyHere = false;
  #done = 0;

  /** `total`: steps that will be run, for progress. */
  constructor(pool: HeapPool, total: number, options: SchedulerOptions) {
    this.#pool = pool;
    this.#total = total;
    this.#options = options;
    this.#threads = options.threads ?? pool.threads;
    const { signal } = this.#failed;
    this.#stop = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
  }

  /** Whether the caller's thread takes steps, too: then it hears of the others' ends only between two of its own. */
  get worksHere(): boolean {
    return this.#options.here !== undefined;
  }

  run<T>(step: AnalysisStep, input: unknown, priority: StepPriority = 'urgent'): Promise<T> {
    return this.follow(
      new Promise<T>((resolve, reject) => {
        const start = async (compute: Compute): Promise<void> => {
          try {
            const result = await compute<T>(step, input);
            // the report of a step that ended in the same moment may have aborted the analysis
            this.#stop.throwIfAborted();
            this.#options.onProgress?.({ phase: 'analyze', step, done: ++this.#done, total: this.#total });
            resolve(result);
          } catch (error) {
            reject(error);
          }
        };
        this.#waiting.push({ start, priority });
        this.#fill();
      }),
    );
  }

  /** Watches over what is made of steps: if it fails, everything stops, and no rejection is without a listener. */
  follow<T>(work: Promise<T>): Promise<T> {
    this.#promises.push(work);
    work.catch((error) => this.#failed.abort(error));
    return work;
  }

  /** The result of `plan`; or rejects with the first failure, when nothing goes on any more. */
  async finish<T>(plan: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await this.follow(plan);
    } catch (error) {
      this.#failed.abort(error);
      await Promise.allSettled(this.#promises);
      throw signal?.aborted
        ? new OperationAbortedError('the analysis', { cause: signal.reason })
        : this.#failed.signal.reason;
    }
  }

  #fill(): void {
    this.#fillPool();
    if (!this.worksHere || this.#isBusyHere || this.#waiting.length === 0) return;
    this.#isBusyHere = true;
    const end = (): void => {
      this.#isBusyHere = false;
    };
    setImmediate(() => {
      // to those that have ended meanwhile, before they would have to wait
      this.#fillPool();
      if (this.#waiting.length > 0) this.#start(this.#here, end);
      else end();
    });
  }

  #fillPool(): void {
    while (this.#running < this.#threads && this.#waiting.length > 0) {
      this.#running++;
      this.#start(this.#inPool, () => this.#running--);
    }
  }

  /** Has the next step computed. */
  #start(compute: Compute, end: () => void): void {
    const next = PRIORITIES.map((wanted) => this.#waiting.findIndex(({ priority }) => priority === wanted));
    const [step] = this.#waiting.splice(next.find((place) => place >= 0)!, 1);
    step.start(compute).then(() => {
      end();
      // what the result makes possible is in line before the thread is given away
      setImmediate(() => this.#fill());
    });
  }

  readonly #inPool: Compute = (step, input) =>
    this.#pool.run({ module: ANALYSIS_TASKS, name: step }, input, { signal: this.#stop });

  readonly #here: Compute = async <T>(step: AnalysisStep, input: unknown) => {
    // what others are to do is on its way then
    await new Promise((resolve) => setImmediate(resolve));
    this.#stop.throwIfAborted();
    return this.#options.here![step](input as never) as T;
  };
}

import { type HeapPool, OperationAbortedError } from '@heapstream/core';
import type { AnalysisProgress, AnalysisStep } from './analysis-progress.js';
import { ANALYSIS_TASKS } from './analysis-threads.js';

/** In the order in which they get a thread: `urgent` ones lead to the dominators, the others fill the gaps. */
const PRIORITIES = ['urgent', 'later', 'last'] as const;
export type StepPriority = (typeof PRIORITIES)[number];

interface WaitingStep {
  readonly start: () => Promise<void>;
  readonly priority: StepPriority;
}

/**
 * Runs the steps of one analysis in a pool: never more at a time than the pool has threads, so that an urgent step
 * overtakes those that wait. The first failure stops everything.
 */
export class StepScheduler {
  readonly #pool: HeapPool;
  readonly #failed = new AbortController();
  readonly #stop: AbortSignal;
  readonly #onProgress: ((progress: AnalysisProgress) => void) | undefined;
  readonly #total: number;
  readonly #waiting: WaitingStep[] = [];
  readonly #promises: Promise<unknown>[] = [];
  #running = 0;
  #done = 0;

  /** `total`: steps that will be run, for progress. */
  constructor(
    pool: HeapPool,
    total: number,
    options: {
      signal?: AbortSignal | undefined;
      onProgress?: ((progress: AnalysisProgress) => void) | undefined;
    },
  ) {
    this.#pool = pool;
    this.#total = total;
    this.#onProgress = options.onProgress;
    const { signal } = this.#failed;
    this.#stop = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
  }

  run<T>(step: AnalysisStep, input: unknown, priority: StepPriority = 'urgent'): Promise<T> {
    return this.follow(
      new Promise<T>((resolve, reject) => {
        const start = (): Promise<void> => this.#run<T>(step, input).then(resolve, reject);
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
    while (this.#running < this.#pool.threads && this.#waiting.length > 0) {
      const next = PRIORITIES.map((wanted) => this.#waiting.findIndex(({ priority }) => priority === wanted));
      const [step] = this.#waiting.splice(next.find((place) => place >= 0)!, 1);
      this.#running++;
      step.start().then(() => {
        this.#running--;
        // what the result makes possible is in line before the thread is given away
        setImmediate(() => this.#fill());
      });
    }
  }

  async #run<T>(step: AnalysisStep, input: unknown): Promise<T> {
    const result = await this.#pool.run<T>({ module: ANALYSIS_TASKS, name: step }, input, {
      signal: this.#stop,
    });
    this.#onProgress?.({ phase: 'analyze', step, done: ++this.#done, total: this.#total });
    return result;
  }
}

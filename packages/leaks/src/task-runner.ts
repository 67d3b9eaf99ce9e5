import { type HeapPool, OperationAbortedError, sharedPool } from '@heapstream/core';
import { held, shares, survivors } from './leak-tasks.js';

/** In the caller's thread. */
const TASKS = { survivors, held, shares };
type Tasks = typeof TASKS;
/** A step of a search for leaks. */
export type LeakStep = keyof Tasks;

/** What a search for leaks tells while it works. */
export interface LeakProgress {
  readonly phase: 'leaks';
  /** The step that was finished last. */
  readonly step: LeakStep;
  /** Steps finished, and how many there will be at most. */
  readonly done: number;
  readonly total: number;
}

/** Where the steps of a search run. */
export interface LeakThreadOptions {
  /** Default: a pool that all such calls share. */
  readonly pool?: HeapPool | undefined;
  /** Aborting rejects with an `OperationAbortedError` and ends the threads at work. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LeakProgress) => void) | undefined;
}

/** Nodes of the largest snapshot from which steps are worth a thread. */
export const NODES_WORTH_THREADS = 500_000;
const MODULE = new URL('./leak-tasks.js', import.meta.url);

/** Runs steps, in threads where the heaps are large. Where one fails, those beside it are stopped. */
export class TaskRunner {
  readonly #options: LeakThreadOptions;
  readonly #inThreads: boolean;
  readonly #total: number;
  #done = 0;

  constructor(options: LeakThreadOptions, nodeCount: number, total: number) {
    this.#options = options;
    this.#inThreads = nodeCount >= NODES_WORTH_THREADS;
    this.#total = total;
  }

  /** Calls one step for each of the inputs, side by side. */
  async run<S extends LeakStep>(
    step: S,
    inputs: readonly Parameters<Tasks[S]>[0][],
  ): Promise<ReturnType<Tasks[S]>[]> {
    this.#throwIfAborted();
    const { signal } = this.#options;
    const failed = new AbortController();
    const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
    const running = inputs.map(async (input) => {
      const result = await this.#runOne(step, input, stop);
      this.#done++;
      this.#options.onProgress?.({ phase: 'leaks', step, done: this.#done, total: this.#total });
      return result;
    });
    try {
      for (const work of running) work.catch((error) => failed.abort(error));
      const results = await Promise.all(running);
      this.#throwIfAborted();
      return results;
    } catch {
      await Promise.allSettled(running);
      this.#throwIfAborted();
      throw failed.signal.reason;
    }
  }

  async #runOne<S extends LeakStep>(
    step: S,
    input: Parameters<Tasks[S]>[0],
    signal: AbortSignal,
  ): Promise<ReturnType<Tasks[S]>> {
    if (this.#inThreads) {
      const { pool = sharedPool() } = this.#options;
      return pool.run({ module: MODULE, name: step }, input, { signal });
    }
    const run = TASKS[step] as (input: Parameters<Tasks[S]>[0]) => ReturnType<Tasks[S]>;
    return run(input);
  }

  #throwIfAborted(): void {
    const { signal } = this.#options;
    if (signal?.aborted) throw new OperationAbortedError('the search for leaks', { cause: signal.reason });
  }
}

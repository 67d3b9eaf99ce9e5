import { type HeapPool, OperationAbortedError, sharedPool } from '@heapstream/core';
import * as tasks from './diff-tasks.js';

type Tasks = typeof tasks;
/** A step of a comparison. */
export type CompareStep = keyof Tasks;

interface TaskCall {
  readonly step: CompareStep;
  readonly input: unknown;
}

/** A call of a step, by the type of its result. */
export interface Call<T> extends TaskCall {
  /** Never there: it only carries the type. */
  readonly result?: T;
}

/** A computation that hands out its heavy steps, so that one description serves threads and no threads. */
export type Plan<T> = Generator<readonly TaskCall[], T, unknown[]>;

export function call<S extends CompareStep>(
  step: S,
  input: Parameters<Tasks[S]>[0],
): Call<ReturnType<Tasks[S]>> {
  return { step, input };
}

/** Steps that do not need each other. */
export function* sideBySide<T>(calls: readonly Call<T>[]): Plan<T[]> {
  return calls.length === 0 ? [] : ((yield calls) as T[]);
}

export function* oneStep<T>(single: Call<T>): Plan<T> {
  return (yield [single])[0] as T;
}

/** What a comparison tells while it works. */
export interface CompareProgress {
  readonly phase: 'compare';
  /** The step that was finished last. */
  readonly step: CompareStep;
  /** Steps finished, and how many there will be at most. */
  readonly done: number;
  readonly total: number;
}

/** Where the steps of a comparison run. */
export interface ThreadOptions {
  /** Default: a pool that all such calls share. */
  readonly pool?: HeapPool;
  /** Aborting rejects with an `OperationAbortedError` and ends the threads at work. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CompareProgress) => void) | undefined;
}

const MODULE = new URL('./diff-tasks.js', import.meta.url);

/** Runs the steps in worker threads. Where one fails, the others are stopped. */
export async function runInPool<T>(plan: Plan<T>, total: number, options: ThreadOptions): Promise<T> {
  const { onProgress, pool = sharedPool(), signal } = options;
  const aborted = (): OperationAbortedError =>
    new OperationAbortedError('the comparison', { cause: signal?.reason });
  if (signal?.aborted) throw aborted();
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  let done = 0;
  let state = plan.next();
  while (!state.done) {
    const running = state.value.map(async ({ input, step }) => {
      const result = await pool.run({ module: MODULE, name: step }, input, { signal: stop });
      done++;
      onProgress?.({ phase: 'compare', step, done, total: Math.max(done, total) });
      return result;
    });
    let results: unknown[];
    try {
      for (const work of running) work.catch((error) => failed.abort(error));
      results = await Promise.all(running);
    } catch {
      await Promise.allSettled(running);
      throw signal?.aborted ? aborted() : failed.signal.reason;
    }
    if (signal?.aborted) throw aborted();
    state = plan.next(results);
  }
  return state.value;
}

/** Runs the steps in the caller's thread, one after the other. */
export function runHere<T>(plan: Plan<T>): T {
  const run = tasks as unknown as Record<CompareStep, (input: unknown) => unknown>;
  let state = plan.next();
  while (!state.done) state = plan.next(state.value.map(({ input, step }) => run[step](input)));
  return state.value;
}

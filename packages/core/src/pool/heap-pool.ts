import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { OperationAbortedError } from '../errors.js';
import { reviveError, type TaskOutcome, type TaskRequest } from './task-protocol.js';
import { WorkerFailedError } from './worker-failed-error.js';

export interface PoolOptions {
  /** Worker threads at most. Default: what the machine can run at once. */
  threads?: number;
  /** Milliseconds after which an idle thread ends. Default 5,000. */
  idleTimeout?: number;
}

/** A function that a module exports, run in a worker with one structured-cloneable argument. */
export interface PoolTask {
  /** `import.meta.url` of the module, or its URL made from it. */
  readonly module: string | URL;
  /** The name that the module exports the function by. */
  readonly name: string;
}

export interface RunOptions {
  signal?: AbortSignal | undefined;
}

export { WorkerFailedError };

/** Milliseconds after which an idle thread ends. */
const IDLE_TIMEOUT = 5_000;

/**
 * Worker threads that all packages share. Threads start when there is work, end when there has been none for a while,
 * and never keep the process alive. Columns on `SharedArrayBuffer`s are passed without a copy.
 */
export class HeapPool {
  readonly threads: number;
  readonly #piscina: Piscina;

  constructor(options: PoolOptions = {}) {
    this.threads = Math.max(1, Math.floor(options.threads ?? availableParallelism()));
    this.#piscina = new Piscina({
      filename: new URL('./task-runner.js', import.meta.url).href,
      minThreads: 0,
      maxThreads: this.threads,
      idleTimeout: options.idleTimeout ?? IDLE_TIMEOUT,
      recordTiming: false,
    });
    // a worker's death is told to whoever waits for its task
    this.#piscina.on('error', () => {});
  }

  /**
   * Runs a task; rejects with what it throws (heapstream's and the language's errors keep their type), with
   * `OperationAbortedError` when the signal fires (the thread is ended at once), with {@link WorkerFailedError}, or with
   * a `TypeError` where input or answer cannot be cloned.
   */
  async run<T>(task: PoolTask, input: unknown, { signal }: RunOptions = {}): Promise<T> {
    const request: TaskRequest = { module: String(task.module), name: task.name, input };
    let outcome: TaskOutcome;
    try {
      outcome = (await this.#piscina.run(request, { signal: signal ?? null })) as TaskOutcome;
    } catch (cause) {
      const what = uncloneable(cause);
      if (what !== undefined) {
        throw new TypeError(`the ${what} of '${task.name}' cannot be sent to another thread`, { cause });
      }
      this.#replaceThreads();
      if (signal?.aborted) throw new OperationAbortedError(`'${task.name}'`, { cause: signal.reason });
      throw new WorkerFailedError(task.name, { cause });
    }
    if ('error' in outcome) throw reviveError(outcome.error);
    return outcome.value as T;
  }

  /**
   * piscina starts threads when tasks come in, not when a thread has ended: without this, tasks that waited in the queue
   * meanwhile would wait for the next call.
   */
  #replaceThreads(): void {
    if (this.#piscina.queueSize === 0) return;
    const nothing: TaskRequest = {
      module: new URL('./task-runner.js', import.meta.url).href,
      name: 'doNothing',
      input: undefined,
    };
    for (let thread = 0; thread < this.threads; thread++) this.#piscina.run(nothing).catch(() => {});
  }

  /** Ends all threads; tasks under way reject. */
  async close(): Promise<void> {
    await this.#piscina.destroy();
  }
}

/** Which side of a task could not be cloned, if that is why it failed. */
function uncloneable(cause: unknown): 'input' | 'answer' | undefined {
  if ((cause as { name?: unknown } | null)?.name === 'DataCloneError') return 'input';
  // of an answer the error itself is lost on its way
  return cause instanceof Error ? undefined : 'answer';
}

export function createPool(options: PoolOptions = {}): HeapPool {
  return new HeapPool(options);
}

let shared: HeapPool | undefined;

/** The pool of all calls that are given none. */
export function sharedPool(): HeapPool {
  shared ??= new HeapPool();
  return shared;
}

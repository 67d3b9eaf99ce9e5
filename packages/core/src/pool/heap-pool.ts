import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
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

export interface WarmOptions extends RunOptions {
  threads?: number;
}

export { WorkerFailedError };

/** Built as CommonJS: where a thread is ended while piscina's worker requires an ES module, Node aborts the process. */
const RUNNER = new URL('./task-runner.cjs', import.meta.url);
/** Milliseconds after which an idle thread ends. */
const IDLE_TIMEOUT = 5_000;

/**
 * Worker threads that all packages share. Threads start when there is work, end when there has been none for a while,
 * and never keep the process alive. Columns on `SharedArrayBuffer`s are passed without a copy.
 */
export class HeapPool {
  readonly threads: number;
  readonly #idleTimeout: number;
  #starting: Promise<Piscina> | undefined;
  /** While fewer threads than the pool may have load modules. */
  #warming: Promise<unknown> | undefined;

  constructor(options: PoolOptions = {}) {
    this.threads = Math.max(1, Math.floor(options.threads ?? availableParallelism()));
    this.#idleTimeout = options.idleTimeout ?? IDLE_TIMEOUT;
  }

  /**
   * Runs a task; rejects with what it throws (heapstream's and the language's errors keep their type), with
   * `OperationAbortedError` when the signal fires (the thread is ended at once), with {@link WorkerFailedError}, or with
   * a `TypeError` where input or answer cannot be cloned.
   */
  async run<T>(task: PoolTask, input: unknown, { signal }: RunOptions = {}): Promise<T> {
    // piscina would start another thread for what those are about to do
    if (this.#warming !== undefined) await Promise.race([this.#warming, untilFired(signal)]);
    return this.#post<T>(task, input, signal);
  }

  async #post<T>(task: PoolTask, input: unknown, signal: AbortSignal | undefined): Promise<T> {
    const request: TaskRequest = { module: String(task.module), name: task.name, input };
    const piscina = await this.#piscina();
    let outcome: TaskOutcome;
    try {
      outcome = (await piscina.run(request, { signal: signal ?? null })) as TaskOutcome;
    } catch (cause) {
      const what = uncloneable(cause);
      if (what !== undefined) {
        throw new TypeError(`the ${what} of '${task.name}' cannot be sent to another thread`, { cause });
      }
      this.#replaceThreads(piscina);
      if (signal?.aborted) throw new OperationAbortedError(`'${task.name}'`, { cause: signal.reason });
      throw new WorkerFailedError(task.name, { cause });
    }
    if ('error' in outcome) throw reviveError(outcome.error);
    return outcome.value as T;
  }

  /**
   * Starts threads, all by default, for work that is soon to come, and has them load the modules of its tasks. What fails here
   * fails again, and is told, when the work comes; a signal that fires ends the threads.
   */
  warm(modules: readonly (string | URL)[], { signal, threads = this.threads }: WarmOptions = {}): void {
    const load = (): Promise<void> => this.#load(modules.map(String), signal).catch(() => {});
    const warming = Promise.all(Array.from({ length: Math.min(threads, this.threads) }, load));
    if (threads >= this.threads) return;
    this.#warming = warming.finally(() => {
      this.#warming = undefined;
    });
  }

  async #load(modules: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const piscina = await this.#piscina();
    try {
      // a function of the runner itself: as a task's module it would be loaded once more, and so would what it loads
      await piscina.run(modules, { name: 'loadModules', signal: signal ?? null });
    } catch (error) {
      this.#replaceThreads(piscina);
      throw error;
    }
  }

  /**
   * piscina starts threads when tasks come in, not when a thread has ended: without this, tasks that waited in the queue
   * meanwhile would wait for the next call.
   */
  #replaceThreads(piscina: Piscina): void {
    if (piscina.queueSize === 0) return;
    for (let thread = 0; thread < this.threads; thread++) {
      piscina.run(undefined, { name: 'doNothing' }).catch(() => {});
    }
  }

  /** Ends all threads; tasks under way reject. */
  async close(): Promise<void> {
    await (await this.#starting)?.destroy();
  }

  /** Loaded with the first task: threads import this package, too, and have no use for piscina. */
  #piscina(): Promise<Piscina> {
    this.#starting ??= createPiscina(this.threads, this.#idleTimeout);
    return this.#starting;
  }
}

async function createPiscina(threads: number, idleTimeout: number): Promise<Piscina> {
  // it is CommonJS: in a program that is too, the loader of ES modules never starts
  const { Piscina } = createRequire(import.meta.url)('piscina') as typeof import('piscina');
  const piscina = new Piscina({
    filename: RUNNER.href,
    name: 'runTask',
    minThreads: 0,
    maxThreads: threads,
    idleTimeout,
    recordTiming: false,
  });
  // a worker's death is told to whoever waits for its task
  piscina.on('error', () => {});
  return piscina;
}

/** Never, without a signal. */
function untilFired(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
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

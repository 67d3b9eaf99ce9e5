import { type HeapPool, OperationAbortedError } from '@heapstream/core';
import { RequestError } from './http/request-error.js';
import type { TextFilter } from './lists/text-filter.js';
import * as tasks from './viewer-tasks.js';

type Tasks = typeof tasks;
type TaskName = keyof Tasks;
type InputOf<Name extends TaskName> = Parameters<Tasks[Name]>[0];
type ResultOf<Name extends TaskName> = ReturnType<Tasks[Name]>;

/** In this thread. */
const TASKS = tasks as unknown as Record<TaskName, (input: unknown) => unknown>;
const MODULE = new URL('./viewer-tasks.js', import.meta.url);
/** Rows that are looked at faster than another thread is asked: some ten milliseconds. */
const FEW_ROWS = 20_000;
/** Milliseconds that an expression may take: some never end. */
const PATTERN_TIME_LIMIT = 5_000;

/** Runs what may take long in other threads, so that the server goes on answering. */
export class TaskRunner {
  readonly #pool: HeapPool;

  constructor(pool: HeapPool) {
    this.#pool = pool;
  }

  /** Has the threads start, so that the first question finds them ready. */
  warmUp(): void {
    for (let thread = 0; thread < this.#pool.threads; thread++) {
      // a pool that is closed meanwhile needs no threads
      this.#pool.run({ module: MODULE, name: 'matchTexts' }, { texts: [], query: '' }).catch(() => {});
    }
  }

  /** `rows`: how many are looked at; few are at once, in this thread. */
  async run<Name extends TaskName>(name: Name, input: InputOf<Name>, rows: number): Promise<ResultOf<Name>> {
    if (rows > FEW_ROWS) return this.#pool.run({ module: MODULE, name }, input);
    return TASKS[name](input) as ResultOf<Name>;
  }

  /**
   * The same for what tests names. An expression always runs in another thread, which is ended when it takes too long:
   * that rejects with a `RequestError`.
   */
  async runFilter<Name extends TaskName>(
    name: Name,
    input: InputOf<Name>,
    rows: number,
    filter: TextFilter | null,
  ): Promise<ResultOf<Name>> {
    if (filter === null || typeof filter.query === 'string') return this.run(name, input, rows);
    const signal = AbortSignal.timeout(PATTERN_TIME_LIMIT);
    try {
      return await this.#pool.run<ResultOf<Name>>({ module: MODULE, name }, input, { signal });
    } catch (error) {
      throw error instanceof OperationAbortedError ? tooSlow(filter) : error;
    }
  }
}

function tooSlow({ parameter }: TextFilter): RequestError {
  const seconds = PATTERN_TIME_LIMIT / 1000;
  return new RequestError(
    400,
    'PATTERN_TOO_SLOW',
    `${parameter}: the expression took more than ${seconds} seconds and was stopped`,
    parameter,
  );
}

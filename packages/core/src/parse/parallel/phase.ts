import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { HeapPool } from '../../pool/heap-pool.js';
import type { ScanKernel, ScanPlace } from '../scan-kernel.js';
import { giveBackKernel, placesFor, takeKernel } from './chunk-kernel.js';
import { type ChunkBytes, ChunkParser, type ChunkReport, type Closure } from './chunk-parser.js';
import type { ChunkSource, ParseChunksInput } from './parse-chunks.js';
import { PhaseControl } from './phase-control.js';
import type { PlacedRows, RowPlan } from './row-plan.js';

const TASK = { module: new URL('./parse-chunks.js', import.meta.url), name: 'parseChunks' };
/** More threads would wait for each other's turns. */
const MAX_TASKS = 16;
/** Milliseconds between two reports of progress. */
const REPORT_INTERVAL = 40;
/** Milliseconds that threads have to end by themselves. */
const GRACE = 100;
/** Milliseconds for which the main thread waits for a turn without looking at its events. */
const TURN_WAIT = 2;

/** How far a phase has come. */
export interface RowProgress {
  /** Whole rows of the section. */
  readonly rows: number;
  /** Offset behind the last of them. */
  readonly byteOffset: number;
}

export interface PhaseOptions {
  readonly pool: HeapPool;
  /** Threads to ask for; with fewer than the pool has, the calling thread takes its share to the end. */
  readonly tasks: number;
  readonly module: WebAssembly.Module;
  readonly signal: AbortSignal | undefined;
  /** Told now and then. */
  readonly onProgress: (progress: RowProgress) => void;
}

/**
 * One run of chunks of one section, from a row's beginning up to the first place that is not regular. The pool's threads
 * parse as they come; until enough of them are at work the main thread takes chunks, too, so that a busy pool, or one
 * whose threads are still starting, holds nothing up.
 */
export class Phase {
  readonly control: PhaseControl;
  readonly plan: RowPlan;
  readonly #options: PhaseOptions;
  readonly #source: ChunkSource;
  readonly #chunkBytes: number;
  /** Where the kernels of the tasks may work, and last that of the main thread. */
  readonly #places: readonly (ScanPlace | null)[];
  readonly #kill = new AbortController();
  /** task → its run, while that is not settled */
  readonly #runs: (Promise<void> | undefined)[];
  readonly #reports: ChunkReport[] = [];
  #failure: { readonly error: unknown } | undefined;
  #kernel: ScanKernel | undefined;
  #own: ChunkParser | undefined;
  #reportedAt = performance.now();

  constructor(plan: RowPlan, source: ChunkSource, options: PhaseOptions) {
    this.plan = plan;
    this.#options = options;
    this.#source = source;
    this.#chunkBytes = 'ring' in source ? source.ring.chunkBytes : source.chunkBytes;
    const tasks = Math.min(options.tasks, MAX_TASKS);
    const edgeTotal = plan.kind === 'nodes' ? plan.edgeTotal : 0;
    this.control = PhaseControl.create(tasks, source.start, edgeTotal);
    this.#runs = new Array<undefined>(tasks).fill(undefined);
    this.#places = placesFor(plan, this.#chunkBytes, tasks + 1);
  }

  /** Asks the pool for the threads that are not there. */
  startTasks(): void {
    for (let task = 0; task < this.#runs.length; task++) {
      if (this.#runs[task] === undefined) this.#runs[task] = this.#startTask(task);
    }
  }

  /** Whether all the threads are at work that the pool can give. */
  get isFull(): boolean {
    if (this.#runs.length < Math.min(this.#options.pool.threads, MAX_TASKS)) return false;
    return this.#runs.every((run, task) => run !== undefined && this.control.hasJoined(task));
  }

  get stopped(): boolean {
    return this.control.stopped;
  }

  /** The main thread's own parser. */
  get parser(): ChunkParser {
    if (this.#own === undefined) {
      this.#kernel = takeKernel(this.#options.module, this.#chunkBytes, this.#places.at(-1)!);
      this.#own = new ChunkParser(this.plan, this.control, this.#kernel);
    }
    return this.#own;
  }

  /** Parses a chunk whose bytes are in the own parser's input. */
  async parseHere(bytes: ChunkBytes, isLast: boolean): Promise<void> {
    this.parser.scan(bytes);
    for (;;) {
      const isDue = this.control.isTurnOf(bytes.chunk, TURN_WAIT);
      if (isDue) this.parser.place(bytes, isLast);
      if (isDue !== undefined) return;
      await this.breathe();
    }
  }

  /** Lets events through, reports progress, and notices that the signal fired. */
  async breathe(milliseconds = 0): Promise<void> {
    if (milliseconds > 0) await delay(milliseconds);
    else await nextTurn();
    if (this.#options.signal?.aborted) this.control.stop();
    const now = performance.now();
    if (now - this.#reportedAt < REPORT_INTERVAL) return;
    this.#reportedAt = now;
    const { numbers, rowEnd } = this.control;
    const rows = this.plan.row + Math.floor(numbers / this.plan.stride);
    this.#options.onProgress({ rows, byteOffset: rowEnd });
  }

  /** Waits until no thread touches the columns any more; rejects with what a thread failed with. */
  async end(): Promise<void> {
    while (!this.stopped && !this.#allSettled()) await this.#waitForRuns(REPORT_INTERVAL);
    const deadline = performance.now() + GRACE;
    while (!this.#joinedSettled()) {
      await this.#waitForRuns(REPORT_INTERVAL);
      const isCancelled = this.#failure !== undefined || this.#options.signal?.aborted;
      if (isCancelled && performance.now() > deadline) this.#kill.abort();
    }
    if (this.#kernel !== undefined) giveBackKernel(this.#kernel);
    this.#kernel = undefined;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Where the sequential parser goes on, and what was placed until there; undefined where nothing was parsed at all. */
  result(): { closure: Closure; placed: PlacedRows } | undefined {
    const reports = this.#own ? [...this.#reports, this.#own.report] : this.#reports;
    let closure: Closure | undefined;
    for (const report of reports) {
      const other = report.closure;
      if (other !== undefined && (closure === undefined || other.chunk < closure.chunk)) closure = other;
    }
    if (closure === undefined) return undefined;
    let maxName = -1;
    let maxNameRow = 0;
    for (const { names } of reports) {
      for (let i = 0; i < names.length && names[i] <= closure.chunk; i += 3) {
        const [, name, row] = names.slice(i, i + 3);
        if (name < maxName || (name === maxName && row > maxNameRow)) continue;
        maxName = name;
        maxNameRow = row;
      }
    }
    const hasDetachedness = reports.some(({ detachedChunk }) => detachedChunk <= closure.chunk);
    const { edgeTotal, row } = closure;
    return { closure, placed: { row, edgeTotal, hasDetachedness, maxName, maxNameRow } };
  }

  async #startTask(task: number): Promise<void> {
    const { module, pool } = this.#options;
    const { buffer } = this.control;
    const place = this.#places[task];
    const input: ParseChunksInput = {
      task,
      module,
      place,
      plan: this.plan,
      control: buffer,
      source: this.#source,
    };
    try {
      const report = await pool.run<ChunkReport | null>(TASK, input, { signal: this.#kill.signal });
      if (report !== null) this.#reports.push(report);
      // a stream may bring chunks again later
      if (!this.stopped) {
        this.control.forget(task);
        this.#runs[task] = undefined;
      } else this.#settled.add(task);
    } catch (error) {
      this.#settled.add(task);
      // a thread that the pool could not give is none that failed
      if (!this.control.hasJoined(task) || this.#kill.signal.aborted) return;
      this.#failure ??= { error };
      this.control.stop();
    }
  }

  readonly #settled = new Set<number>();

  #isSettled(task: number): boolean {
    return this.#runs[task] === undefined || this.#settled.has(task);
  }

  #allSettled(): boolean {
    return this.#runs.every((_, task) => this.#isSettled(task));
  }

  #joinedSettled(): boolean {
    return this.#runs.every((_, task) => this.#isSettled(task) || !this.control.hasJoined(task));
  }

  async #waitForRuns(milliseconds: number): Promise<void> {
    const timer = new AbortController();
    const joined = this.#runs.filter((_, task) => !this.#isSettled(task) && this.control.hasJoined(task));
    const tick = delay(milliseconds, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([tick, Promise.all(joined)]);
    timer.abort();
    await this.breathe();
  }
}

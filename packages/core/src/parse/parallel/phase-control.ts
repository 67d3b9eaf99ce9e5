enum Cell {
  Claimed,
  Turn,
  Stop,
  Produced,
  FirstTask,
}

enum TaskState {
  Unknown,
  AtWork,
  Left,
}

enum Sum {
  Numbers,
  Edges,
  RowEnd,
}

const SUM_BYTES = 3 * 8;
/** Milliseconds after which a waiting thread looks around again. */
const WAIT = 20;

/**
 * What the threads that parse one section share. Chunks are claimed in order by a counter. Each chunk is scanned on its
 * own, and then takes its turn, in order: it learns how many numbers and edges stand before it and says how many it
 * adds. That is the chained scan of D. Merrill and M. Garland, "Single-pass Parallel Prefix Scan with Decoupled
 * Look-back" (2016), with a single link, as the turns are short. A chunk waits only for chunks that a running thread
 * has claimed.
 */
export class PhaseControl {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #sums: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#sums = new Float64Array(buffer, 0, SUM_BYTES / 8);
    this.#cells = new Int32Array(buffer, SUM_BYTES);
  }

  /** `rowEnd`: where the first row begins; `edgeTotal`: the sum of the edges before it. */
  static create(tasks: number, rowEnd: number, edgeTotal: number): PhaseControl {
    const control = new PhaseControl(new SharedArrayBuffer(SUM_BYTES + (Cell.FirstTask + tasks) * 4));
    control.#sums[Sum.RowEnd] = rowEnd;
    control.#sums[Sum.Edges] = edgeTotal;
    return control;
  }

  /** The next chunk, to be parsed by the caller alone. */
  claim(): number {
    return Atomics.add(this.#cells, Cell.Claimed, 1);
  }

  /** The next chunk if it is there already, else -1. */
  claimProduced(): number {
    for (;;) {
      const next = Atomics.load(this.#cells, Cell.Claimed);
      if (next >= this.produced) return -1;
      if (Atomics.compareExchange(this.#cells, Cell.Claimed, next, next + 1) === next) return next;
    }
  }

  get produced(): number {
    return Atomics.load(this.#cells, Cell.Produced);
  }

  set produced(chunks: number) {
    Atomics.store(this.#cells, Cell.Produced, chunks);
    Atomics.notify(this.#cells, Cell.Produced);
  }

  /** Waits a while for more than `seen` chunks. */
  waitForProduced(seen: number): void {
    if (!this.stopped) Atomics.wait(this.#cells, Cell.Produced, seen, WAIT);
  }

  /** Waits for the chunk's turn; false: there will be none. */
  waitForTurn(chunk: number): boolean {
    for (;;) {
      const isDue = this.isTurnOf(chunk, WAIT);
      if (isDue !== undefined) return isDue;
    }
  }

  /** The same, but undefined when `milliseconds` have passed. */
  isTurnOf(chunk: number, milliseconds: number): boolean | undefined {
    const turn = Atomics.load(this.#cells, Cell.Turn);
    if (turn === chunk) return true;
    if (this.stopped) return false;
    Atomics.wait(this.#cells, Cell.Turn, turn, milliseconds);
    return Atomics.load(this.#cells, Cell.Turn) === chunk ? true : undefined;
  }

  /** In its turn a chunk reads and adds to these: numbers and edges so far, and the offset behind the last whole row. */
  get numbers(): number {
    return this.#sums[Sum.Numbers];
  }

  get edges(): number {
    return this.#sums[Sum.Edges];
  }

  get rowEnd(): number {
    return this.#sums[Sum.RowEnd];
  }

  /** Ends the turn of a chunk after which others may follow. */
  passTurn(chunk: number, numbers: number, edges: number, rowEnd: number): void {
    this.#sums[Sum.Numbers] = numbers;
    this.#sums[Sum.Edges] = edges;
    this.#sums[Sum.RowEnd] = rowEnd;
    Atomics.store(this.#cells, Cell.Turn, chunk + 1);
    Atomics.notify(this.#cells, Cell.Turn);
  }

  /** No more chunks are claimed, and none gets its turn. */
  stop(): void {
    Atomics.store(this.#cells, Cell.Stop, 1);
    Atomics.notify(this.#cells, Cell.Turn);
    Atomics.notify(this.#cells, Cell.Produced);
  }

  get stopped(): boolean {
    return Atomics.load(this.#cells, Cell.Stop) === 1;
  }

  /** A thread says that it is at work; false: too late, it must not touch the columns. */
  join(task: number): boolean {
    Atomics.store(this.#cells, Cell.FirstTask + task, TaskState.AtWork);
    return !this.stopped;
  }

  leave(task: number): void {
    Atomics.store(this.#cells, Cell.FirstTask + task, TaskState.Left);
  }

  /** The task is to be asked for once more. */
  forget(task: number): void {
    Atomics.store(this.#cells, Cell.FirstTask + task, TaskState.Unknown);
  }

  hasJoined(task: number): boolean {
    return Atomics.load(this.#cells, Cell.FirstTask + task) !== TaskState.Unknown;
  }
}

import { MAX_UINT32 } from './allocate-columns.js';
import type { NumberBatch, NumberSink } from './number-sink.js';

const BATCH = 8192;

/**
 * Numbers kept as they come, for sections that are small or cannot be split yet (rows before the `snapshot` section
 * that names their fields): 4 bytes a number, 8 in batches that hold a value of 2³² or more or a negative one.
 */
export class HeldNumbers implements NumberSink {
  #batches: (Uint32Array | Float64Array)[] = [];
  /** The batch being filled. */
  readonly #open = new Float64Array(BATCH);
  #openCount = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  push(values: NumberBatch, count: number): void {
    for (let from = 0; from < count; ) {
      const taken = Math.min(count - from, BATCH - this.#openCount);
      this.#open.set(values.subarray(from, from + taken), this.#openCount);
      this.#openCount += taken;
      from += taken;
      if (this.#openCount === BATCH) this.#close();
    }
    this.#count += count;
  }

  end(): void {
    // any count will do: whoever reads the numbers knows the fields
  }

  /** Hands everything on and forgets it, batch by batch. */
  drainInto(sink: NumberSink): void {
    this.#close();
    const batches = this.#batches;
    this.#batches = [];
    this.#count = 0;
    for (let i = 0; i < batches.length; i++) {
      sink.push(Float64Array.from(batches[i]), batches[i].length);
      batches[i] = new Uint32Array(0);
    }
    sink.end();
  }

  /** All numbers in one array. */
  toArray(): Float64Array {
    this.#close();
    const numbers = new Float64Array(this.#count);
    let at = 0;
    for (const batch of this.#batches) {
      numbers.set(batch, at);
      at += batch.length;
    }
    return numbers;
  }

  #close(): void {
    const batch = this.#open.subarray(0, this.#openCount);
    const isNarrow = batch.every((value) => value >= 0 && value <= MAX_UINT32);
    this.#batches.push(isNarrow ? Uint32Array.from(batch) : Float64Array.from(batch));
    this.#openCount = 0;
  }
}

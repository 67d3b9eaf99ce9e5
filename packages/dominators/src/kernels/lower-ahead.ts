const FIRST_CAPACITY = 1024;

/** Answer where no number ahead has a smaller value. */
export const NOTHING_LOWER = 0xffffffff;

/**
 * Values given to descending numbers; tells the first number ahead (the smallest one given) whose value is below a
 * bound. Keeps only numbers whose value is smaller than all between them and the last one given: a monotonic stack.
 */
export class LowerAhead {
  /** From bottom to top: falling numbers of rising values. */
  #numbers = new Uint32Array(FIRST_CAPACITY);
  #values = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  /** Gives a value to a number below all others. */
  push(number: number, value: number): void {
    while (this.#size > 0 && this.#values[this.#size - 1] >= value) this.#size--;
    if (this.#size === this.#numbers.length) this.#grow();
    this.#numbers[this.#size] = number;
    this.#values[this.#size++] = value;
  }

  /** The smallest number whose value is below `bound`, or {@link NOTHING_LOWER}. */
  firstBelow(bound: number): number {
    const values = this.#values;
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[middle] < bound) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? NOTHING_LOWER : this.#numbers[low - 1];
  }

  #grow(): void {
    const numbers = new Uint32Array(this.#size * 2);
    const values = new Uint32Array(this.#size * 2);
    numbers.set(this.#numbers);
    values.set(this.#values);
    this.#numbers = numbers;
    this.#values = values;
  }
}

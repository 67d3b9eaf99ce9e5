import { NodeStack } from './node-stack.js';

/**
 * The search tree over the numbers that have their semidominators already (they are *linked*): asked for the least of
 * these on the way up from a number, it shortens the way for the next time (path compression, Tarjan 1979).
 */
export class CompressedForest {
  /**
   * Two entries a number, side by side since both are read: an ancestor, at first the parent; and the least
   * semidominator between the number and, exclusively, that ancestor.
   */
  readonly #pairs: Uint32Array;
  readonly #path = new NodeStack();

  /** `memory`: twice as many entries as numbers. */
  constructor(parentByNumber: Uint32Array, count: number, memory: Uint32Array) {
    this.#pairs = memory;
    for (let number = 0; number < count; number++) memory[2 * number] = parentByNumber[number];
  }

  /** Adds a number; those after it have been added before. */
  link(number: number, semidominator: number): void {
    this.#pairs[2 * number + 1] = semidominator;
  }

  /** The least semidominator on the way from `number` up to, exclusively, the last one below `linked`. */
  leastOnPath(number: number, linked: number): number {
    const pairs = this.#pairs;
    if (pairs[2 * number] < linked) return pairs[2 * number + 1];
    const path = this.#path;
    let top = number;
    do {
      path.push(top);
      top = pairs[2 * top];
    } while (pairs[2 * top] >= linked);
    const ancestor = pairs[2 * top];
    let least = pairs[2 * top + 1];
    while (path.size > 0) {
      const lower = 2 * path.pop();
      pairs[lower] = ancestor;
      if (least < pairs[lower + 1]) pairs[lower + 1] = least;
      else least = pairs[lower + 1];
    }
    return least;
  }
}

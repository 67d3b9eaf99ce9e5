import { sharedUint32 } from '../parse/allocate-columns.js';

/**
 * A set of node or string ordinals below a count: a bit each, so that it stays in the cache where a byte each would
 * not. Workers share one through its `words`.
 */
export class OrdinalSet {
  readonly words: Uint32Array;

  constructor(count: number, words: Uint32Array = sharedUint32(Math.ceil(count / 32))) {
    this.words = words;
  }

  add(ordinal: number): void {
    this.words[ordinal >>> 5] |= 1 << (ordinal & 31);
  }

  has(ordinal: number): boolean {
    return (this.words[ordinal >>> 5] & (1 << (ordinal & 31))) !== 0;
  }

  /** Calls for every ordinal, upwards. */
  forEach(call: (ordinal: number) => void): void {
    for (let word = 0; word < this.words.length; word++) {
      for (let bits = this.words[word]; bits !== 0; bits &= bits - 1) {
        call(word * 32 + 31 - Math.clz32(bits & -bits));
      }
    }
  }
}

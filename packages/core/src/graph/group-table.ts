const FIRST_CAPACITY = 1024;
const EMPTY = 0;

/**
 * Sorts numbered items into groups of equal ones, and numbers the groups in order of first appearance. Keeps no copy of
 * the items: each group remembers its first item, which others are compared with, and the hash. An open-addressing
 * table (linear probing, at most half full) of 16 to 24 bytes a group.
 */
export class GroupTable {
  readonly #areEqual: (first: number, item: number) => boolean;
  /** slot → group + 1, or {@link EMPTY} */
  #groupBySlot = new Uint32Array(FIRST_CAPACITY * 2);
  #hashByGroup = new Uint32Array(FIRST_CAPACITY);
  #firstByGroup = new Uint32Array(FIRST_CAPACITY);
  #count = 0;

  /** `areEqual` is asked only about items of equal hash; its first argument is the group's first item. */
  constructor(areEqual: (first: number, item: number) => boolean) {
    this.#areEqual = areEqual;
  }

  get count(): number {
    return this.#count;
  }

  /** The item that opened the group. */
  firstOf(group: number): number {
    return this.#firstByGroup[group];
  }

  /** The group of the item; a new one, equal to the `count` before, if it equals no earlier item. */
  groupOf(item: number, hash: number): number {
    const mask = this.#groupBySlot.length - 1;
    const unsignedHash = hash >>> 0;
    let slot = unsignedHash & mask;
    for (;;) {
      const entry = this.#groupBySlot[slot];
      if (entry === EMPTY) break;
      const group = entry - 1;
      if (this.#hashByGroup[group] === unsignedHash && this.#areEqual(this.#firstByGroup[group], item))
        return group;
      slot = (slot + 1) & mask;
    }
    if (this.#count === this.#firstByGroup.length) {
      this.#grow();
      slot = this.#freeSlot(unsignedHash);
    }
    const group = this.#count++;
    this.#groupBySlot[slot] = group + 1;
    this.#hashByGroup[group] = unsignedHash;
    this.#firstByGroup[group] = item;
    return group;
  }

  #grow(): void {
    const capacity = this.#firstByGroup.length * 2;
    this.#firstByGroup = grown(this.#firstByGroup, capacity);
    this.#hashByGroup = grown(this.#hashByGroup, capacity);
    this.#groupBySlot = new Uint32Array(capacity * 2);
    for (let group = 0; group < this.#count; group++) {
      this.#groupBySlot[this.#freeSlot(this.#hashByGroup[group])] = group + 1;
    }
  }

  #freeSlot(hash: number): number {
    const mask = this.#groupBySlot.length - 1;
    let slot = hash & mask;
    while (this.#groupBySlot[slot] !== EMPTY) slot = (slot + 1) & mask;
    return slot;
  }
}

/** Folds one more 32-bit value into a hash (multiply by 2³² / golden ratio, then shift, as in Fibonacci hashing). */
export function mixHash(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function grown(values: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(length);
  copy.set(values);
  return copy;
}

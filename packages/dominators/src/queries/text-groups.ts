import type { HeapGraph } from '@heapstream/core';

const FIRST_CAPACITY = 4096;

/**
 * Numbers texts so that equal ones have equal numbers: strings of the table, by ordinal and without decoding, and texts
 * that were put together. 12 to 20 bytes a different text, 4 a string of the table, and the bytes of texts that the
 * table lacks.
 */
export class TextGroups {
  readonly #graph: HeapGraph;
  /** string ordinal → group + 1 */
  readonly #groupByString: Uint32Array;
  /** slot → group + 1; open addressing, at most half full */
  #groupBySlot = new Uint32Array(FIRST_CAPACITY);
  readonly #hashByGroup: number[] = [];
  /** group → ordinal of its string, or its text */
  readonly #textByGroup: (number | string)[] = [];

  constructor(graph: HeapGraph) {
    this.#graph = graph;
    this.#groupByString = new Uint32Array(graph.strings.count);
  }

  get count(): number {
    return this.#textByGroup.length;
  }

  textOf(group: number): string {
    const text = this.#textByGroup[group];
    return typeof text === 'string' ? text : this.#graph.strings.get(text);
  }

  groupOfString(ordinal: number): number {
    const known = this.#groupByString[ordinal];
    if (known !== 0) return known - 1;
    const group = this.#find(ordinal, this.#bytesOf(ordinal));
    this.#groupByString[ordinal] = group + 1;
    return group;
  }

  groupOfText(text: string): number {
    return this.#find(text, Buffer.from(text));
  }

  #find(text: number | string, bytes: Uint8Array): number {
    const hash = hashOf(bytes);
    const mask = this.#groupBySlot.length - 1;
    let slot = hash & mask;
    for (; this.#groupBySlot[slot] !== 0; slot = (slot + 1) & mask) {
      const group = this.#groupBySlot[slot] - 1;
      if (this.#hashByGroup[group] === hash && this.#isEqual(this.#textByGroup[group], text, bytes))
        return group;
    }
    const group = this.#textByGroup.push(text) - 1;
    this.#hashByGroup.push(hash);
    this.#groupBySlot[slot] = group + 1;
    if (2 * this.count > this.#groupBySlot.length) this.#grow();
    return group;
  }

  #isEqual(known: number | string, text: number | string, bytes: Uint8Array): boolean {
    if (Buffer.compare(this.#bytesOf(known), bytes) !== 0) return false;
    // lone surrogates all have the same bytes here
    return !this.#graph.columns.hasLoneSurrogates || this.#decoded(known) === this.#decoded(text);
  }

  /** UTF-8 without lone surrogates, so that the halves of a character put together are the character. */
  #bytesOf(text: number | string): Uint8Array {
    if (typeof text === 'number' && !this.#graph.columns.hasLoneSurrogates)
      return this.#graph.strings.bytesOf(text);
    return Buffer.from(this.#decoded(text));
  }

  #decoded(text: number | string): string {
    return typeof text === 'string' ? text : this.#graph.strings.get(text);
  }

  #grow(): void {
    const slots = new Uint32Array(this.#groupBySlot.length * 2);
    const mask = slots.length - 1;
    for (let group = 0; group < this.count; group++) {
      let slot = this.#hashByGroup[group] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = group + 1;
    }
    this.#groupBySlot = slots;
  }
}

function hashOf(bytes: Uint8Array): number {
  let hash = bytes.length;
  for (let i = 0; i < bytes.length; i++) {
    hash = Math.imul(hash ^ bytes[i], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

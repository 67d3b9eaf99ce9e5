import { slotOfValue } from '../graph/value-slot.js';

/** Type and name together are one key: `name * MAX_TYPES + type` stays exact in a double. */
const MAX_TYPES = 256;
const EMPTY = -1;
const FIRST_SLOTS = 1024;

/** (type, name) → number of nodes and their bytes: an open-addressing hash, 24 bytes a slot, at most half full. */
export class TypeNameTable {
  #keys = new Float64Array(FIRST_SLOTS).fill(EMPTY);
  #counts = new Float64Array(FIRST_SLOTS);
  #sizes = new Float64Array(FIRST_SLOTS);
  #used = 0;

  /** `type` < 256, `name` < 2³². */
  add(type: number, name: number, size: number): void {
    const key = name * MAX_TYPES + type;
    let slot = slotOf(this.#keys, key);
    if (this.#keys[slot] === EMPTY) {
      if (++this.#used * 2 > this.#keys.length) {
        this.#grow();
        slot = slotOf(this.#keys, key);
      }
      this.#keys[slot] = key;
    }
    this.#counts[slot]++;
    this.#sizes[slot] += size;
  }

  *rows(): Generator<{ type: number; name: number; count: number; selfSize: number }> {
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const key = this.#keys[slot];
      if (key === EMPTY) continue;
      const type = key % MAX_TYPES;
      yield { type, name: (key - type) / MAX_TYPES, count: this.#counts[slot], selfSize: this.#sizes[slot] };
    }
  }

  #grow(): void {
    const [keys, counts, sizes] = [this.#keys, this.#counts, this.#sizes];
    this.#keys = new Float64Array(keys.length * 2).fill(EMPTY);
    this.#counts = new Float64Array(keys.length * 2);
    this.#sizes = new Float64Array(keys.length * 2);
    for (let old = 0; old < keys.length; old++) {
      if (keys[old] === EMPTY) continue;
      const slot = slotOf(this.#keys, keys[old]);
      this.#keys[slot] = keys[old];
      this.#counts[slot] = counts[old];
      this.#sizes[slot] = sizes[old];
    }
  }
}

/** The slot that holds the key, or the empty one where it would go. */
function slotOf(keys: Float64Array, key: number): number {
  let slot = slotOfValue(key, 31 - Math.clz32(keys.length));
  while (keys[slot] !== EMPTY && keys[slot] !== key) slot = (slot + 1) & (keys.length - 1);
  return slot;
}

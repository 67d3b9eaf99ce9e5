interface Entry {
  readonly value: Promise<unknown>;
  /** 0 until it is known. */
  bytes: number;
}

/**
 * Keeps what was computed for earlier requests, up to a number of bytes: what was not asked for longest goes first. What
 * was used last stays whatever it takes. Who asks while it is computed waits for the same computation; one that fails is
 * forgotten.
 */
export class BoundedCache {
  readonly #maxBytes: number;
  /** Oldest use first. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of all that is kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** `bytesOf`: what the value takes, besides a few hundred bytes. */
  get<T>(key: string, compute: () => Promise<T>, bytesOf: (value: T) => number): Promise<T> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.value as Promise<T>;
    }
    const value = compute();
    const entry: Entry = { value, bytes: 0 };
    this.#entries.set(key, entry);
    value.then(
      (result) => {
        if (this.#entries.get(key) !== entry) return;
        entry.bytes = bytesOf(result) + key.length * 2 + ENTRY_BYTES;
        this.#bytes += entry.bytes;
        this.#evict();
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    return value;
  }

  #evict(): void {
    let others = this.#entries.size;
    for (const [key, { bytes }] of this.#entries) {
      if (this.#bytes <= this.#maxBytes || --others === 0) return;
      // what is being computed takes nothing yet
      if (bytes === 0) continue;
      this.#entries.delete(key);
      this.#bytes -= bytes;
    }
  }
}

/** The entry itself: many small ones must not be free. */
const ENTRY_BYTES = 256;

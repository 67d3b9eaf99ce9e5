/** The chunks of a document, with a way to put back what was not used. A chunk is valid until the next one is asked for. */
export class TextFeed {
  readonly #nextOfSource: () => Promise<IteratorResult<Uint8Array>>;
  /** Chunks put back, the next one last. */
  #held: Uint8Array[] = [];

  constructor(nextOfSource: () => Promise<IteratorResult<Uint8Array>>) {
    this.#nextOfSource = nextOfSource;
  }

  /** The next chunk, none of them empty; undefined at the end. */
  async next(): Promise<Uint8Array | undefined> {
    const held = this.#held.pop();
    if (held !== undefined) return held;
    for (;;) {
      const next = await this.#nextOfSource();
      if (next.done) return undefined;
      if (next.value.length > 0) return next.value;
    }
  }

  unread(chunks: readonly Uint8Array[]): void {
    for (let i = chunks.length - 1; i >= 0; i--) if (chunks[i].length > 0) this.#held.push(chunks[i]);
  }

  /** Forgets what was put back: the source delivers it once more. */
  drop(): void {
    this.#held = [];
  }
}

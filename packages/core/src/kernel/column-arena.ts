/// <reference path="./web-assembly.d.ts" />
import { preferHugePages, preferSmallPages } from '../memory/huge-pages.js';

/** A page of WebAssembly, in bytes. */
const PAGE_BYTES = 64 * 1024;
/** Where a memory of 32-bit addresses ends. */
const MAX_PAGES = 65536;
/** The memory grows by so many pages at least: each time it has another buffer. */
const GROWTH_PAGES = 512;
/** Regions begin and end at multiples of a page of the system. In the first one kernels keep their tables. */
const GRAIN = 4096;
/** Bytes in use from which huge pages are asked for: below, asking takes longer than they spare. */
const WORTH_HUGE_PAGES = 16 * 1024 * 1024;

/** A shared `WebAssembly.Memory`, which other threads can be sent. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
}

const arenaByBuffer = new WeakMap<ArrayBufferLike, ColumnArena>();

/**
 * Columns side by side in one shared WebAssembly memory, where kernels can work on them: 4 GiB at most. They live as
 * long as any of them is in use. The system gives memory to what is written, not to what is asked for.
 */
export class ColumnArena {
  /** What kernels work in. */
  readonly memory: KernelMemory;
  readonly #memory: WebAssembly.Memory;
  readonly #scratch: Uint8Array[] = [];
  #end = GRAIN;
  /** So far huge pages have been asked for. */
  #askedFor = 0;

  private constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.#memory = memory;
    arenaByBuffer.set(memory.buffer, this);
  }

  /** An empty arena, or `null` where there is no address space for it, or no WebAssembly. */
  static create(): ColumnArena | null {
    try {
      return new ColumnArena(new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true }));
    } catch {
      return null;
    }
  }

  /** So many zero bytes, or `null` where the memory ends. */
  bytes(byteLength: number): Uint8Array | null {
    const start = this.#end;
    const end = Math.ceil((start + byteLength) / GRAIN) * GRAIN;
    if (!this.#reach(end)) return null;
    this.#end = end;
    this.#askForHugePages();
    return new Uint8Array(this.#memory.buffer, start, byteLength);
  }

  /** The same where few bytes will be written, which take small pages of memory. */
  sparseBytes(byteLength: number): Uint8Array | null {
    const bytes = this.bytes(byteLength);
    if (bytes !== null && this.#askedFor > 0) {
      preferSmallPages(this.#memory.buffer as SharedArrayBuffer, bytes.byteOffset, this.#end);
    }
    return bytes;
  }

  /**
   * So many bytes for whoever works in the arena just now, or `null` where the memory ends. A `place` always has the same
   * ones, with what its last user left in them.
   */
  scratch(place: number, byteLength: number): Uint8Array | null {
    const kept = this.#scratch[place];
    if (kept !== undefined && kept.length >= byteLength) return kept;
    const fresh = this.bytes(byteLength);
    if (fresh !== null) this.#scratch[place] = fresh;
    return fresh;
  }

  #reach(end: number): boolean {
    const length = this.#memory.buffer.byteLength;
    if (end <= length) return true;
    const pages = length / PAGE_BYTES;
    const needed = Math.ceil(end / PAGE_BYTES);
    const wanted = Math.min(Math.max(needed, pages + GROWTH_PAGES), MAX_PAGES);
    if (needed > MAX_PAGES) return false;
    try {
      this.#memory.grow(wanted - pages);
    } catch {
      return false;
    }
    arenaByBuffer.set(this.#memory.buffer, this);
    return true;
  }

  #askForHugePages(): void {
    const { buffer } = this.#memory;
    if (this.#end < WORTH_HUGE_PAGES || this.#askedFor === buffer.byteLength) return;
    preferHugePages(buffer as SharedArrayBuffer, this.#askedFor);
    this.#askedFor = buffer.byteLength;
  }
}

/** The arena that all of the columns lie in, or `null` where there is none, or none that this thread has made. */
export function arenaOf(...columns: readonly ArrayBufferView[]): ColumnArena | null {
  const arena = arenaByBuffer.get(columns[0]?.buffer) ?? null;
  return columns.every(({ buffer }) => arenaByBuffer.get(buffer) === arena) ? arena : null;
}

import { sharedBuffer } from '../parse/allocate-columns.js';

/** Room for one column. */
export interface ColumnRoom {
  readonly buffer: SharedArrayBuffer;
  readonly byteOffset: number;
}

/**
 * From this size on the C library (glibc, `DEFAULT_MMAP_THRESHOLD_MAX`) takes memory from the system, whose pages cost
 * nothing until they are written. Smaller blocks it may have given out before, and writes zeros to all of them.
 */
const UNWRITTEN_BYTES = 33 * 1024 * 1024;
/** Columns of this size have a block of their own, for which huge pages can be asked. */
export const OWN_BLOCK_BYTES = 8 * 1024 * 1024;
const ALIGNMENT = 8;

/** Memory for columns of which only parts will be written: what nobody writes takes none. */
export class UnwrittenMemory {
  #shared: SharedArrayBuffer | undefined;
  #used = 0;

  /** Zero bytes, aligned for doubles; throws an `OutOfMemoryError`. */
  take(byteLength: number): ColumnRoom {
    if (byteLength >= OWN_BLOCK_BYTES) return { buffer: newBlock(byteLength), byteOffset: 0 };
    if (this.#shared === undefined || this.#used + byteLength > this.#shared.byteLength) {
      this.#shared = newBlock(UNWRITTEN_BYTES);
      this.#used = 0;
    }
    const byteOffset = this.#used;
    this.#used = Math.ceil((byteOffset + byteLength) / ALIGNMENT) * ALIGNMENT;
    return { buffer: this.#shared, byteOffset };
  }
}

function newBlock(byteLength: number): SharedArrayBuffer {
  return sharedBuffer(Math.max(byteLength, UNWRITTEN_BYTES));
}

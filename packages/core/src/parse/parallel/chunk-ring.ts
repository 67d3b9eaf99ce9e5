import { LEAD_BYTES } from './chunk-parser.js';

/** Slots of a ring: so many chunks may be under way or wait. */
const SLOTS = 16;

/** A ring as it is sent to a worker. */
export interface RingBuffers {
  readonly chunkBytes: number;
  readonly bytes: Uint8Array;
  /** slot → own bytes of its chunk */
  readonly sizes: Int32Array;
  /** slot → one more than the chunk that was parsed there last */
  readonly parsed: Int32Array;
}

/**
 * Chunks of a stream in shared memory, each with the {@link LEAD_BYTES} before it. A slot is used again when all chunks up
 * to its own were parsed, so that everything behind the first irregular place is still there.
 */
export class ChunkRing {
  readonly buffers: RingBuffers;

  constructor(buffers: RingBuffers) {
    this.buffers = buffers;
  }

  static create(chunkBytes: number): ChunkRing {
    return new ChunkRing({
      chunkBytes,
      bytes: new Uint8Array(new SharedArrayBuffer(SLOTS * (LEAD_BYTES + chunkBytes))),
      sizes: new Int32Array(new SharedArrayBuffer(SLOTS * 4)),
      parsed: new Int32Array(new SharedArrayBuffer(SLOTS * 4)),
    });
  }

  get slots(): number {
    return SLOTS;
  }

  /** The bytes before a chunk that its slot holds. */
  leadOf(chunk: number): number {
    return Math.min(LEAD_BYTES, chunk * this.buffers.chunkBytes);
  }

  sizeOf(chunk: number): number {
    return this.buffers.sizes[chunk % SLOTS];
  }

  /** The chunk's own bytes: room for them, or those that are there. */
  ownBytes(chunk: number): Uint8Array {
    const start = this.#startOf(chunk);
    return this.buffers.bytes.subarray(start, start + this.buffers.chunkBytes);
  }

  /** The bytes before the chunk and its own. */
  allBytes(chunk: number): Uint8Array {
    const start = this.#startOf(chunk);
    return this.buffers.bytes.subarray(start - this.leadOf(chunk), start + this.sizeOf(chunk));
  }

  /** The chunk has all its bytes. */
  finish(chunk: number, size: number): void {
    this.buffers.sizes[chunk % SLOTS] = size;
  }

  /** Puts the end of the chunk before in front of this one. */
  begin(chunk: number): void {
    if (chunk === 0) return;
    const lead = this.leadOf(chunk);
    const before = this.allBytes(chunk - 1);
    this.buffers.bytes.set(before.subarray(before.length - lead), this.#startOf(chunk) - lead);
  }

  markParsed(chunk: number): void {
    Atomics.store(this.buffers.parsed, chunk % SLOTS, chunk + 1);
  }

  isParsed(chunk: number): boolean {
    return Atomics.load(this.buffers.parsed, chunk % SLOTS) === chunk + 1;
  }

  #startOf(chunk: number): number {
    return (chunk % SLOTS) * (LEAD_BYTES + this.buffers.chunkBytes) + LEAD_BYTES;
  }
}

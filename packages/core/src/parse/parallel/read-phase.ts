import { ChunkRing } from './chunk-ring.js';
import { cutTo, fileChunk, takeFromRing } from './parse-chunks.js';
import { Phase, type PhaseOptions } from './phase.js';
import type { RowPlan } from './row-plan.js';

/** A file that can be read at any place. */
export interface RandomAccessFile {
  readonly fd: number;
  /** Reads up to `length` bytes at `position` to the start of `buffer`, as the threads do: at once, without a promise. */
  readNow(buffer: Uint8Array, length: number, position: number): number;
}

/** Chunks of a stream, and a way to put back what was not used. */
export interface ChunkFeed {
  next(): Promise<Uint8Array | undefined>;
  unread(chunks: readonly Uint8Array[]): void;
  /** Forgets what was put back: it will come again. */
  drop(): void;
}

/** Parses rows of a file in parallel from the byte offset `start` on. */
export async function readFilePhase(
  plan: RowPlan,
  file: RandomAccessFile,
  start: number,
  chunkBytes: number,
  options: PhaseOptions,
): Promise<Phase> {
  const phase = new Phase(plan, { fd: file.fd, start, chunkBytes }, options);
  phase.startTasks();
  try {
    while (!phase.stopped && !phase.isFull) {
      const bytes = fileChunk(phase.control.claim(), start, chunkBytes);
      const wanted = bytes.lead + bytes.own;
      const length = file.readNow(phase.parser.input, wanted, bytes.offset - bytes.lead);
      const isLast = length < wanted;
      await phase.parseHere(isLast ? cutTo(bytes, length) : bytes, isLast);
      await phase.breathe();
    }
  } catch (error) {
    phase.control.stop();
    await phase.end().catch(() => {});
    throw error;
  }
  await phase.end();
  return phase;
}

/** The same for a stream: hands its chunks over in a ring, and puts back what stands behind the rows that were placed. */
export async function readStreamPhase(
  plan: RowPlan,
  feed: ChunkFeed,
  start: number,
  chunkBytes: number,
  options: PhaseOptions,
): Promise<Phase> {
  const ring = ChunkRing.create(chunkBytes);
  const phase = new Phase(plan, { ring: ring.buffers, start }, options);
  const filler = new RingFiller(ring, feed);
  try {
    let parsed = 0;
    while (!phase.stopped) {
      while (parsed < filler.chunk && ring.isParsed(parsed)) parsed++;
      if (phase.stopped) break;
      const isFull = filler.chunk - parsed === ring.slots;
      if (!filler.isOver && !isFull) {
        await filler.fill();
        phase.control.produced = filler.chunk;
        if (filler.chunk > 1 || filler.isOver) phase.startTasks();
        await phase.breathe();
        continue;
      }
      // no room, or nothing more to come: the main thread takes its share
      const chunk = phase.control.claimProduced();
      if (chunk < 0) await phase.breathe(1);
      else {
        const { bytes, isLast } = takeFromRing(phase.parser, ring, chunk, start);
        await phase.parseHere(bytes, isLast);
        ring.markParsed(chunk);
        await phase.breathe();
      }
    }
  } catch (error) {
    phase.control.stop();
    await phase.end().catch(() => {});
    throw error;
  }
  await phase.end();
  const result = phase.result();
  if (result !== undefined) filler.unreadFrom(result.closure.chunk, start, result.closure.offset);
  return phase;
}

/** Cuts the chunks of a stream into those of a ring. */
class RingFiller {
  /** Chunks that are whole. */
  chunk = 0;
  /** Whether the stream ended; the last chunk is then shorter than the others. */
  isOver = false;
  readonly #ring: ChunkRing;
  readonly #feed: ChunkFeed;
  #rest: Uint8Array = new Uint8Array(0);
  #filled = 0;

  constructor(ring: ChunkRing, feed: ChunkFeed) {
    this.#ring = ring;
    this.#feed = feed;
  }

  /** Makes the next chunk whole; its slot must be free. */
  async fill(): Promise<void> {
    const { chunkBytes } = this.#ring.buffers;
    const own = this.#ring.ownBytes(this.chunk);
    while (this.#filled < chunkBytes && !this.isOver) {
      if (this.#rest.length === 0) {
        const next = await this.#feed.next();
        if (next === undefined) this.isOver = true;
        else this.#rest = next;
      }
      const taken = this.#rest.subarray(0, chunkBytes - this.#filled);
      own.set(taken, this.#filled);
      this.#filled += taken.length;
      this.#rest = this.#rest.subarray(taken.length);
    }
    this.#ring.begin(this.chunk);
    this.#ring.finish(this.chunk, this.#filled);
    this.chunk++;
    this.#filled = 0;
  }

  /** Puts back everything from the byte `offset` on, which `chunk` or the bytes before it hold. */
  unreadFrom(chunk: number, start: number, offset: number): void {
    const pieces: Uint8Array[] = [];
    const first = this.#ring.allBytes(chunk);
    const firstOffset = fileChunk(chunk, start, this.#ring.buffers.chunkBytes);
    pieces.push(Uint8Array.from(first.subarray(offset - (firstOffset.offset - firstOffset.lead))));
    for (let next = chunk + 1; next < this.chunk; next++) {
      pieces.push(Uint8Array.from(this.#ring.ownBytes(next).subarray(0, this.#ring.sizeOf(next))));
    }
    if (this.#filled > 0) {
      pieces.push(Uint8Array.from(this.#ring.ownBytes(this.chunk).subarray(0, this.#filled)));
    }
    pieces.push(this.#rest);
    this.#feed.unread(pieces.filter((piece) => piece.length > 0));
  }
}

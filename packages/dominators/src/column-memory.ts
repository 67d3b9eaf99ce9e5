import {
  arenaOf,
  type ColumnAllocator,
  type ColumnArena,
  columnsIn,
  type GraphColumns,
  type KernelMemory,
  sparseColumnsIn,
} from '@heapstream/core';

/** So that columns of a node each, and of one entry more, fit each other's memory. */
const GRAIN = 4096;

/**
 * Gives out shared memory for columns and takes it back for others. Fresh memory is slow (the system clears every page
 * when it is first written to), and what a thread has let go is not free before all threads have collected garbage.
 * Contents are what the last user left.
 */
export class ColumnMemory {
  /** For what will hardly be written to; always fresh memory, which is none before. Nobody should take it back. */
  readonly sparse: ColumnAllocator;
  readonly #arena: ColumnArena | null;
  readonly #fresh: ColumnAllocator;
  readonly #free: Uint8Array[] = [];

  /** Memory beside the columns of a graph, where they lie in an arena, so that kernels can work on both. */
  constructor({ firstEdgeByNode, targetByEdge, typeByEdge }: ShapeColumns = NO_SHAPE) {
    this.#arena = arenaOf(firstEdgeByNode, targetByEdge, typeByEdge);
    this.#fresh = columnsIn(this.#arena);
    this.sparse = sparseColumnsIn(this.#arena);
  }

  uint8(length: number): Uint8Array {
    return this.#take(length).subarray(0, length);
  }

  uint32(length: number): Uint32Array {
    const { buffer, byteOffset } = this.#take(length * Uint32Array.BYTES_PER_ELEMENT);
    return new Uint32Array(buffer, byteOffset, length);
  }

  float64(length: number): Float64Array {
    const { buffer, byteOffset } = this.#take(length * Float64Array.BYTES_PER_ELEMENT);
    return new Float64Array(buffer, byteOffset, length);
  }

  /** Memory for an `OrdinalSet`. */
  bits(count: number): Uint32Array {
    return this.uint32(Math.ceil(count / 32));
  }

  /** A copy of a column. */
  copyOf(column: Uint32Array): Uint32Array {
    const copy = this.uint32(column.length);
    copy.set(column);
    return copy;
  }

  /**
   * What a kernel needs to work on a graph and these columns: the memory that all of them lie in. `null` where they do
   * not: then TypeScript does the work.
   */
  kernelFor(...columns: readonly ArrayBufferView[]): KernelMemory | null {
    if (this.#arena === null || columns.some((column) => arenaOf(column) !== this.#arena)) return null;
    return this.#arena.memory;
  }

  /** Takes memory back, whoever gave it out; nobody may use it any more. Beside an arena, only the arena's. */
  release({ buffer, byteLength, byteOffset }: ArrayBufferView): void {
    let start = nextGrain(byteOffset);
    // what was given out for the column reaches that far, unless the column came from elsewhere
    let end = Math.min(buffer.byteLength, nextGrain(byteOffset + byteLength));
    if (end <= start) return;
    // kernels could not work there
    if (this.#arena !== null && arenaOf(new Uint8Array(buffer)) !== this.#arena) return;
    // neighbours become one region
    for (let region = this.#free.length - 1; region >= 0; region--) {
      const other = this.#free[region];
      if (this.#arena === null && other.buffer !== buffer) continue;
      const otherEnd = other.byteOffset + other.byteLength;
      if (otherEnd !== start && other.byteOffset !== end) continue;
      start = Math.min(start, other.byteOffset);
      end = Math.max(end, otherEnd);
      this.#free.splice(region, 1);
    }
    // the arena's memory has several buffers if it has grown
    this.#free.push(new Uint8Array(this.#arena?.memory.buffer ?? buffer, start, end - start));
  }

  /** The smallest free region that is large enough, the rest of which stays free; else a new one. */
  #take(byteLength: number): Uint8Array {
    let best = -1;
    for (let region = 0; region < this.#free.length; region++) {
      const { byteLength: size } = this.#free[region];
      if (size >= byteLength && (best < 0 || size < this.#free[best].byteLength)) best = region;
    }
    if (best < 0) return this.#fresh.uint8(nextGrain(byteLength));
    const [region] = this.#free.splice(best, 1);
    const rest = region.subarray(Math.min(region.byteLength, nextGrain(byteLength)));
    if (rest.byteLength > 0) this.#free.push(rest);
    return region;
  }
}

/** The columns that every kernel reads. */
type ShapeColumns = Pick<GraphColumns, 'firstEdgeByNode' | 'targetByEdge' | 'typeByEdge'>;

const NOTHING = new Uint32Array(0);
const NO_SHAPE: ShapeColumns = {
  firstEdgeByNode: NOTHING,
  targetByEdge: NOTHING,
  typeByEdge: new Uint8Array(0),
};

function nextGrain(byteOffset: number): number {
  return Math.ceil(byteOffset / GRAIN) * GRAIN;
}

import { OutOfMemoryError } from '../errors.js';
import type { WideColumn } from '../graph/graph-columns.js';
import type { ColumnArena } from '../kernel/column-arena.js';
import { preferHugePages } from '../memory/huge-pages.js';

/** Largest value of a 32-bit column; larger ones need a `Float64Array`. */
export const MAX_UINT32 = 0xffffffff;

/** How far beyond what was really read a header's claim is trusted when a column grows. */
const TRUSTED_GROWTH = 16;
const FIRST_ROWS = 4096;

/**
 * Rows to make room for. A claimed row count is a hint of a file that may lie, so no step is more than 16 times what
 * the file has already delivered; the system gives memory to pages only when they are written, and the copying stays
 * below 1/15 of the column. A typed array of Node 20 ends at 2³² elements.
 */
export function nextCapacity(current: number, needed: number, claimed: number): number {
  if (needed <= current) return current;
  const step =
    claimed > current ? Math.min(claimed, Math.max(current, FIRST_ROWS) * TRUSTED_GROWTH) : current * 2;
  return Math.max(needed, Math.min(step, MAX_UINT32 - 1), FIRST_ROWS);
}

/** Rows that columns of unknown length are given room for when several threads are to fill them. */
const PLANNED_ROWS = 64 * 1024;

/**
 * Rows to make room for before several threads fill a column: what is claimed, but no more than can come, where that is
 * known; without a claim in steps of four. Pages that are never written take no memory.
 */
export function plannedCapacity(row: number, claimed: number, maxRows: number | undefined): number {
  const end = row + (maxRows ?? Number.POSITIVE_INFINITY);
  if (claimed > row)
    return maxRows === undefined ? nextCapacity(row, row + 1, claimed) : Math.min(claimed, end);
  return Math.min(Math.max(PLANNED_ROWS, row * 4), end);
}

/** Memory for columns: shared, and zero. */
export interface ColumnAllocator {
  uint8(length: number): Uint8Array;
  uint32(length: number): Uint32Array;
  float64(length: number): Float64Array;
}

/** How rows become columns. */
export interface RowOptions {
  /** The most that are taken. */
  readonly maxRows?: number;
  readonly memory?: ColumnAllocator;
}

export function sharedUint8(length: number): Uint8Array {
  return new Uint8Array(sharedBytes(length));
}

export function sharedUint32(length: number): Uint32Array {
  return new Uint32Array(sharedBytes(length * 4));
}

export function sharedFloat64(length: number): Float64Array {
  return new Float64Array(sharedBytes(length * 8));
}

/** Every column on a buffer of its own. */
export const SHARED_COLUMNS: ColumnAllocator = {
  uint8: sharedUint8,
  uint32: sharedUint32,
  float64: sharedFloat64,
};

/** Columns in an arena, or on buffers of their own when it is full. */
export function columnsIn(arena: ColumnArena | null): ColumnAllocator {
  if (arena === null) return SHARED_COLUMNS;
  return columnsOf((byteLength) => arena.bytes(byteLength) ?? sharedUint8(byteLength));
}

/** The same for columns that will hardly be written to. */
export function sparseColumnsIn(arena: ColumnArena | null): ColumnAllocator {
  return columnsOf(
    (byteLength) => arena?.sparseBytes(byteLength) ?? new Uint8Array(sharedBuffer(byteLength)),
  );
}

function columnsOf(bytes: (byteLength: number) => Uint8Array): ColumnAllocator {
  return {
    uint8: bytes,
    uint32: (length) => {
      const { buffer, byteOffset } = bytes(length * 4);
      return new Uint32Array(buffer, byteOffset, length);
    },
    float64: (length) => {
      const { buffer, byteOffset } = bytes(length * 8);
      return new Float64Array(buffer, byteOffset, length);
    },
  };
}

export function grownUint8(column: Uint8Array, length: number, memory = SHARED_COLUMNS): Uint8Array {
  const grown = memory.uint8(length);
  grown.set(column);
  return grown;
}

export function grownUint32(column: Uint32Array, length: number, memory = SHARED_COLUMNS): Uint32Array {
  const grown = memory.uint32(length);
  grown.set(column);
  return grown;
}

export function grownWide(column: WideColumn, length: number, memory = SHARED_COLUMNS): WideColumn {
  const grown = column instanceof Float64Array ? memory.float64(length) : memory.uint32(length);
  grown.set(column);
  return grown;
}

/** The same values as doubles: for columns that meet a value of 2³² or more. */
export function widened(column: WideColumn): Float64Array {
  if (column instanceof Float64Array) return column;
  const wide = sharedFloat64(column.length);
  wide.set(column);
  return wide;
}

function sharedBytes(byteLength: number): SharedArrayBuffer {
  const buffer = sharedBuffer(byteLength);
  preferHugePages(buffer);
  return buffer;
}

/** Zero bytes in pages of whatever size the system gives; throws an {@link OutOfMemoryError}. */
export function sharedBuffer(byteLength: number): SharedArrayBuffer {
  try {
    return new SharedArrayBuffer(byteLength);
  } catch (cause) {
    throw new OutOfMemoryError(byteLength, { cause });
  }
}

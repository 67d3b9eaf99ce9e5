import type { GraphColumns } from '../graph/graph-columns.js';
import { bytesOf, copyBytes } from '../memory/copy-bytes.js';
import type { ColumnAllocator } from '../parse/allocate-columns.js';

/** Kernels read whole blocks of so many bytes. */
const BLOCK_BYTES = 16;

/** The strings of a graph where kernels can read them: bytes, with a block behind them, and where each string begins. */
export interface KernelStrings {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/**
 * The strings, copied where they lie outside of the columns' memory; `null` where one array is too short for them. `isIn`
 * tells whether a column lies in that memory.
 */
export function stringsForKernel(
  memory: ColumnAllocator,
  { moreStringBytes, stringBytes, stringStart }: GraphColumns,
  isIn: (column: ArrayBufferView) => boolean,
): KernelStrings | null {
  if (moreStringBytes.length > 0 || stringStart instanceof Float64Array) return null;
  const starts = memory.uint32(stringStart.length);
  copyBytes(bytesOf(stringStart), bytesOf(starts), 0);
  const { buffer, byteOffset, length } = stringBytes;
  const hasBlock = byteOffset + length + BLOCK_BYTES <= buffer.byteLength;
  if (hasBlock && isIn(stringBytes)) return { bytes: stringBytes, starts };
  const bytes = memory.uint8(length + BLOCK_BYTES);
  copyBytes(stringBytes, bytes, 0);
  return { bytes, starts };
}

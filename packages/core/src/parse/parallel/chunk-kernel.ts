import { ScanKernel } from '../scan-kernel.js';
import { LEAD_BYTES } from './chunk-parser.js';

/** Kernels are made for chunks of this size at least: making one costs more than its memory. */
const MIN_CHUNK_BYTES = 64 * 1024;
/** A kernel of this thread that nobody uses, and the size of its chunks. */
let idle: { readonly chunkBytes: number; readonly kernel: ScanKernel } | undefined;

/** A kernel for chunks of some size, for the caller alone until {@link giveBackKernel}. */
export function takeKernel(module: WebAssembly.Module, chunkBytes: number): ScanKernel {
  const kept = idle;
  idle = undefined;
  if (kept !== undefined && kept.chunkBytes >= chunkBytes) return kept.kernel;
  return new ScanKernel(module, LEAD_BYTES + Math.max(chunkBytes, MIN_CHUNK_BYTES));
}

/** The next caller may have it: its memory is there already. */
export function giveBackKernel(kernel: ScanKernel): void {
  idle = { chunkBytes: kernel.input.length - LEAD_BYTES, kernel };
}

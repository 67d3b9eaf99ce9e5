import { ScanKernel } from '../scan-kernel.js';
import { LEAD_BYTES } from './chunk-parser.js';

/** A kernel of this thread that nobody uses, and the size of its chunks. */
let idle: { readonly chunkBytes: number; readonly kernel: ScanKernel } | undefined;

/** A kernel for chunks of some size, for the caller alone until {@link giveBackKernel}. */
export function takeKernel(module: WebAssembly.Module, chunkBytes: number): ScanKernel {
  const kept = idle;
  idle = undefined;
  return kept?.chunkBytes === chunkBytes ? kept.kernel : new ScanKernel(module, LEAD_BYTES + chunkBytes);
}

/** The next caller may have it: its memory is there already. */
export function giveBackKernel(kernel: ScanKernel, chunkBytes: number): void {
  idle = { chunkBytes, kernel };
}

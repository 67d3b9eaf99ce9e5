import { arenaOf } from '../../kernel/column-arena.js';
import { ScanKernel, type ScanPlace } from '../scan-kernel.js';
import { LEAD_BYTES } from './chunk-parser.js';
import type { RowPlan } from './row-plan.js';

/** Kernels are made for chunks of this size at least: making one costs more than its memory. */
const MIN_CHUNK_BYTES = 64 * 1024;
/** A kernel of this thread that nobody uses, and the size of its chunks. */
let idle: { readonly chunkBytes: number; readonly kernel: ScanKernel } | undefined;

/** A kernel for chunks of some size, at `place` if there is one, for the caller alone until {@link giveBackKernel}. */
export function takeKernel(
  module: WebAssembly.Module,
  chunkBytes: number,
  place: ScanPlace | null,
): ScanKernel {
  const inputBytes = inputBytesFor(chunkBytes);
  if (place !== null) return new ScanKernel(module, inputBytes, place);
  const kept = idle;
  idle = undefined;
  if (kept !== undefined && kept.chunkBytes >= chunkBytes) return kept.kernel;
  return new ScanKernel(module, inputBytes);
}

/** The next caller may have it: its memory is there already. */
export function giveBackKernel(kernel: ScanKernel): void {
  if (kernel.split !== null) idle = { chunkBytes: kernel.input.length - LEAD_BYTES, kernel };
}

/**
 * A place for the kernel of each of `threads` in the memory of the plan's columns, or none where they do not lie in one,
 * or it is full.
 */
export function placesFor(plan: RowPlan, chunkBytes: number, threads: number): (ScanPlace | null)[] {
  const arena = plan.kind === 'table' ? null : arenaOf(...splitColumns(plan));
  return Array.from({ length: threads }, (_, thread) => {
    const bytes = arena?.scratch(thread, ScanKernel.bytesFor(inputBytesFor(chunkBytes)));
    return arena && bytes ? { memory: arena.memory, at: bytes.byteOffset } : null;
  });
}

function splitColumns(plan: Exclude<RowPlan, { kind: 'table' }>): ArrayBufferView[] {
  if (plan.kind === 'edges') {
    const { nameByEdge, targetByEdge, typeByEdge } = plan.columns;
    return [typeByEdge, nameByEdge, targetByEdge];
  }
  const { firstEdgeByNode, idByNode, nameByNode, selfSizeByNode, typeByNode } = plan.columns;
  return [typeByNode, nameByNode, idByNode, selfSizeByNode, firstEdgeByNode];
}

function inputBytesFor(chunkBytes: number): number {
  return LEAD_BYTES + Math.max(chunkBytes, MIN_CHUNK_BYTES);
}

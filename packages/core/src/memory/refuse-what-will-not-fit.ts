import type { SnapshotHeader } from '../format/snapshot-header.js';
import type { ParseContext } from '../parse/parse-context.js';
import { checkMemory, type MemoryPolicy } from './memory-check.js';
import { estimateOpening, type GraphSize } from './memory-estimate.js';

/** What `openSnapshot` does where memory may not suffice. */
export interface MemoryOptions {
  /**
   * Refuses a snapshot that would not fit into memory as soon as its header is read: `check` (the default) asks the
   * machine and the control group, a number of bytes is a budget, `ignore` tries all the same.
   */
  memory?: MemoryPolicy | undefined;
  /** Bytes that the caller will need beside the open graph, for an analysis say: they are checked along with it. */
  memoryBeside?: ((size: GraphSize) => number) | undefined;
}

/** Made before a document is read, asked when its header is known: throws a `NotEnoughMemoryError`. */
export function refuseWhatWillNotFit(
  context: ParseContext,
  { memory, memoryBeside }: MemoryOptions,
): (header: SnapshotHeader) => void {
  return (header) => {
    const { nodeCount, edgeCount, graph, opening } = estimateOpening(header, context.size);
    const beside = memoryBeside?.({ nodeCount, edgeCount }) ?? 0;
    // what is needed beside the graph is needed when opening is over
    const needed = Math.max(opening, graph + beside);
    checkMemory(needed, `${context.file}: opening ${beside > 0 ? 'and analysing ' : ''}it`, memory);
  };
}

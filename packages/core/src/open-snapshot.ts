import { HeapGraph } from './graph/heap-graph.js';
import { type ReadOptions, readDocument } from './input/read-document.js';
import type { SnapshotSource } from './input/snapshot-source.js';
import { checkMemory, type MemoryPolicy } from './memory/memory-check.js';
import { estimateOpening, type GraphSize } from './memory/memory-estimate.js';
import { GraphSections } from './parse/graph-sections.js';

/** How {@link openSnapshot} reads. */
export interface OpenOptions extends ReadOptions {
  /**
   * Refuses a snapshot that would not fit into memory as soon as its header is read: `check` (the default) asks the
   * machine and the control group, a number of bytes is a budget, `ignore` tries all the same.
   */
  memory?: MemoryPolicy | undefined;
  /** Bytes that the caller will need beside the open graph, for an analysis say: they are checked along with it. */
  memoryBeside?: ((size: GraphSize) => number) | undefined;
}

/**
 * Streams a `.heapsnapshot` (or `.heaptimeline`) into a {@link HeapGraph}, in one pass and with memory for the graph
 * alone: 17 or 18 bytes a node, 9 an edge, plus the strings as UTF-8.
 *
 * Rejects with a `SnapshotFormatError` where the bytes are no valid snapshot, a `SnapshotLimitError` where they exceed
 * a limit, a `SnapshotSourceError` where the source fails, a `NotEnoughMemoryError` where the graph will not fit, an
 * `OutOfMemoryError` where it did not, and an `OperationAbortedError` when the signal fires; the source is closed in
 * every case. What is odd but harmless is in `graph.warnings`.
 */
export async function openSnapshot(source: SnapshotSource, options: OpenOptions = {}): Promise<HeapGraph> {
  const { sections, context, byteLength } = await readDocument(
    source,
    options,
    (parseContext) =>
      new GraphSections(parseContext, (header) => {
        const { nodeCount, edgeCount, graph, opening } = estimateOpening(header, parseContext.size);
        const beside = options.memoryBeside?.({ nodeCount, edgeCount }) ?? 0;
        // what is needed beside the graph is needed when opening is over
        const needed = Math.max(opening, graph + beside);
        checkMemory(
          needed,
          `${parseContext.file}: ${beside > 0 ? 'opening and analysing it' : 'opening it'}`,
          options.memory,
        );
      }),
  );
  return new HeapGraph(sections.finish(byteLength), context.warnings);
}

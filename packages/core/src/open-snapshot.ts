import { HeapGraph } from './graph/heap-graph.js';
import { type ReadOptions, readDocument } from './input/read-document.js';
import type { SnapshotSource } from './input/snapshot-source.js';
import { type MemoryOptions, refuseWhatWillNotFit } from './memory/refuse-what-will-not-fit.js';
import { GraphSections } from './parse/graph-sections.js';

/** How {@link openSnapshot} reads. */
export interface OpenOptions extends ReadOptions, MemoryOptions {}

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
    (parseContext) => new GraphSections(parseContext, refuseWhatWillNotFit(parseContext, options)),
  );
  return new HeapGraph(sections.finish(byteLength), context.warnings);
}

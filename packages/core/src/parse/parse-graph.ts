import { HeapGraph } from '../graph/heap-graph.js';
import { type ReadOptions, readDocument } from '../input/read-document.js';
import type { SnapshotSource } from '../input/snapshot-source.js';
import { type MemoryOptions, refuseWhatWillNotFit } from '../memory/refuse-what-will-not-fit.js';
import { GraphSections } from './graph-sections.js';

/** Parses a snapshot into a graph; see `openSnapshot`. */
export async function parseGraph(
  source: SnapshotSource,
  options: ReadOptions & MemoryOptions,
): Promise<HeapGraph> {
  const { sections, context, byteLength } = await readDocument(
    source,
    options,
    (parseContext) => new GraphSections(parseContext, refuseWhatWillNotFit(parseContext, options)),
  );
  return new HeapGraph(sections.finish(byteLength), context.warnings);
}

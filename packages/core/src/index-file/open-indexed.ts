import { OperationAbortedError } from '../errors.js';
import { HeapGraph } from '../graph/heap-graph.js';
import { findAscendingRuns } from '../graph/id-lookup.js';
import type { SnapshotSource } from '../input/snapshot-source.js';
import type { OpenOptions } from '../open-snapshot.js';
import type { SnapshotWarning } from '../warnings.js';
import type { IndexProgress } from './index-writer.js';
import { GRAPH_GROUP, GRAPH_VERSION, reopenGraph, type StoredGraph } from './reopen-graph.js';
import { isSameSnapshot } from './snapshot-identity.js';
import { notWritten, SnapshotIndex } from './snapshot-index.js';
import { identify, indexPlaceOf, wantedIndexOf } from './wanted-index.js';

/** Where the index file of a snapshot is. */
export interface IndexOptions {
  /** Default: the snapshot's own, with `.heapidx` after it. */
  path?: string;
  /** Called while the file is written, also when something is added to it later. */
  onProgress?: (progress: IndexProgress) => void;
}

/**
 * Opens a snapshot from its index file where that is there, whole, and of this snapshot; else by `parse`, and writes
 * it. A file that cannot be written is a warning of the graph.
 */
export async function openIndexed(
  source: SnapshotSource,
  options: OpenOptions,
  parse: () => Promise<HeapGraph>,
): Promise<HeapGraph> {
  const { signal } = options;
  const { indexPath, onProgress, path } = indexPlaceOf(source, options);
  const before = identify(path);
  // parsing tells best what is wrong with it
  if (before === undefined) return parse();
  if (before === null) {
    return withWarning(await parse(), notWritten(indexPath, new Error('the snapshot is no regular file')));
  }
  if (signal?.aborted) throw new OperationAbortedError('reading the snapshot', { cause: signal.reason });
  const wanted = wantedIndexOf(before, options);
  const found = reopenGraph(indexPath, wanted, { onProgress });
  if (found instanceof HeapGraph) return found;

  const graph = await parse();
  const warnings: SnapshotWarning[] = [...graph.warnings];
  if (found.damage !== null) {
    const message = `the index file ${indexPath} was damaged (${found.damage}) and was made anew`;
    warnings.push({ code: 'INDEX_REBUILT', message });
  }
  const after = identify(path);
  if (!after || !isSameSnapshot(before.identity, after.identity)) {
    warnings.push(notWritten(indexPath, new Error('the snapshot changed while it was read')));
    return new HeapGraph(graph.columns, warnings);
  }
  const { createIndexFile } = await import('./index-writer.js');
  const { columns } = graph;
  const ascendingRuns = findAscendingRuns(columns.idByNode);
  const stored: StoredGraph = { columns, warnings: graph.warnings, ascendingRuns };
  try {
    const group = { name: GRAPH_GROUP, version: GRAPH_VERSION, value: stored };
    const written = await createIndexFile(indexPath, wanted, before, group, {
      signal,
      onProgress,
    });
    const index = new SnapshotIndex({ path: indexPath, reader: null, ...written }, onProgress);
    return new HeapGraph(graph.columns, warnings, index);
  } catch (error) {
    if (error instanceof OperationAbortedError) throw error;
    // it was not made anew after all
    const others = warnings.filter(({ code }) => code !== 'INDEX_REBUILT');
    return new HeapGraph(graph.columns, [...others, notWritten(indexPath, error)]);
  }
}

function withWarning({ columns, warnings }: HeapGraph, warning: SnapshotWarning): HeapGraph {
  return new HeapGraph(columns, [...warnings, warning]);
}

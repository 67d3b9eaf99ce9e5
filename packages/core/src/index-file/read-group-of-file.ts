import { OperationAbortedError } from '../errors.js';
import type { SnapshotSource } from '../input/snapshot-source.js';
import type { OpenOptions } from '../open-snapshot.js';
import { IndexReader } from './index-reader.js';
import { identify, indexPlaceOf, isAsWanted, wantedIndexOf } from './wanted-index.js';

/**
 * What was stored under a name by the same version of its maker, from the index file of a snapshot and without its
 * graph; `null` where there is no such file, it is of no use, or has nothing of that name. Columns are read at once.
 */
export function readGroupOfFile(
  source: SnapshotSource,
  options: OpenOptions,
  name: string,
  version: string,
): unknown {
  const { indexPath, path } = indexPlaceOf(source, options);
  const { signal } = options;
  if (signal?.aborted) throw new OperationAbortedError('reading the snapshot', { cause: signal.reason });
  const file = identify(path);
  if (!file) return null;
  let reader: IndexReader | null = null;
  try {
    reader = IndexReader.open(indexPath);
    if (reader === null || !isAsWanted(reader.header, wantedIndexOf(file, options))) return null;
    return reader.readGroup(name, version);
  } catch {
    // whoever opens the graph tells what is wrong with the file, and makes it anew
    return null;
  } finally {
    reader?.close();
  }
}

import { fileURLToPath } from 'node:url';
import type { SnapshotSource } from '../input/snapshot-source.js';
import { DEFAULT_LIMITS } from '../limits.js';
import type { OpenOptions } from '../open-snapshot.js';
import { ENGINE_VERSION, type IndexHeader } from './index-format.js';
import type { IndexOptions } from './open-indexed.js';
import { isSameSnapshot, readIdentity, type SnapshotFile } from './snapshot-identity.js';

/** What an index file must be made from and with. */
export type WantedIndex = Omit<IndexHeader, 'groups'>;

/** The index file of a snapshot, and what it must be like. */
export interface IndexPlace {
  /** Of the snapshot. */
  readonly path: string;
  readonly indexPath: string;
  readonly onProgress: IndexOptions['onProgress'];
}

/** Throws a `TypeError` where the source is no file. */
export function indexPlaceOf(source: SnapshotSource, { index }: OpenOptions): IndexPlace {
  const { onProgress, path: wantedPath }: IndexOptions = typeof index === 'object' ? index : {};
  const path = pathOf(source);
  return { path, indexPath: wantedPath ?? `${path}.heapidx`, onProgress };
}

/** `null` for what is no regular file, undefined for what cannot be read. */
export function identify(path: string): SnapshotFile | null | undefined {
  try {
    return readIdentity(path);
  } catch {
    return undefined;
  }
}

export function wantedIndexOf({ identity }: SnapshotFile, options: OpenOptions): WantedIndex {
  return { engine: ENGINE_VERSION, snapshot: identity, options: parsingOptions(options) };
}

export function isAsWanted({ engine, options, snapshot }: IndexHeader, wanted: WantedIndex): boolean {
  return engine === wanted.engine && options === wanted.options && isSameSnapshot(snapshot, wanted.snapshot);
}

function pathOf(source: SnapshotSource): string {
  if (typeof source === 'string') return source;
  if (source instanceof URL) return fileURLToPath(source);
  throw new TypeError('an index file needs a snapshot that is a file: give its path, not a stream');
}

/** What decides how bytes are read, and whether they are refused. */
function parsingOptions({ compression = 'auto', limits }: OpenOptions): string {
  const all = { ...DEFAULT_LIMITS, ...limits };
  const inOrder = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ compression, limits: Object.fromEntries(inOrder) });
}

import { open, readFile, stat } from 'node:fs/promises';
import {
  createPool,
  HeapstreamError,
  type OpenOptions,
  OperationAbortedError,
  openSnapshot,
  type SnapshotProgress,
  type SnapshotSource,
  type SnapshotWarning,
} from '@heapstream/core';
import { type AnalysisProgress, analyze, estimateAnalysisMemory } from '@heapstream/dominators';
import type { Comparable } from './comparability.js';
import { DIGEST_MARK_LENGTH, decodeDigest, startsDigest } from './digest/digest-file.js';
import { digestSnapshot, digestSnapshotSync, UNLIMITED } from './digest-snapshot.js';
import type { CompareProgress, ThreadOptions } from './task-plan.js';

/** How far the work on one of the snapshots has come. */
export type OpenProgress = (SnapshotProgress | AnalysisProgress | CompareProgress) & {
  /** Position of the snapshot in the list. */
  readonly snapshot: number;
};

export interface OpenComparablesOptions
  extends Pick<ThreadOptions, 'pool' | 'signal'>,
    Pick<OpenOptions, 'compression' | 'index' | 'limits' | 'memory'> {
  /**
   * One snapshot after the other; of all but the last only a digest is kept, with 20 bytes an object. Comparisons say
   * the same, but do not name deleted objects.
   */
  readonly lean?: boolean | undefined;
  /** What errors call the snapshots. Default: `the first snapshot`, … */
  readonly names?: readonly string[] | undefined;
  /** Smaller graphs are analysed in the caller's thread, which is faster but blocks it. Default 0: none. */
  readonly threadsFrom?: number | undefined;
  readonly onProgress?: ((progress: OpenProgress) => void) | undefined;
}

/** A snapshot or digest that was opened to be compared. */
export interface OpenedComparable {
  readonly snapshot: Comparable;
  readonly warnings: readonly SnapshotWarning[];
}

const ORDINAL_WORDS = ['first', 'second', 'third'];

/**
 * Opens and analyses snapshots to compare them: side by side, or one after the other with `lean`. A path may be that of a
 * stored digest. The message of an error says which of the snapshots it is about; the others are then given up.
 *
 * Rejects with what `openSnapshot` and `analyze` reject with, or a `DigestFormatError`.
 */
export async function openComparables(
  sources: readonly SnapshotSource[],
  options: OpenComparablesOptions = {},
): Promise<OpenedComparable[]> {
  const failed = new AbortController();
  const { signal } = options;
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const openOne = async (source: SnapshotSource, position: number): Promise<OpenedComparable> => {
    try {
      const keepsGraph = !options.lean || position === sources.length - 1;
      return await openComparable(source, position, keepsGraph, { ...options, signal: stop });
    } catch (error) {
      if (failed.signal.aborted) throw error;
      failed.abort(error);
      const isAboutSource = error instanceof HeapstreamError && !(error instanceof OperationAbortedError);
      const name =
        options.names?.[position] ?? `the ${ORDINAL_WORDS[position] ?? `${position + 1}th`} snapshot`;
      if (isAboutSource) error.message = `${name}: ${error.message}`;
      throw error;
    }
  };
  if (options.lean) {
    const opened: OpenedComparable[] = [];
    for (const [position, source] of sources.entries()) opened.push(await openOne(source, position));
    return opened;
  }
  const opening = sources.map(openOne);
  const results = await Promise.allSettled(opening);
  if (signal?.aborted) throw new OperationAbortedError('opening the snapshots', { cause: signal.reason });
  if (failed.signal.aborted) throw failed.signal.reason;
  return results.map((result) => (result as PromiseFulfilledResult<OpenedComparable>).value);
}

/** Bytes of a file a node, at least: compressed files are small. */
const MIN_BYTES_PER_NODE = 10;
const DIGEST_APART = { module: new URL('./digest-apart.js', import.meta.url), name: 'digestApart' };

/**
 * Opens a file in a thread of its own, keeps a digest with its objects, and ends the thread: only so is all memory of
 * the graph given back at once.
 */
async function openApart(
  file: string,
  { compression, index, limits, memory, signal }: OpenComparablesOptions,
): Promise<OpenedComparable> {
  const pool = createPool({ threads: 1 });
  try {
    return await pool.run<OpenedComparable>(
      DIGEST_APART,
      { file, compression, index: Boolean(index), limits, memory },
      { signal },
    );
  } finally {
    await pool.close();
  }
}

/** Whether the source is a file, and so large that threads are worth their start. */
async function isLargeFile(source: SnapshotSource, threadsFrom: number): Promise<boolean> {
  if (typeof source !== 'string') return false;
  try {
    const stats = await stat(source);
    return stats.isFile() && stats.size >= threadsFrom * MIN_BYTES_PER_NODE;
  } catch {
    return false;
  }
}

async function openComparable(
  source: SnapshotSource,
  position: number,
  keepsGraph: boolean,
  options: OpenComparablesOptions,
): Promise<OpenedComparable> {
  const { compression, index, limits, memory, pool, signal, threadsFrom = 0 } = options;
  const digest = await readStoredDigest(source);
  if (digest !== undefined) return { snapshot: digest, warnings: [] };
  if (!keepsGraph && (await isLargeFile(source, threadsFrom))) return openApart(String(source), options);
  const onProgress = (progress: SnapshotProgress | AnalysisProgress | CompareProgress): void =>
    options.onProgress?.({ ...progress, snapshot: position });
  const graph = await openSnapshot(source, {
    ...(compression && { compression }),
    ...(index && { index }),
    ...(pool && { pool }),
    ...(limits && { limits }),
    ...(memory && { memory }),
    memoryBeside: (size) => estimateAnalysisMemory(size).peak,
    signal,
    onProgress,
  });
  const { warnings } = graph;
  const threads = { ...(pool && { pool }), signal, onProgress };
  const usesThreads = graph.nodeCount >= threadsFrom;
  const analysis = await analyze(graph, { ...threads, nodesWorthThreads: threadsFrom });
  if (keepsGraph) return { snapshot: analysis, warnings };
  const kept = { ...UNLIMITED, withObjects: true };
  return {
    snapshot: usesThreads
      ? await digestSnapshot(analysis, { ...kept, ...threads })
      : digestSnapshotSync(analysis, kept),
    warnings,
  };
}

/** The digest that stands in the file; undefined where the source is something else, which `openSnapshot` will tell. */
async function readStoredDigest(source: SnapshotSource) {
  if (typeof source !== 'string' && !(source instanceof URL)) return undefined;
  try {
    const handle = await open(source);
    try {
      // a pipe would lose what is read here
      if (!(await handle.stat()).isFile()) return undefined;
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(DIGEST_MARK_LENGTH),
        0,
        DIGEST_MARK_LENGTH,
        0,
      );
      if (!startsDigest(buffer.subarray(0, bytesRead))) return undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
  return decodeDigest(await readFile(source), String(source));
}

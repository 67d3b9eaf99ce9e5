import { HeapstreamError, type SnapshotFormatError } from '../../src/errors.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import { type OpenOptions, openSnapshot } from '../../src/open-snapshot.js';

/** A source that delivers these chunks. */
export async function* chunksOf(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

export function openBytes(bytes: Uint8Array, options?: OpenOptions): Promise<HeapGraph> {
  return openSnapshot(chunksOf([bytes]), options);
}

export function openText(text: string, options?: OpenOptions): Promise<HeapGraph> {
  return openBytes(new TextEncoder().encode(text), options);
}

/** The error that a promise rejects with on purpose; other errors, and success, fail the test. */
export async function rejectionOf(promise: Promise<unknown>): Promise<SnapshotFormatError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HeapstreamError) return error as SnapshotFormatError;
    throw error;
  }
  throw new Error('it did not reject');
}

/** How an input ends: the text of its error, or its warnings. */
export async function outcomeOf<T>(promise: Promise<T>): Promise<string | T> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof HeapstreamError) return `${error.name} ${error.code} ${error.message}`;
    throw error;
  }
}

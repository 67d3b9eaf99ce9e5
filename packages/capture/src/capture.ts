import type { SnapshotWarning } from '@heapstream/core';
import type { FileDestination } from './file/destination.js';

/** What a capture tells while it works. */
export interface CaptureProgress {
  /**
   * `wait`: for the target to begin · `collect`: the target collects garbage · `snapshot`: the target walks its heap,
   * and stands still · `transfer`: bytes arrive.
   */
  readonly phase: 'wait' | 'collect' | 'snapshot' | 'transfer';
  /** Objects walked, or bytes that arrived. */
  readonly done: number;
  /** The number of objects; `undefined` where nobody knows before the end. */
  readonly total: number | undefined;
}

/** Options that all ways of capturing share. */
export interface CaptureOptions {
  /** Aborting rejects with an `OperationAbortedError` and leaves nothing behind. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: CaptureProgress) => void) | undefined;
  /** Captures also where the guards see too little memory or disk. */
  force?: boolean;
}

/** What {@link Capture.toFile} wrote. */
export interface SavedSnapshot {
  /** Absolute. */
  readonly path: string;
  /** Bytes of the file. */
  readonly fileSize: number;
  /** Bytes of the snapshot, uncompressed. */
  readonly byteLength: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly warnings: readonly SnapshotWarning[];
}

/**
 * A snapshot to be taken: nothing happens until it is read, and every reading takes a new one. Reading it is for
 * `openSnapshot`, which then needs no file: `await openSnapshot(captureFromInspector({ port: 9229 }))`.
 */
export interface Capture extends AsyncIterable<Uint8Array> {
  /**
   * Takes the snapshot into a file that only its owner may read (mode 0600), since snapshots hold every string of the
   * process. It is written under a temporary name, synced, checked from end to end, and only then given its name, where it
   * replaces an older file. After a failure nothing is left.
   *
   * Rejects with a `CaptureError`, a `SnapshotFormatError` where the target sent no sound snapshot, or an
   * `OperationAbortedError`.
   */
  toFile(destination?: string | FileDestination): Promise<SavedSnapshot>;
}

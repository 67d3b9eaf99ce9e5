import { HeapstreamError } from '@heapstream/core';

/** The snapshots cannot be compared in the way that was asked for; the message says why. */
export class IncomparableSnapshotsError extends HeapstreamError {
  constructor(message: string) {
    super('INCOMPARABLE_SNAPSHOTS', message);
  }
}

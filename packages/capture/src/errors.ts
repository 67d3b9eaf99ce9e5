import { HeapstreamError } from '@heapstream/core';
import type { CaptureCost } from './cost/capture-cost.js';

/** Why a capture did not take place, or did not end well. */
export type CaptureCode =
  /** Another capture of the same process is under way. */
  | 'BUSY'
  | 'NO_SUCH_PROCESS'
  | 'NO_PERMISSION'
  /** The process is no Node process, and a signal might end it. */
  | 'NOT_NODE'
  /** The process was started without what this way needs. */
  | 'NOT_ENABLED'
  /** This way does not exist on this platform. */
  | 'UNSUPPORTED'
  /** Nobody answers at the address, or not as an inspector does. */
  | 'CONNECTION_FAILED'
  /** The target went away: it ended, was killed, or closed its inspector. */
  | 'TARGET_GONE'
  /** The other side sent what the DevTools protocol does not know. */
  | 'BAD_PROTOCOL'
  /** The target answered with an error. */
  | 'TARGET_FAILED'
  /** No target, or several, fit what was asked for. */
  | 'NO_TARGET'
  /** Nothing came for longer than `timeout`. */
  | 'TIMEOUT'
  /** The capture may need more memory or disk than there is; see {@link CaptureRefusedError}. */
  | 'REFUSED'
  | 'DISK_FULL'
  | 'NO_DIRECTORY'
  /** The file could not be written; `cause` is the original error. */
  | 'FILE_FAILED'
  /** The session was closed. */
  | 'CLOSED';

/** A capture failed. Nothing is left behind: no file, no lock, no inspector that was opened for it. */
export class CaptureError extends HeapstreamError {
  declare readonly code: CaptureCode;

  constructor(code: CaptureCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
  }
}

/** The guards found that the capture may take more than there is; `force` overrides them. */
export class CaptureRefusedError extends CaptureError {
  readonly cost: CaptureCost;
  /** What would run out. */
  readonly resource: 'memory' | 'disk';

  constructor(message: string, cost: CaptureCost, resource: 'memory' | 'disk') {
    super('REFUSED', message);
    this.cost = cost;
    this.resource = resource;
  }
}

import { HeapstreamError } from '../errors.js';

/** A worker thread died: it ran out of memory, or something ended it. The pool goes on with a new one. */
export class WorkerFailedError extends HeapstreamError {
  constructor(task: string, options?: ErrorOptions) {
    super('WORKER_FAILED', `the worker that ran '${task}' ended unexpectedly`, options);
  }
}

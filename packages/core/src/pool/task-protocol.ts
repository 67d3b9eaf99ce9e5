import {
  HeapstreamError,
  NotEnoughMemoryError,
  OperationAbortedError,
  OutOfMemoryError,
  SnapshotFormatError,
  SnapshotLimitError,
  SnapshotSourceError,
} from '../errors.js';
import { WorkerFailedError } from './worker-failed-error.js';

/** What the pool sends to a worker. */
export interface TaskRequest {
  readonly module: string;
  readonly name: string;
  readonly input: unknown;
}

/** What the worker answers. Errors travel as plain data: structured clone would strip their class and fields. */
export type TaskOutcome = { readonly value: unknown } | { readonly error: FlatError };

export interface FlatError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** The error's own fields. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause: FlatError | undefined;
}

/** Errors that come back as themselves: `instanceof` holds on both sides. */
const CLASSES = [
  HeapstreamError,
  NotEnoughMemoryError,
  OperationAbortedError,
  OutOfMemoryError,
  SnapshotFormatError,
  SnapshotLimitError,
  SnapshotSourceError,
  WorkerFailedError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
] as const;
/** A chain of causes is followed this far: it may be a ring. */
const MAX_CAUSES = 4;

export function flattenError(error: unknown, depth = 0): FlatError {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), stack: undefined, fields: {}, cause: undefined };
  }
  const { cause, message, name, stack } = error;
  const fields = Object.fromEntries(Object.entries(error).filter(([, value]) => isPlain(value)));
  const hasCause = cause !== undefined && depth < MAX_CAUSES;
  return { name, message, stack, fields, cause: hasCause ? flattenError(cause, depth + 1) : undefined };
}

/** The error as the caller's own: `instanceof` holds for heapstream's types and the language's. */
export function reviveError({ cause, fields, message, name, stack }: FlatError): Error {
  const error = new Error(message, cause && { cause: reviveError(cause) });
  const type =
    CLASSES.find((candidate) => candidate.name === name) ??
    (typeof fields.code === 'string' && fields.name === name ? HeapstreamError : Error);
  Object.setPrototypeOf(error, type.prototype);
  Object.assign(error, fields);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

import {
  type FormatProblem,
  HeapstreamError,
  NotEnoughMemoryError,
  OutOfMemoryError,
  SnapshotFormatError,
  SnapshotLimitError,
  SnapshotSourceError,
} from '../errors.js';
import type { Limits } from '../limits.js';
import type { MemoryLimit } from '../memory/available-memory.js';

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
}

export function flattenError(error: unknown): FlatError {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error), stack: undefined, fields: {} };
  }
  const { name, message, stack } = error;
  const fields = Object.fromEntries(Object.entries(error).filter(([, value]) => typeof value !== 'object'));
  return { name, message, stack, fields };
}

/** The error as the caller's own: `instanceof` holds for heapstream's types. */
export function reviveError(flat: FlatError): Error {
  const error = create(flat);
  Object.assign(error, flat.fields);
  error.message = flat.message;
  if (flat.stack !== undefined) error.stack = flat.stack;
  return error;
}

function create({ fields, message, name }: FlatError): Error {
  switch (name) {
    case SnapshotFormatError.name:
      return new SnapshotFormatError(fields as unknown as FormatProblem, String(fields.file));
    case SnapshotLimitError.name:
      return new SnapshotLimitError(String(fields.limit) as keyof Limits, Number(fields.allowed), '', '');
    case SnapshotSourceError.name:
      return new SnapshotSourceError(String(fields.file), '');
    case NotEnoughMemoryError.name: {
      const limitedBy = fields.limitedBy as MemoryLimit;
      const available = { bytes: Number(fields.available), limitedBy, total: 0 };
      return new NotEnoughMemoryError('', Number(fields.needed), available);
    }
    case OutOfMemoryError.name:
      return new OutOfMemoryError(Number(fields.bytes));
    default:
      return typeof fields.code === 'string' ? new HeapstreamError(fields.code, message) : new Error(message);
  }
}

import { HeapstreamError } from '@heapstream/core';
import type { ApiError, ApiErrorCode } from '../api/index.js';

/** A request that gets an answer other than 200. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly parameter: string | undefined;

  constructor(status: number, code: ApiErrorCode, message: string, parameter?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
  }
}

export function badParameter(parameter: string, message: string): RequestError {
  return new RequestError(400, 'BAD_PARAMETER', `${parameter}: ${message}`, parameter);
}

/** Errors of heapstream that are nobody's fault but the machine's. */
const OUT_OF_MEMORY: readonly string[] = ['OUT_OF_MEMORY', 'NOT_ENOUGH_MEMORY'];

/** What the requester learns of an error. Of faults of ours only that there was one, with the message. */
export function describeError(error: unknown): { readonly status: number; readonly error: ApiError } {
  if (error instanceof RequestError) {
    const { code, message, parameter, status } = error;
    return { status, error: { code, message, ...(parameter !== undefined && { parameter }) } };
  }
  if (error instanceof HeapstreamError) {
    const { code, message } = error;
    return { status: OUT_OF_MEMORY.includes(code) ? 507 : 422, error: { code, message } };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, error: { code: 'INTERNAL', message: `internal fault: ${message}` } };
}

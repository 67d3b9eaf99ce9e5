import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { threadId } from 'node:worker_threads';
import { createGzip } from 'node:zlib';
import { HeapstreamError } from '@heapstream/core';
import { captureHere, type OwnCaptureOptions } from './capture-here.js';

export interface CaptureHandlerOptions extends Omit<OwnCaptureOptions, 'signal'> {
  /**
   * Whether this request may have a snapshot, and with it every secret of the process. There is no default. What it
   * throws is taken as "no".
   */
  readonly authorize: (request: IncomingMessage) => boolean | Promise<boolean>;
  /** Compresses what is sent. */
  readonly gzip?: boolean;
  /** Hears of failures; the client learns their code alone. */
  readonly onError?: (error: Error) => void;
}

/** A request handler for `node:http` and what is built on it. */
export type CaptureHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** HTTP status by the code of the error. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = { BUSY: 409, REFUSED: 503, DISK_FULL: 507 };

/**
 * A handler that takes a snapshot of this process and sends it: for a route of an internal diagnostics server. It
 * answers POST alone, which no link, image or prefetch sends; 403 to all whom `authorize` does not know; 409 while
 * another capture is under way. The snapshot goes by way of a file that nobody else may read and that is gone
 * afterwards, no faster than the client takes it.
 */
export function createCaptureHandler(options: CaptureHandlerOptions): CaptureHandler {
  if (typeof options?.authorize !== 'function') {
    throw new TypeError('createCaptureHandler needs an authorize function: snapshots hold secrets');
  }
  let isBusy = false;
  return async (request, response) => {
    request.resume();
    if (!(await isAuthorized(request, options))) return refuse(response, 403, 'FORBIDDEN');
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      return refuse(response, 405, 'METHOD_NOT_ALLOWED');
    }
    if (isBusy) return refuse(response, 409, 'BUSY');
    isBusy = true;
    try {
      await send(response, options);
    } catch (error) {
      fail(response, error as Error, options);
    } finally {
      isBusy = false;
    }
  };
}

async function isAuthorized(
  request: IncomingMessage,
  { authorize, onError }: CaptureHandlerOptions,
): Promise<boolean> {
  try {
    return (await authorize(request)) === true;
  } catch (error) {
    onError?.(error as Error);
    return false;
  }
}

async function send(response: ServerResponse, options: CaptureHandlerOptions): Promise<void> {
  const { gzip, authorize: _, onError: __, ...captureOptions } = options;
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Error('the client left'));
  response.once('close', stop);
  try {
    if (response.destroyed) return;
    const chunks = captureHere({ ...captureOptions, signal: controller.signal })[Symbol.asyncIterator]();
    // headers after the first chunk: until then the answer may still be a refusal
    const first = await chunks.next();
    response.writeHead(200, {
      'Content-Type': gzip ? 'application/gzip' : 'application/json',
      'Content-Disposition': `attachment; filename="${filenameOf(gzip)}"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    const all = prepend(first, chunks);
    if (gzip) await pipeline(all, createGzip(), response);
    else await pipeline(all, response);
  } finally {
    response.off('close', stop);
  }
}

async function* prepend(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function fail(response: ServerResponse, error: Error, { onError }: CaptureHandlerOptions): void {
  onError?.(error);
  const code = error instanceof HeapstreamError ? error.code : 'FAILED';
  // half a snapshot must not look like a whole one
  if (response.headersSent) response.destroy();
  else refuse(response, STATUS_BY_CODE[code] ?? 500, code);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify({ error: code })}\n`);
}

function filenameOf(gzip: boolean | undefined): string {
  return `Heap.${process.pid}.${threadId}.heapsnapshot${gzip ? '.gz' : ''}`;
}

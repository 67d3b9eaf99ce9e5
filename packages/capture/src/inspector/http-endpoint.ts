import { get } from 'node:http';
import { OperationAbortedError } from '@heapstream/core';
import { CaptureError } from '../errors.js';
import { hostAndPort } from './address.js';

const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Milliseconds for the whole answer. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks an inspector's HTTP side, `/json/list` say; throws `CONNECTION_FAILED` or `TIMEOUT`. Never follows redirects. */
export async function fetchJson(path: string, endpoint: Endpoint): Promise<unknown> {
  const { host, port, timeout, signal } = endpoint;
  const where = `${hostAndPort(endpoint)}${path}`;
  const text = await new Promise<string>((resolve, reject) => {
    const deadline = AbortSignal.timeout(timeout);
    const request = get({
      host,
      port,
      path,
      agent: false,
      headers: { Host: hostAndPort(endpoint) },
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
    const fail = (error: Error): void => {
      if (signal?.aborted) reject(new OperationAbortedError('the capture', { cause: signal.reason }));
      else if (deadline.aborted) {
        reject(new CaptureError('TIMEOUT', `${where}: no answer within ${timeout} ms`));
      } else {
        reject(new CaptureError('CONNECTION_FAILED', `${where}: ${error.message}`, { cause: error }));
      }
    };
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > MAX_ANSWER_BYTES) request.destroy(new Error('a longer answer than any inspector gives'));
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else fail(new Error(`HTTP status ${response.statusCode}: not an inspector`));
      });
    });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CaptureError('CONNECTION_FAILED', `${where}: the answer is no JSON: not an inspector`, {
      cause,
    });
  }
}

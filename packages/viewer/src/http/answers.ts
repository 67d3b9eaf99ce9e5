import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiErrorBody } from '../api/index.js';
import { describeError } from './request-error.js';

/** Answers with JSON; without its body to HEAD. */
export function answerJson(
  request: IncomingMessage,
  response: ServerResponse,
  value: unknown,
  status = 200,
): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function answerError(request: IncomingMessage, response: ServerResponse, failure: unknown): void {
  // who has gone, or has the beginning of an answer, cannot be told
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { error, status } = describeError(failure);
  if (status === 405) response.setHeader('Allow', 'GET, HEAD');
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  const body: ApiErrorBody = { error };
  answerJson(request, response, body, status);
}

export function answerText(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  status: number,
): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(request.method === 'HEAD' ? undefined : text);
}

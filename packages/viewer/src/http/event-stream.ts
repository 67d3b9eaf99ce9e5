import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestError } from './request-error.js';

/** Pages that watch at a time. */
const MAX_WATCHERS = 64;
/** Bytes that wait for one that does not read; it may come again. */
const MAX_UNREAD = 2 ** 20;
/** Milliseconds between two events: what changes more often is told once. */
const EVENT_INTERVAL = 100;

/** Sends the newest state to everybody who watches, as server-sent events. */
export class EventStream<State> {
  readonly #stateOf: () => State;
  readonly #watchers = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;

  constructor(stateOf: () => State) {
    this.#stateOf = stateOf;
  }

  /** Answers with a stream that begins with the state as it is. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    if (this.#watchers.size >= MAX_WATCHERS) {
      throw new RequestError(503, 'TOO_MANY_WATCHERS', `${MAX_WATCHERS} pages watch already`);
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    this.#watchers.add(response);
    response.on('close', () => this.#watchers.delete(response));
    response.write(this.#event());
  }

  /** Something changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#watchers.size === 0) return;
      const event = this.#event();
      for (const watcher of this.#watchers) {
        if (watcher.writableLength > MAX_UNREAD) watcher.destroy();
        else watcher.write(event);
      }
    }, EVENT_INTERVAL);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.end();
  }

  #event(): string {
    return `data: ${JSON.stringify(this.#stateOf())}\n\n`;
  }
}
